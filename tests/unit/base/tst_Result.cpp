// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Result.h"
#include "tests/support/Qt.h"

#include <memory>

using namespace sluice;

namespace {

Result<int> half(int value)
{
    if (value % 2 != 0)
        return Error{ErrorCode::BadInput, "line 3", "odd", "Use an even number"};
    return value / 2;
}

Result<int> quarter(int value)
{
    SLUICE_TRY(const int once, half(value));
    SLUICE_TRY(const int twice, half(once));
    return twice;
}

Status mustBeEven(int value)
{
    SLUICE_TRY_DO(half(value));
    return Status::success();
}

} // namespace

class TestResult : public QObject {
    Q_OBJECT

private slots:
    void carriesAValueOrAnError();
    void tryReturnsTheFirstError();
    void takesWhatCannotBeCopied();
};

void TestResult::carriesAValueOrAnError()
{
    QVERIFY(half(4).ok());
    QCOMPARE(*half(4), 2);
    QVERIFY(!half(3));
    QCOMPARE(half(3).error(), (Error{ErrorCode::BadInput, "line 3", "odd", "Use an even number"}));
    QVERIFY(Status{}.ok());
    QVERIFY(!Status(Error{ErrorCode::Io, {}, "no", {}}).ok());
}

void TestResult::tryReturnsTheFirstError()
{
    QCOMPARE(*quarter(8), 2);
    QCOMPARE(quarter(6).error().what, std::string{"odd"});
    QVERIFY(mustBeEven(2).ok());
    QCOMPARE(mustBeEven(1).error().code, ErrorCode::BadInput);
}

void TestResult::takesWhatCannotBeCopied()
{
    Result<std::unique_ptr<int>> owned{std::make_unique<int>(5)};
    const std::unique_ptr<int> taken = std::move(owned).value();
    QCOMPARE(*taken, 5);
}

QTEST_GUILESS_MAIN(TestResult)
#include "tst_Result.moc"
