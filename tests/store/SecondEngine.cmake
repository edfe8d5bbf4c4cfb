# SPDX-License-Identifier: GPL-3.0-or-later
# sluice_second_engine: a small program on genuine SQLCipher, for tests alone, to show that a ledger opens elsewhere. Its
# source is carried by an npm package as that of our own engine is; where that cannot be had, there is no such target
# and the test is skipped.
set(package "@journeyapps/sqlcipher@6.0.0")
set(tarball "journeyapps-sqlcipher-6.0.0.tgz")
set(sha512
    "626592408478727bfee4bdfc9582684bf74817ff9b11905a0020136de4f2ab85ca8cc1dcc5d22516712504b888a9af6bc2c78e222988623b9d80e382a2fb9ddd")
set(deps ${CMAKE_SOURCE_DIR}/build/deps)
if(DEFINED ENV{SLUICE_DEPS_DIR})
    set(deps $ENV{SLUICE_DEPS_DIR})
endif()
set(amalgamation ${deps}/sqlcipher/package/deps/sqlcipher-amalgamation)
if(NOT EXISTS ${deps}/${tarball})
    file(MAKE_DIRECTORY ${deps})
    execute_process(COMMAND npm pack ${package} --silent WORKING_DIRECTORY ${deps} OUTPUT_QUIET ERROR_QUIET TIMEOUT 120
        RESULT_VARIABLE ignored)
endif()
if(NOT EXISTS ${deps}/${tarball})
    message(STATUS "SQLCipher could not be fetched: the second engine's test will be skipped")
    return()
endif()
file(SHA512 ${deps}/${tarball} found)
if(NOT found STREQUAL sha512)
    file(REMOVE ${deps}/${tarball})
    message(WARNING "${tarball} does not have the pinned SHA-512. It was removed; the second engine's test will be skipped.")
    return()
endif()
if(NOT EXISTS ${amalgamation}/sqlite3.c)
    file(ARCHIVE_EXTRACT INPUT ${deps}/${tarball} DESTINATION ${deps}/sqlcipher
        PATTERNS "package/deps/sqlcipher-amalgamation/*")
endif()

add_executable(sluice_second_engine SecondEngine.cpp ${amalgamation}/sqlite3.c)
target_compile_features(sluice_second_engine PRIVATE cxx_std_20)
target_include_directories(sluice_second_engine SYSTEM PRIVATE ${amalgamation})
target_compile_definitions(sluice_second_engine PRIVATE SQLITE_HAS_CODEC SQLCIPHER_CRYPTO_OPENSSL SQLITE_TEMP_STORE=2
    SQLITE_EXTRA_INIT=sqlcipher_extra_init SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown SQLITE_THREADSAFE=1
    SQLITE_OMIT_LOAD_EXTENSION _GNU_SOURCE)
# Speed does not matter here, compile time does.
set_source_files_properties(${amalgamation}/sqlite3.c PROPERTIES COMPILE_OPTIONS "-w;-O0;-g0;-include;stdint.h")
target_link_libraries(sluice_second_engine PRIVATE OpenSSL::Crypto Threads::Threads m)
