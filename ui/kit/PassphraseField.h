// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecureBytes.h"

#include <QLineEdit>

class QAction;

namespace sluice::ui {

// A line for a secret: hidden, with a button to look at it, no undo, no suggestions, no clipboard
// out.
class PassphraseField : public QLineEdit {
    Q_OBJECT

public:
    explicit PassphraseField(const QString& accessibleName, QWidget* parent = nullptr);

    // The text as UTF-8 in locked memory; the line is emptied. A QString cannot be wiped with
    // certainty, so it should live as short as possible.
    [[nodiscard]] SecureBytes take();
    [[nodiscard]] SecureBytes copy() const;

private:
    QAction* m_show;
};

} // namespace sluice::ui
