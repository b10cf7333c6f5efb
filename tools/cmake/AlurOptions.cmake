# What every target is compiled with. Warnings are errors; assertions stay on in release.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(BUILD_TESTING "Build the tests" ON)
option(ALUR_BENCHMARKS "Build the benchmarks" ON)
option(ALUR_FUZZERS "Build the libFuzzer targets (clang only)" OFF)
set(ALUR_SANITIZE "" CACHE STRING "address,undefined or thread")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Woverloaded-virtual -Wimplicit-fallthrough -Wformat=2 -Werror)
# A release keeps its assertions: what is ours to get right stops loudly.
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
endif()

if(ALUR_SANITIZE)
  add_compile_options(-fsanitize=${ALUR_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all -g1 -Wno-error)  # sanitizers make some warnings up
  add_link_options(-fsanitize=${ALUR_SANITIZE})
endif()

# What programs allocate with (docs/decisions/0041-an-allocator.md); a sanitizer brings its own.
add_library(alur_allocator INTERFACE)
if(NOT ALUR_SANITIZE)
  find_library(MIMALLOC mimalloc REQUIRED)
  target_link_libraries(alur_allocator INTERFACE ${MIMALLOC})
endif()

if(ALUR_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link -Wno-error)
endif()

find_program(MOLD mold)
if(MOLD AND NOT ALUR_FUZZERS)
  add_link_options(-fuse-ld=mold)
endif()
