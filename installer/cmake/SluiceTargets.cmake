# SPDX-License-Identifier: GPL-3.0-or-later
# The INTERFACE targets that every target of the project links. Options live here and nowhere else.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_program(SLUICE_CCACHE ccache)
if(SLUICE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_C_COMPILER_LAUNCHER ${SLUICE_CCACHE})
    # With a precompiled header ccache hits only when it may look past the defines and times inside it. Paths relative to
    # the source folder let several checkouts share what was compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true ${SLUICE_CCACHE})
endif()

add_library(sluice_options INTERFACE)
target_compile_features(sluice_options INTERFACE cxx_std_20)
set_target_properties(sluice_options PROPERTIES INTERFACE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
target_include_directories(sluice_options INTERFACE ${CMAKE_SOURCE_DIR})

add_library(sluice_warnings INTERFACE)
target_compile_options(sluice_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
    $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion> # which g++ does not count as -Wconversion
    $<$<BOOL:${SLUICE_WERROR}>:-Werror>)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12 sees overlaps and overflows in "literal" + std::string at -O3 where there are none (GCC bug 105651).
    target_compile_options(sluice_warnings INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()

add_library(sluice_hardening INTERFACE)
target_compile_options(sluice_hardening INTERFACE -fstack-protector-strong)
if(NOT SLUICE_SANITIZE) # the sanitizers' interceptors and fortified calls do not go together
    target_compile_options(sluice_hardening INTERFACE $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
endif()
target_compile_definitions(sluice_hardening INTERFACE $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
target_link_options(sluice_hardening INTERFACE -Wl,-z,relro,-z,now)

add_library(sluice_sanitizers INTERFACE)
if(SLUICE_SANITIZE)
    target_compile_options(sluice_sanitizers INTERFACE -fsanitize=${SLUICE_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(sluice_sanitizers INTERFACE -fsanitize=${SLUICE_SANITIZE})
endif()

add_library(sluice_qt_strict INTERFACE)
target_compile_definitions(sluice_qt_strict INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 QT_NO_FOREACH)

add_library(sluice_common INTERFACE)
target_link_libraries(sluice_common INTERFACE sluice_options sluice_warnings sluice_hardening sluice_sanitizers)
