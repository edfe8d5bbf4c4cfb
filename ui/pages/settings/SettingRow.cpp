// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/SettingRow.h"

#include "ui/kit/Fonts.h"
#include "ui/kit/SearchText.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVariant>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int EditorCharacters = 28; // the width of every editor
constexpr int Gap = 14; // pixels
constexpr int ResetPad = 28; // frame and padding of the link, pixels

QLabel* wrapped(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel{text, parent};
    label->setWordWrap(true);
    label->setProperty("role", QString::fromLatin1(role));
    label->setFont(sized(parent->font(), TextSize::Meta));
    label->setVisible(!text.isEmpty());
    return label;
}

} // namespace

SettingRow::SettingRow(const Text& text, QWidget* parent)
    : QWidget{parent}
    , m_text{text}
    , m_grid{new QGridLayout{this}}
{
    setObjectName(text.objectName);
    auto* title = new QLabel{text.title, this};
    title->setWordWrap(true);
    m_grid->setContentsMargins(16, 8, 12, 8);
    m_grid->setHorizontalSpacing(0); // an empty column has none: gaps are columns
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(0, 1);
    m_grid->addWidget(title, 0, 0);
    if (!text.help.isEmpty())
        m_grid->addWidget(wrapped(text.help, "muted", this), 1, 0);
    // room for the way back: nothing jumps when it comes
    const int room = fontMetrics().horizontalAdvance(tr("Reset")) + ResetPad;
    m_grid->setColumnMinimumWidth(1, Gap);
    m_grid->setColumnMinimumWidth(3, text.group == SettingGroup::Data ? 0 : room);
}

void SettingRow::setEditor(QWidget* editor)
{
    editor->setFixedWidth(fontMetrics().horizontalAdvance(u'0') * EditorCharacters);
    m_grid->addWidget(editor, 0, 2, 2, 1, Qt::AlignRight | Qt::AlignVCenter);
    m_editor = editor;
}

void SettingRow::makeReset()
{
    m_reset = new QPushButton{tr("Reset"), this};
    m_reset->setObjectName(m_text.objectName + QStringLiteral("_reset"));
    m_reset->setProperty("role", QStringLiteral("link"));
    m_reset->setAccessibleName(tr("Reset \u201C%1\u201D").arg(m_text.title));
    connect(m_reset, &QPushButton::clicked, this, &SettingRow::resetWanted);
    m_grid->addWidget(m_reset, 0, 3, 2, 1, Qt::AlignRight | Qt::AlignVCenter);
    setTabOrder(m_editor, m_reset);
}

void SettingRow::setChanged(bool changed)
{
    if (!m_reset && changed)
        makeReset();
    if (m_reset)
        m_reset->setVisible(changed);
}

void SettingRow::setRemark(const QString& remark)
{
    if (!m_remark && remark.isEmpty())
        return;
    if (!m_remark) {
        m_remark = wrapped(remark, "warning", this);
        m_remark->setObjectName(m_text.objectName + QStringLiteral("_remark"));
        m_grid->addWidget(m_remark, 2, 0, 1, 4);
    }
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
}

bool SettingRow::matches(const QStringList& words) const
{
    const QString all
        = searchFolded(m_text.title + u'\n' + m_text.help + u'\n' + groupText(m_text.group));
    return std::ranges::all_of(words, [&all](const QString& word) { return all.contains(word); });
}

} // namespace sluice::ui
