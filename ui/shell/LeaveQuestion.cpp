// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LeaveQuestion.h"

#include "ui/pages/create/CreatePage.h"

#include <QCoreApplication>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LeaveQuestion", text);
}

} // namespace

std::optional<Question> questionBeforeLeaving(const CreatePage& create)
{
    if (create.showsRecoveryCode() && !create.isRecoveryCodeKept())
        return Question{QStringLiteral("leaveQuestion"), tr("The recovery code has not been kept."),
            tr("It is shown this once. Without it nobody can open the ledger when the passphrase is "
               "lost."),
            tr("Leave without the code"), tr("Back to the code")};
    return std::nullopt;
}

} // namespace sluice::ui
