// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/provenance/FactSheet.h"

#include "ui/kit/Fonts.h"
#include "ui/pages/provenance/WrappedText.h"

#include <QGridLayout>
#include <QLabel>
#include <QVariant>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr qsizetype LongWord = 28;

bool hasLongWord(const QString& text)
{
    const QStringList words = text.split(u' ');
    return std::any_of(
        words.begin(), words.end(), [](const QString& word) { return word.size() > LongWord; });
}

// A label wraps between words only; a hash or a URL needs a field that breaks anywhere.
QWidget* makeValue(const QString& value, QWidget* parent)
{
    if (hasLongWord(value))
        return new WrappedText{value, parent};
    auto* label = new QLabel{value, parent};
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

FactSheet::FactSheet(QWidget* parent)
    : QWidget{parent}
    , m_column{new QVBoxLayout{this}}
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(14);
}

void FactSheet::setSections(const std::vector<Section>& sections)
{
    m_text.clear();
    while (QLayoutItem* item = m_column->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (const Section& section : sections) {
        auto* box = new QWidget{this};
        auto* grid = new QGridLayout{box};
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(14);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        auto* title = new QLabel{section.title, box};
        title->setFont(sized(font(), TextSize::Body, QFont::DemiBold));
        grid->addWidget(title, 0, 0, 1, 2);
        m_text += section.title + u'\n';
        int row = 1;
        for (const auto& [label, value] : section.facts) {
            if (value.isEmpty())
                continue;
            auto* name = new QLabel{label, box};
            name->setProperty("role", QStringLiteral("muted"));
            QWidget* text = makeValue(value, box);
            text->setAccessibleName(label + QStringLiteral(": ") + value);
            grid->addWidget(name, row, 0, Qt::AlignLeft | Qt::AlignTop);
            grid->addWidget(text, row, 1);
            m_text += label + u'\t' + value + u'\n';
            ++row;
        }
        m_column->addWidget(box);
    }
    m_column->addStretch(1);
}

} // namespace sluice::ui
