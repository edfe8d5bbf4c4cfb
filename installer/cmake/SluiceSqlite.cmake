# SPDX-License-Identifier: GPL-3.0-or-later
# sluice::sqlite3mc: SQLite3 Multiple Ciphers as one static library with hidden symbols and our own defines.
# Order: SLUICE_SQLITE3MC_DIR (a folder with sqlite3.c and sqlite3.h), a system sqlite3mc, the pinned npm package.
# npm only carries the amalgamation: `npm pack` downloads, runs no script, and the SHA-512 below is checked.
set(SLUICE_SQLITE3MC_DIR "" CACHE PATH "Folder with the SQLite3MC amalgamation (sqlite3.c, sqlite3.h)")
set(sluice_sqlite_package "better-sqlite3-multiple-ciphers@13.0.3")
set(sluice_sqlite_tarball "better-sqlite3-multiple-ciphers-13.0.3.tgz")
set(sluice_sqlite_sha512
    "51869b33cdabd49f384cb59cfd2b33a07b3a5e8a56a65ff61c283736e8b52546855e0fd52ecc3390fa306224612bfe027ed23c760b62930c9941e70c95dac6c5")

find_package(PkgConfig QUIET)
pkg_check_modules(sqlite3mc QUIET IMPORTED_TARGET sqlite3mc)
if(NOT SLUICE_SQLITE3MC_DIR AND sqlite3mc_FOUND)
    add_library(sluice::sqlite3mc ALIAS PkgConfig::sqlite3mc)
    return()
endif()

if(NOT SLUICE_SQLITE3MC_DIR)
    # One copy for all build folders of this checkout: build/deps is shared, and never committed.
    set(deps ${CMAKE_SOURCE_DIR}/build/deps)
    if(DEFINED ENV{SLUICE_DEPS_DIR})
        set(deps $ENV{SLUICE_DEPS_DIR})
    endif()
    file(MAKE_DIRECTORY ${deps})
    if(NOT EXISTS ${deps}/${sluice_sqlite_tarball})
        execute_process(COMMAND npm pack ${sluice_sqlite_package} --silent
            WORKING_DIRECTORY ${deps} RESULT_VARIABLE result OUTPUT_QUIET)
        if(NOT result EQUAL 0)
            message(FATAL_ERROR "Could not fetch ${sluice_sqlite_package} with npm. Install npm, or set "
                "-DSLUICE_SQLITE3MC_DIR to a folder with sqlite3.c and sqlite3.h of SQLite3 Multiple Ciphers 2.4.0.")
        endif()
    endif()
    file(SHA512 ${deps}/${sluice_sqlite_tarball} found)
    if(NOT found STREQUAL sluice_sqlite_sha512)
        file(REMOVE ${deps}/${sluice_sqlite_tarball})
        message(FATAL_ERROR "${sluice_sqlite_tarball} does not have the pinned SHA-512. It was removed; try again.")
    endif()
    if(NOT EXISTS ${deps}/package/deps/sqlite3/sqlite3.c)
        file(ARCHIVE_EXTRACT INPUT ${deps}/${sluice_sqlite_tarball} DESTINATION ${deps} PATTERNS "package/deps/sqlite3/*")
    endif()
    set(amalgamation ${deps}/package/deps/sqlite3)
else()
    set(amalgamation ${SLUICE_SQLITE3MC_DIR})
endif()

# A checkpoint moves pages from the log to the file. Both hold a page in the same encrypted form, yet SQLite3MC decrypts and
# encrypts each one on the way, which is two thirds of what encryption costs a large import. Here they move as they are,
# as in SQLCipher itself; a page's own checksum is proved when it is next read.
# A page of which the file holds only a part has no checksum that could be proved, and SQLite takes what is missing for
# zeros. Here it is damaged.
# A copy of the amalgamation that does not have the lines exactly once is compiled unchanged.
set(sluice_sqlite_source ${CMAKE_CURRENT_BINARY_DIR}/sqlite3mc/sqlite3.c)
set(moves_read "rc = sqlite3OsRead(pWal->pWalFd, zBuf, szPage, iOffset);")
set(moves_write "rc = sqlite3OsWrite(pWal->pDbFd, zBuf, szPage, iOffset);")
set(moves_begin "static int walCheckpoint(\n")
set(short_read "static int mcIoRead(sqlite3_file* pFile, void* buffer, int count, sqlite3_int64 offset)\n")
file(READ ${amalgamation}/sqlite3.c source)
set(known TRUE)
foreach(line IN ITEMS moves_read moves_write moves_begin short_read)
    string(FIND "${source}" "${${line}}" first)
    string(FIND "${source}" "${${line}}" last REVERSE)
    if(first EQUAL -1 OR NOT first EQUAL last)
        set(known FALSE)
    endif()
endforeach()
if(known)
    string(REPLACE "${moves_read}" "rc = sluicePageRead(pWal->pWalFd, zBuf, szPage, iOffset);" source "${source}")
    string(REPLACE "${moves_write}" "rc = sluicePageWrite(pWal->pDbFd, zBuf, szPage, iOffset);" source "${source}")
    string(REPLACE "${moves_begin}" "static int sluicePageRead(sqlite3_file*, void*, int, i64);
static int sluicePageWrite(sqlite3_file*, const void*, int, i64);
${moves_begin}" source "${source}")
    string(REPLACE "${short_read}" "static int sluiceRead(sqlite3_file* pFile, void* buffer, int count, sqlite3_int64 offset)
" source "${source}")
    string(APPEND source "
static sqlite3_file* sluiceRealFile(sqlite3_file* file)
{
  return file->pMethods->xRead == mcIoRead ? REALFILE(file) : file;
}
static int sluicePageRead(sqlite3_file* file, void* page, int size, i64 offset)
{
  return sqlite3OsRead(sluiceRealFile(file), page, size, offset);
}
static int sluicePageWrite(sqlite3_file* file, const void* page, int size, i64 offset)
{
  return sqlite3OsWrite(sluiceRealFile(file), page, size, offset);
}
static int mcIoRead(sqlite3_file* file, void* buffer, int count, sqlite3_int64 offset)
{
  const int headerSize = 100; /* looked for in a file that may be new */
  sqlite3mc_file* mcFile = (sqlite3mc_file*) file;
  const int rc = sluiceRead(file, buffer, count, offset);
  if (rc == SQLITE_IOERR_SHORT_READ && (mcFile->openFlags & SQLITE_OPEN_MAIN_DB) && mcFile->codec != 0
      && sqlite3mcIsEncrypted(mcFile->codec) && offset + count > headerSize)
  {
    return SQLITE_CORRUPT;
  }
  return rc;
}
")
else()
    message(STATUS "Checkpoints decrypt and encrypt, and a short page is zeros: this amalgamation of SQLite3MC is not the one that is known")
endif()
file(WRITE ${sluice_sqlite_source}.new "${source}")
configure_file(${sluice_sqlite_source}.new ${sluice_sqlite_source} COPYONLY) # compiled again only when it changed

add_library(sluice_sqlite3mc STATIC ${sluice_sqlite_source})
add_library(sluice::sqlite3mc ALIAS sluice_sqlite3mc)
if(known)
    target_compile_definitions(sluice_sqlite3mc INTERFACE SLUICE_PAGES_MOVE_AS_THEY_ARE SLUICE_SHORT_PAGES_ARE_DAMAGE)
endif()
target_include_directories(sluice_sqlite3mc SYSTEM PUBLIC ${amalgamation})
set_target_properties(sluice_sqlite3mc PROPERTIES C_VISIBILITY_PRESET hidden)
target_compile_definitions(sluice_sqlite3mc PRIVATE
    SQLITE_THREADSAFE=1 SQLITE_TEMP_STORE=3 SQLITE_DQS=0 SQLITE_SECURE_DELETE SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_MAX_ATTACHED=2 SQLITE_ENABLE_API_ARMOR
    HAVE_CIPHER_AES_128_CBC=0 HAVE_CIPHER_AES_256_CBC=0 HAVE_CIPHER_RC4=0 HAVE_CIPHER_ASCON128=0)
# The amalgamation is always optimised: it is not our code to step through, and Debug would slow every test.
target_compile_options(sluice_sqlite3mc PRIVATE -O2 -w)
find_package(Threads REQUIRED)
target_link_libraries(sluice_sqlite3mc PRIVATE Threads::Threads m)
