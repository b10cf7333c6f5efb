# find_package(alur): alur::alur_ports is what a channel needs, alur::alur_http what speaks HTTP,
# alur::alur_runtime what carries conversations. C++20; headers are included as in alur's own tree.
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.81 COMPONENTS json)
find_dependency(fmt)
find_dependency(ICU COMPONENTS uc i18n)
find_dependency(OpenSSL)
find_dependency(PkgConfig)
find_dependency(Threads)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
include(${CMAKE_CURRENT_LIST_DIR}/alur-targets.cmake)
