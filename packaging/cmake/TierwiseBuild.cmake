# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings, the libraries, and the three functions every CMakeLists.txt of the house uses.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(TIERWISE_CCACHE ccache)
if(TIERWISE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The same objects for every checkout, wherever it stands.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
        "${TIERWISE_CCACHE}")
endif()
find_program(TIERWISE_MOLD mold)
if(TIERWISE_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# One interface target carries what every target of ours compiles with.
add_library(tierwise_options INTERFACE)
target_include_directories(tierwise_options INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
target_compile_options(tierwise_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                       # GCC 12 sees uninitialized values in optionals where there are none.
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
                       # Optimizing, it also sees overlaps in std::string::insert and replace (GCC bug 105651).
                       $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>)
if(TIERWISE_SANITIZE)
    target_compile_options(tierwise_options INTERFACE -fsanitize=${TIERWISE_SANITIZE} -fno-omit-frame-pointer
                           -fno-sanitize-recover=all)
    target_link_options(tierwise_options INTERFACE -fsanitize=${TIERWISE_SANITIZE})
endif()
if(TIERWISE_FUZZ)
    target_compile_options(tierwise_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(CURL REQUIRED)
find_package(simdjson REQUIRED)
find_package(date REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(ZLIB REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)

# moc 6.4 cannot parse libstdc++'s <concepts> and <stop_token>; with their guards defined it skips them.
set(TIERWISE_MOC_OPTIONS -D_GLIBCXX_CONCEPTS=1 -D_GLIBCXX_STOP_TOKEN=1)

# tierwise_module(NAME USES modules... LINKS libraries... SOURCES files...)
# One folder of core/ = one static target. USES is the folder's row of the dependency table; tests/arch reads it here.
function(tierwise_module name)
    cmake_parse_arguments(ARG "" "" "USES;LINKS;SOURCES" ${ARGN})
    if(ARG_SOURCES)
        add_library(tierwise_${name} STATIC ${ARG_SOURCES})
        set(scope PUBLIC)
    else()
        add_library(tierwise_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    list(TRANSFORM ARG_USES PREPEND tierwise_)
    target_link_libraries(tierwise_${name} ${scope} tierwise_options ${ARG_USES} ${ARG_LINKS})
endfunction()

# tierwise_test(NAME SOURCES files... LINKS targets... [GUI]): a Qt Test program registered with CTest.
function(tierwise_test name)
    cmake_parse_arguments(ARG "GUI" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "${TIERWISE_MOC_OPTIONS}")
    target_link_libraries(${name} PRIVATE tierwise_options tierwise_test_support Qt6::Test ${ARG_LINKS})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;TIERWISE_SHARED_DATA=${CMAKE_SOURCE_DIR}/../shared/data;TIERWISE_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
endfunction()
