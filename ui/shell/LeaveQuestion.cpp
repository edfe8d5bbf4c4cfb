// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LeaveQuestion.h"

#include "ui/pages/ImportJob.h"
#include "ui/pages/create/CreatePage.h"

#include <QCoreApplication>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LeaveQuestion", text);
}

QString stopIt(Leaving leaving)
{
    switch (leaving) {
    case Leaving::ForAnotherLedger:
        return tr("Stop it and leave");
    case Leaving::Locked:
        return tr("Stop it and lock");
    case Leaving::ForGood:
        return tr("Stop it and quit");
    }
    return {};
}

} // namespace

std::optional<Question> questionBeforeLeaving(
    const CreatePage& create, const ImportJob& imports, Leaving leaving)
{
    if (create.showsRecoveryCode() && !create.isRecoveryCodeKept())
        return Question{QStringLiteral("leaveQuestion"), tr("The recovery code has not been kept."),
            tr("It is shown this once. Without it nobody can open the ledger when the passphrase is "
               "lost."),
            tr("Leave without the code"), tr("Back to the code")};
    if (imports.isRunning())
        return Question{QStringLiteral("leaveQuestion"),
            tr("An import is running: %1.").arg(imports.howFar()),
            tr("The ledger keeps nothing of an import that is stopped."), stopIt(leaving),
            tr("Go on importing")};
    return std::nullopt;
}

} // namespace sluice::ui
