// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/PassphraseField.h"

#include "ui/kit/Icons.h"

#include <QAction>

#include <span>

namespace sluice::ui {

PassphraseField::PassphraseField(const QString& accessibleName, QWidget* parent)
    : QLineEdit{parent}
    , m_show{addAction(icon("eye"), QLineEdit::TrailingPosition)}
{
    setEchoMode(Password);
    setAccessibleName(accessibleName);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
        | Qt::ImhNoAutoUppercase);
    setMinimumHeight(fontMetrics().height() + 16);
    m_show->setCheckable(true);
    m_show->setToolTip(tr("Show the passphrase"));
    m_show->setText(m_show->toolTip());
    connect(m_show, &QAction::toggled, this,
        [this](bool shown) { setEchoMode(shown ? Normal : Password); });
}

SecureBytes PassphraseField::copy() const
{
    QByteArray utf8 = text().toUtf8();
    SecureBytes secret = SecureBytes::copyOf(
        std::string_view{utf8.constData(), static_cast<std::size_t>(utf8.size())});
    utf8.fill('\0');
    return secret;
}

SecureBytes PassphraseField::take()
{
    SecureBytes secret = copy();
    m_show->setChecked(false);
    clear();
    return secret;
}

} // namespace sluice::ui
