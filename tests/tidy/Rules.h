// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/tidy/SourceText.h"

#include <map>
#include <set>

namespace sluice::test {

// The house rules, each as a function from files to what breaks it, so that each can be shown to
// fail.

// The table of layers: who may include whom, and which outside libraries a layer may see.
Findings checkIncludes(const std::vector<SourceFile>& files);
// Files that include each other in a ring, and modules that do.
Findings checkCycles(const std::vector<SourceFile>& files);

// 700 lines for a file, 70 for a function.
Findings checkSizes(const std::vector<SourceFile>& files);
// The licence line comes first.
Findings checkLicence(const std::vector<SourceFile>& files);
// Words that have no place here, some of them only in certain folders.
Findings checkWords(const std::vector<SourceFile>& files);

// Every verb of the command line has a golden session that runs it: "org import" in
// tests/cli/org-import.golden.
Findings checkVerbsHaveGoldens(const std::vector<SourceFile>& files);
// Every numbered schema file has a fixture.
Findings checkSchemasHaveFixtures(const std::vector<SourceFile>& files);

// Rings of a graph, each once, as "a > b > a". Used for files and for modules.
std::vector<std::string> ringsOf(const std::map<std::string, std::set<std::string>>& graph);

} // namespace sluice::test
