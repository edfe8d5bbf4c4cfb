# SPDX-License-Identifier: GPL-3.0-or-later
# Three functions, no more: a module is one static library, a test is one Qt Test program, a resource is embedded
# as bytes so that the Qt-free domain can read it.

# sluice_module(NAME SOURCES a.cpp … LINK_PUBLIC … LINK_PRIVATE … [QT])
# Builds the static library sluice_NAME. QT adds the strict Qt definitions and moc.
function(sluice_module name)
    cmake_parse_arguments(arg "QT" "" "SOURCES;LINK_PUBLIC;LINK_PRIVATE" ${ARGN})
    add_library(sluice_${name} STATIC ${arg_SOURCES})
    target_link_libraries(sluice_${name} PUBLIC sluice_options sluice_sanitizers ${arg_LINK_PUBLIC}
        PRIVATE sluice_common ${arg_LINK_PRIVATE})
    if(arg_QT)
        target_link_libraries(sluice_${name} PRIVATE sluice_qt_strict)
        set_target_properties(sluice_${name} PROPERTIES AUTOMOC ON)
    endif()
endfunction()

# sluice_test(tst_Name SOURCES … LINK … [LABELS fast|full|gui|heavy|release-only|shots|threads …] [TIMEOUT s] [SERIAL])
# Every test program is a Qt Test program; it gets the source folder and, where present, the shared data folder.
# `heavy`, which every test that calls rounds() is, runs under the sanitizers with a twentieth of its rounds and again in release with all of them;
# `release-only` runs in release alone; `threads` runs under ThreadSanitizer too; `shots` draws the pictures. What those
# need is built by the target sluice_heavy_tests, sluice_thread_tests or sluice_shots, so that nobody has to build every
# test in every way.
function(sluice_test name)
    cmake_parse_arguments(arg "SERIAL" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE sluice_common Qt6::Test ${arg_LINK})
    target_precompile_headers(${name} REUSE_FROM sluice_test_headers)
    target_compile_definitions(${name} PRIVATE SLUICE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        SLUICE_SHARED_DIR="${CMAKE_SOURCE_DIR}/../shared")
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_LABELS)
        set(arg_LABELS fast)
    endif()
    # A test that does a twentieth of its rounds under the sanitizers does all of them in release.
    foreach(source ${arg_SOURCES})
        file(STRINGS ${source} cut REGEX "rounds\\(")
        if(cut AND NOT "release-only" IN_LIST arg_LABELS)
            list(APPEND arg_LABELS heavy)
        endif()
    endforeach()
    list(REMOVE_DUPLICATES arg_LABELS)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_FORCE_STDERR_LOGGING=1;LC_ALL=C.UTF-8;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp"
        RUN_SERIAL "${arg_SERIAL}")
    if("heavy" IN_LIST arg_LABELS OR "release-only" IN_LIST arg_LABELS)
        add_dependencies(sluice_heavy_tests ${name})
    endif()
    if("threads" IN_LIST arg_LABELS)
        add_dependencies(sluice_thread_tests ${name})
    endif()
    if("shots" IN_LIST arg_LABELS)
        add_dependencies(sluice_shots ${name})
    endif()
endfunction()

# sluice_embed(TARGET NAMESPACE FILE…) embeds each file as a std::string_view, found by its path relative to
# resources/ through  std::string_view sluice::resource(std::string_view path)  (core/base/Resource.h).
function(sluice_embed target)
    set(generated ${CMAKE_CURRENT_BINARY_DIR}/${target}_resources.cpp)
    set(paths)
    foreach(file ${ARGN})
        list(APPEND paths ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    endforeach()
    add_custom_command(OUTPUT ${generated}
        COMMAND ${CMAKE_COMMAND} -DOUT=${generated} -DROOT=${CMAKE_CURRENT_SOURCE_DIR} "-DFILES=${ARGN}"
            -P ${CMAKE_SOURCE_DIR}/installer/cmake/SluiceEmbed.cmake
        DEPENDS ${paths} ${CMAKE_SOURCE_DIR}/installer/cmake/SluiceEmbed.cmake
        COMMENT "Embedding resources" VERBATIM)
    target_sources(${target} PRIVATE ${generated})
endfunction()
