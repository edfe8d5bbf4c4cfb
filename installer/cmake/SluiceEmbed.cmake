# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a C++ file that holds each of FILES (relative to ROOT) as an assembler .incbin block.
set(table "")
set(decls "")
set(index 0)
foreach(file IN LISTS FILES)
    string(APPEND decls "asm(\".section .rodata\\n.balign 16\\n.global sluice_res_${index}\\nsluice_res_${index}:\\n\"\n"
        "    \".incbin \\\"${ROOT}/${file}\\\"\\n.global sluice_res_${index}_end\\nsluice_res_${index}_end:\\n.byte 0\\n.previous\\n\");\n"
        "extern \"C\" const char sluice_res_${index}[];\nextern \"C\" const char sluice_res_${index}_end[];\n")
    string(APPEND table "    {\"${file}\", sluice_res_${index}, sluice_res_${index}_end},\n")
    math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUT} "// Generated. Do not edit.\n#include \"core/base/Resource.h\"\n#include <array>\n${decls}\n"
    "namespace {\nstruct Entry { std::string_view path; const char* begin; const char* end; };\n"
    "const std::array<Entry, ${index}> entries{{\n${table}}};\n} // namespace\n"
    "std::string_view sluice::resource(std::string_view path)\n{\n"
    "    for (const Entry& entry : entries)\n        if (entry.path == path)\n"
    "            return {entry.begin, static_cast<std::size_t>(entry.end - entry.begin)};\n    return {};\n}\n"
    "std::vector<std::string_view> sluice::resourcePaths()\n{\n    std::vector<std::string_view> paths;\n    paths.reserve(entries.size());\n"
    "    for (const Entry& entry : entries)\n        paths.push_back(entry.path);\n    return paths;\n}\n")
