# What channels and services outside this tree are built with: find_package(alur). It is no part of
# the Debian package: `cmake --install BUILD --component development --prefix SOMEWHERE`.
include(CMakePackageConfigHelpers)

set(alur_development
  alur_value alur_program alur_machine alur_desk alur_ports alur_runtime alur_http)
set(alur_folders
  engine/value engine/program engine/machine engine/desk engine/ports engine/runtime adapters/http)

install(TARGETS ${alur_development} EXPORT alur
  ARCHIVE DESTINATION lib COMPONENT development EXCLUDE_FROM_ALL
  INCLUDES DESTINATION include/alur)
foreach(folder ${alur_folders})
  install(DIRECTORY ${folder}/ DESTINATION include/alur/${folder}
    COMPONENT development EXCLUDE_FROM_ALL
    FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")
endforeach()
install(EXPORT alur FILE alur-targets.cmake NAMESPACE alur:: DESTINATION lib/cmake/alur
  COMPONENT development EXCLUDE_FROM_ALL)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/alur-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES tools/cmake/alur-config.cmake ${CMAKE_BINARY_DIR}/alur-config-version.cmake
  DESTINATION lib/cmake/alur COMPONENT development EXCLUDE_FROM_ALL)
