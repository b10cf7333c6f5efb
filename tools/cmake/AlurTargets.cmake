# alur_library(NAME SOURCES a.cpp ... LINKS x ... PRIVATE_LINKS y ...)
# A layer: a static library that sees the source root and what it links, nothing else.
function(alur_library name)
  cmake_parse_arguments(A "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${A_SOURCES})
  target_include_directories(${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}>)
  target_link_libraries(${name} PUBLIC ${A_LINKS} PRIVATE ${A_PRIVATE_LINKS})
endfunction()

# alur_test(NAME [LONG] SOURCES a_test.cpp ... LINKS x ...)
# One GoogleTest program a layer, one ctest entry a program. Nothing is kept in the user's cache.
# LONG: takes more than ten seconds; the test preset `quick` leaves it out.
function(alur_test name)
  cmake_parse_arguments(A "LONG" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_link_libraries(${name} PRIVATE ${A_LINKS} GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE ALUR_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "ALUR_CACHE=")
  if(A_LONG)
    set_tests_properties(${name} PROPERTIES LABELS long)
  endif()
endfunction()

# alur_npm(WHAT)
# Fetches what package.json of the current folder names, once for all build folders. `npm_stamp`: the
# file that is there when it has been; NODE: the program that runs it.
macro(alur_npm what)
  find_program(NODE NAMES node nodejs REQUIRED)
  find_program(NPM npm REQUIRED)
  set(npm_stamp ${CMAKE_CURRENT_SOURCE_DIR}/node_modules/.package-lock.json)
  add_custom_command(
    OUTPUT ${npm_stamp}
    COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${npm_stamp}
    DEPENDS package.json package-lock.json
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "Fetching ${what} from npm"
    VERBATIM)
endmacro()
