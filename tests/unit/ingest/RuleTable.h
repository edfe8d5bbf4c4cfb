// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RuleRun.h"
#include "tests/support/Qt.h"

#include <QFile>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice::test {

// A small file held as text: what the rule tests feed to the engine and to its oracle. Row i stands
// on line i + 2.
struct RuleTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;

    [[nodiscard]] std::vector<std::string_view> cells(std::size_t row) const
    {
        return {rows[row].begin(), rows[row].end()};
    }
};

// Comma-separated text with quotes, as simple as can be: records are told from a file that is known
// to be sound.
inline RuleTable readTable(const QString& path)
{
    QFile file{path};
    RuleTable table;
    if (!file.open(QIODevice::ReadOnly))
        return table;
    const QByteArray text = file.readAll();
    std::vector<std::string> row;
    std::string field;
    bool quoted = false;
    for (qsizetype i = text.startsWith("\xEF\xBB\xBF") ? 3 : 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            field += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
            field += c;
        } else if (c != '\r') {
            row.push_back(std::move(field));
            field.clear();
            if (c == '\n') {
                (table.columns.empty() ? table.columns : table.rows.emplace_back())
                    = std::move(row);
                row.clear();
            }
        }
    }
    return table;
}

// Feeds rows [first, end) to the run under its present plan, keeping the classes in a plain map.
inline void feed(RuleRun& run, const RuleTable& table, std::size_t first, std::size_t end)
{
    std::map<std::vector<std::string>, RuleRun::ClassId> classes;
    for (std::size_t i = first; i < end; ++i) {
        const std::vector<std::string_view> cells = table.cells(i);
        std::vector<std::string> key;
        std::vector<RuleCell> row;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (run.plan().classColumns()[column])
                key.emplace_back(cells[column]);
            row.push_back(readRuleCell(cells[column], run.plan().needs()[column]));
        }
        auto at = classes.find(key);
        if (at == classes.end())
            at = classes.emplace(key, run.addClass(cells)).first;
        RowBits bits;
        run.plan().evaluateRow(row, bits);
        run.add(at->second, bits, i + 2, cells);
    }
}

inline std::map<std::string, RuleResult> byId(std::vector<RuleResult> results)
{
    std::map<std::string, RuleResult> map;
    for (RuleResult& result : results)
        map.emplace(result.rule, std::move(result));
    return map;
}

// A model of the published form from its rules alone: `rules` is the inside of the object
// "ModelRules".
inline std::shared_ptr<const RuleModel> modelOf(const std::string& rules)
{
    auto model = RuleModel::parse("{\"ModelRules\":{" + rules + "}}");
    if (!model.ok())
        return nullptr;
    return std::make_shared<const RuleModel>(std::move(model).value());
}

// One rule of that form.
inline std::string ruleText(const std::string& id, const std::string& column,
    const std::string& requirement, const std::string& condition = "{}",
    const std::string& keyword = "MUST")
{
    return "\"" + id + "\":{\"Function\":\"Validation\",\"Reference\":\"" + column
        + "\",\"EntityType\":\"Column\",\"Type\":\"Static\",\"ValidationCriteria\":{\"MustSatisfy\":\"…\",\"Keyword\":\""
        + keyword + "\",\"Requirement\":" + requirement + ",\"Condition\":" + condition + "}}";
}

} // namespace sluice::test
