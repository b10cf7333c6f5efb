# find_package(alur): alur::alur_ports is what a channel needs, alur::alur_http what speaks HTTP,
# alur::alur_runtime what carries conversations, alur::alur_compile what compiles flows for it;
# alur::alur_memory and alur::alur_sqlite keep them, and alur::alur_clock is the machine's time.
# COMPONENTS channel_contract: alur::channel_contract, the questions that a channel is asked, to be
# linked to a program that has channel_benches(); needs GTest. C++20; headers are included as in
# alur's own tree.
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.81 COMPONENTS json)
find_dependency(fmt)
find_dependency(ICU COMPONENTS uc i18n)
find_dependency(OpenSSL)
find_dependency(PkgConfig)
find_dependency(SQLite3)
find_dependency(Threads)
find_dependency(yaml-cpp)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
include(${CMAKE_CURRENT_LIST_DIR}/alur-targets.cmake)

if("channel_contract" IN_LIST alur_FIND_COMPONENTS AND NOT TARGET alur::channel_contract)
  find_dependency(GTest)
  get_filename_component(alur_headers ${CMAKE_CURRENT_LIST_DIR}/../../../include/alur ABSOLUTE)
  add_library(alur::channel_contract INTERFACE IMPORTED)
  target_sources(alur::channel_contract INTERFACE
    ${alur_headers}/tests/contract/channel/channel_contract.cpp)
  target_link_libraries(alur::channel_contract INTERFACE
    alur::alur_ports Boost::json GTest::gtest_main)
  set(alur_channel_contract_FOUND TRUE)
endif()
