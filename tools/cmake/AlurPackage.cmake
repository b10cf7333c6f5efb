# What is installed, and the Debian package of it. Libraries are those that the program was linked
# with, as dpkg-shlibdeps finds them.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # the program is all that is installed
# Graphviz keeps the libraries of its layouts in a folder of their own.
set_target_properties(alur PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
install(TARGETS alur RUNTIME DESTINATION bin)
install(DIRECTORY flows/kontak157 DESTINATION share/alur)
install(FILES tools/package/alur.service DESTINATION lib/systemd/system)
install(FILES tools/package/alur.yaml DESTINATION /etc/alur)
install(FILES docs/guide-operator.md docs/runtime.md docs/webchat.md docs/services.md
  docs/registry.md docs/command-line.md DESTINATION share/doc/alur)
install(FILES LICENSE DESTINATION share/doc/alur RENAME copyright)
install(CODE "execute_process(COMMAND $<TARGET_FILE:alur> man
  --dir \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/man/man1 COMMAND_ERROR_IS_FATAL ANY)")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME alur)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "alur <root@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Conversation flows for public services")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "passwd, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/tools/package/conffiles
  ${CMAKE_SOURCE_DIR}/tools/package/postinst
  ${CMAKE_SOURCE_DIR}/tools/package/prerm
  ${CMAKE_SOURCE_DIR}/tools/package/postrm)
include(CPack)
