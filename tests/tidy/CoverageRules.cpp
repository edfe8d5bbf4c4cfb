// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/Rules.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>

namespace sluice::test {
namespace {

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

bool anyUnder(const std::vector<SourceFile>& files, std::string_view folder, std::string_view head)
{
    return std::any_of(files.begin(), files.end(), [&](const SourceFile& file) {
        return isUnder(file.path, folder) && fileName(file.path).substr(0, head.size()) == head;
    });
}

} // namespace

Findings checkVerbsHaveGoldens(const std::vector<SourceFile>& files)
{
    static const QRegularExpression Name{
        QString::fromLatin1(R"x(::info\(\) const\s*\{\s*return \{"([a-z ]+)")x")};
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isUnder(file.path, "app/cli/verbs"))
            continue;
        const std::string verb
            = Name.match(QString::fromStdString(file.text)).captured(1).toStdString();
        std::string golden = verb;
        std::replace(golden.begin(), golden.end(), ' ', '-');
        const bool isRun = std::any_of(files.begin(), files.end(), [&](const SourceFile& other) {
            return other.path == "tests/cli/" + golden + ".golden"
                && other.text.find("$ sluice-cli " + verb) != std::string::npos;
        });
        if (!verb.empty() && !isRun)
            findings.push_back({file.path, 0,
                "no tests/cli/" + golden + ".golden runs 'sluice-cli " + verb + "'"});
    }
    return findings;
}

Findings checkSchemasHaveFixtures(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isUnder(file.path, "resources/schema"))
            continue;
        const std::string_view name = fileName(file.path);
        const std::string_view number = name.substr(0, name.find('_') + 1); // "0001_"
        if (number.size() != 5 || !anyUnder(files, "tests/migrations", number))
            findings.push_back(
                {file.path, 0, "no fixture " + std::string{number} + "* in tests/migrations"});
    }
    return findings;
}

} // namespace sluice::test
