// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Error.h"
#include "tests/support/Qt.h"

#include <set>

using namespace sluice;

class TestError : public QObject {
    Q_OBJECT

private slots:
    void everyCodeHasANameOfItsOwn();
    void sentencesHaveThePartsThatAreThere();
};

void TestError::everyCodeHasANameOfItsOwn()
{
    std::set<std::string_view> names;
    const int count = static_cast<int>(ErrorCode::Internal) + 1;
    for (int code = 0; code < count; ++code) {
        const std::string_view name = errorCodeName(static_cast<ErrorCode>(code));
        QVERIFY(!name.empty());
        QVERIFY(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
        QVERIFY2(names.insert(name).second, std::string{name}.c_str());
    }
}

void TestError::sentencesHaveThePartsThatAreThere()
{
    QCOMPARE(errorSentence({ErrorCode::BadInput, "a.csv:3", "no cost", "Add it"}),
        std::string{"a.csv:3: no cost. Add it."});
    QCOMPARE(errorSentence({ErrorCode::BadInput, {}, "no cost", {}}), std::string{"no cost."});
    QCOMPARE(errorSentence({ErrorCode::BadInput, "a.csv", "no cost", {}}),
        std::string{"a.csv: no cost."});
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_Error.moc"
