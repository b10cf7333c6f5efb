# What channels and services outside this tree are built with: find_package(alur). It is no part of
# the Debian package: `cmake --install BUILD --component development --prefix SOMEWHERE`.
include(CMakePackageConfigHelpers)

set(alur_development
  alur_value alur_program alur_machine alur_desk alur_ports alur_runtime
  alur_http alur_memory alur_sqlite alur_clock
  alur_finding alur_ast alur_yaml alur_grammar alur_parse alur_check alur_proof alur_emit
  alur_compile)
set(alur_folders
  engine/value engine/program engine/machine engine/desk engine/ports engine/runtime
  adapters/http adapters/memory adapters/sqlite adapters/clock
  dsl/finding dsl/ast dsl/yaml dsl/grammar dsl/parse dsl/check dsl/emit dsl/compile)

install(TARGETS ${alur_development} EXPORT alur
  ARCHIVE DESTINATION lib COMPONENT development EXCLUDE_FROM_ALL
  INCLUDES DESTINATION include/alur)
foreach(folder ${alur_folders})
  install(DIRECTORY ${folder}/ DESTINATION include/alur/${folder}
    COMPONENT development EXCLUDE_FROM_ALL
    FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")
endforeach()
# The questions that every channel is asked, as sources: whoever asks them builds them with a GTest
# of their own.
install(FILES tests/contract/channel/channel_bench.hpp tests/contract/channel/channel_contract.cpp
  DESTINATION include/alur/tests/contract/channel COMPONENT development EXCLUDE_FROM_ALL)
install(EXPORT alur FILE alur-targets.cmake NAMESPACE alur:: DESTINATION lib/cmake/alur
  COMPONENT development EXCLUDE_FROM_ALL)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/alur-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES tools/cmake/alur-config.cmake ${CMAKE_BINARY_DIR}/alur-config-version.cmake
  DESTINATION lib/cmake/alur COMPONENT development EXCLUDE_FROM_ALL)
