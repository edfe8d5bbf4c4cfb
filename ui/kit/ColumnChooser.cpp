// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/ColumnChooser.h"

#include "ui/kit/DataTable.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace sluice::ui {

ColumnChooser::ColumnChooser(DataTable& table)
    : QDialog{&table}
    , m_table{table}
    , m_list{new QListWidget{this}}
{
    setObjectName(QStringLiteral("columnChooser"));
    setWindowTitle(tr("Columns"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(QStringLiteral("columnList"));
    m_list->setAccessibleName(tr("Columns of the table"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->installEventFilter(this);
    auto* hint
        = new QLabel{tr("Space shows or hides a column. Alt+Up and Alt+Down move it."), this};
    hint->setProperty("role", QStringLiteral("muted"));
    hint->setWordWrap(true);
    auto* buttons = new QDialogButtonBox{QDialogButtonBox::Close, this};
    const auto add = [this, buttons](const char* name, const QString& text, auto act) {
        auto* button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(QLatin1String{name});
        button->setAccessibleName(text);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, act);
    };
    add("columnUp", tr("Move up"), [this] { move(-1); });
    add("columnDown", tr("Move down"), [this] { move(1); });
    add("columnReset", tr("Reset"), [this] {
        m_table.resetColumns();
        fill();
    });
    QPushButton* close = buttons->button(QDialogButtonBox::Close);
    close->setText(tr("Close"));
    close->setAccessibleName(close->text());
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout{this};
    column->addWidget(hint);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    fill();
    m_list->setCurrentRow(0);
    m_list->setFocus();
    connect(m_list, &QListWidget::itemChanged, this, &ColumnChooser::apply);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ColumnChooser::apply);
}

void ColumnChooser::fill()
{
    const QSignalBlocker blocker{m_list};
    const int row = m_list->currentRow();
    m_list->clear();
    const QHeaderView& header = *m_table.horizontalHeader();
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        auto* item = new QListWidgetItem{
            m_table.model()->headerData(column, Qt::Horizontal).toString(), m_list};
        item->setData(Qt::UserRole, column);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
            | Qt::ItemIsDragEnabled);
        item->setSizeHint({0, fontMetrics().height() + 12});
        item->setCheckState(header.isSectionHidden(column) ? Qt::Unchecked : Qt::Checked);
    }
    m_list->setCurrentRow(row);
}

void ColumnChooser::apply()
{
    int shown = 0;
    for (int row = 0; row < m_list->count(); ++row)
        shown += m_list->item(row)->checkState() == Qt::Checked ? 1 : 0;
    if (shown == 0) { // the last one stays
        fill();
        return;
    }
    QHeaderView& header = *m_table.horizontalHeader();
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        const int column = item->data(Qt::UserRole).toInt();
        header.moveSection(header.visualIndex(column), row);
        m_table.setColumnHidden(column, item->checkState() != Qt::Checked);
    }
    emit m_table.columnsChanged();
}

void ColumnChooser::move(int by)
{
    const int row = m_list->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_list->count())
        return;
    m_list->insertItem(to, m_list->takeItem(row));
    m_list->setCurrentRow(to);
    apply();
}

bool ColumnChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<const QKeyEvent*>(event);
        const bool arrow = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down;
        if (arrow && key->modifiers() & Qt::AltModifier) {
            move(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace sluice::ui
