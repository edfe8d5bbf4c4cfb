// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/provenance/ProvenancePanel.h"

#include "ui/kit/DataTable.h"
#include "ui/kit/DateText.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/Icons.h"
#include "ui/models/SnapshotTableModel.h"
#include "ui/pages/provenance/ExplanationFacts.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace sluice::ui {

namespace {

constexpr std::size_t ChargesShown = 200;

QString serviceOf(const ChargeView& charge)
{
    for (const auto& [column, value] : charge.columns) {
        if (column == "ServiceName")
            return QString::fromStdString(value);
    }
    return QString::fromStdString(charge.id);
}

// A cost that the file leaves out counts 0 in sums and is no 0 by itself.
bool isStated(const ChargeView& charge, Measure measure)
{
    return ((charge.nullCosts >> static_cast<std::size_t>(measure)) & 1) == 0;
}

} // namespace

// The first charges behind a figure: one measure, so the columns are made for it.
class FigureChargesModel : public QAbstractTableModel {
public:
    FigureChargesModel(MoneyText money, QObject* parent)
        : QAbstractTableModel{parent}
        , m_money{std::move(money)}
    {
    }
    void show(std::vector<ChargeView> charges, Measure measure)
    {
        beginResetModel();
        m_charges = std::move(charges);
        m_measure = measure;
        endResetModel();
    }
    [[nodiscard]] QString idAt(int row) const
    {
        return QString::fromStdString(m_charges[static_cast<std::size_t>(row)].id);
    }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_charges.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : 3;
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const ChargeView& charge = m_charges[static_cast<std::size_t>(index.row())];
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(
                Qt::Alignment{index.column() == 2 ? Qt::AlignRight : Qt::AlignLeft}
                | Qt::AlignVCenter);
        if (role != Qt::DisplayRole)
            return {};
        if (index.column() == 0)
            return dateText(charge.day);
        return index.column() == 1 ? serviceOf(charge)
            : isStated(charge, m_measure)
            ? m_money.withCode(charge.costs[static_cast<std::size_t>(m_measure)], charge.currency)
            : QString{};
    }
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
            return QVariant::fromValue(
                Qt::Alignment{section == 2 ? Qt::AlignRight : Qt::AlignLeft} | Qt::AlignVCenter);
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return section == 0 ? ProvenancePanel::tr("Day")
            : section == 1  ? ProvenancePanel::tr("Service")
                            : ProvenancePanel::tr("Cost");
    }

private:
    MoneyText m_money;
    std::vector<ChargeView> m_charges;
    Measure m_measure{Measure::BilledCost};
};

ProvenancePanel::ProvenancePanel(const PageContext& context, QWidget* parent)
    : QWidget{parent}
    , m_context{context}
    , m_title{new QLabel{this}}
    , m_value{new QLabel{this}}
    , m_infoBar{new InfoBar{this}}
    , m_back{new QPushButton{tr("Back to the figure"), this}}
    , m_views{new QStackedWidget{this}}
    , m_pageTask{context.session.pools().compute(), this}
    , m_explainTask{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("provenancePanel"));
    setMinimumWidth(380);
    auto* heading = new QLabel{tr("Where does this come from?"), this};
    heading->setFont(sized(font(), TextSize::Section, QFont::DemiBold));
    auto* copy = new QToolButton{this};
    copy->setIcon(icon("copy"));
    copy->setAutoRaise(true);
    copy->setObjectName(QStringLiteral("provenanceCopy"));
    copy->setAccessibleName(tr("Copy everything shown here"));
    copy->setToolTip(copy->accessibleName());
    connect(copy, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(wholeText()); });
    auto* close = new QToolButton{this};
    close->setIcon(icon("close"));
    close->setAutoRaise(true);
    close->setObjectName(QStringLiteral("provenanceClose"));
    close->setAccessibleName(tr("Close"));
    connect(close, &QToolButton::clicked, this, &ProvenancePanel::closeWanted);
    auto* top = new QHBoxLayout;
    top->addWidget(heading, 1);
    top->addWidget(copy);
    top->addWidget(close);

    m_title->setWordWrap(true);
    m_title->setProperty("role", QStringLiteral("muted"));
    m_value->setObjectName(QStringLiteral("provenanceValue"));
    m_value->setFont(sized(font(), TextSize::Page, QFont::DemiBold));
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_back->setProperty("role", QStringLiteral("link"));
    m_back->setObjectName(QStringLiteral("provenanceBack"));
    m_back->setAccessibleName(m_back->text());
    connect(m_back, &QPushButton::clicked, this, &ProvenancePanel::back);
    buildFigureView();
    buildChargeView();
    setFocusProxy(m_charges);
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_back, 0, Qt::AlignLeft);
    column->addWidget(m_title);
    column->addWidget(m_value);
    column->addWidget(m_infoBar);
    column->addWidget(m_views, 1);
    clear();
}

void ProvenancePanel::buildFigureView()
{
    auto* view = new QWidget{this};
    m_note = new QLabel{view};
    m_note->setObjectName(QStringLiteral("provenanceNote"));
    m_note->setWordWrap(true);
    m_note->setProperty("role", QStringLiteral("muted"));
    m_chargesModel = new FigureChargesModel{m_context.money, this};
    m_charges = new DataTable{view};
    m_charges->setObjectName(QStringLiteral("figureCharges"));
    m_charges->setAccessibleName(tr("Charges behind the figure"));
    m_charges->setModel(m_chargesModel);
    m_charges->setColumnWidths({11, 20, 16}, 1);
    connect(m_charges, &DataTable::rowActivated, this,
        [this](int row) { showCharge(m_chargesModel->idAt(row)); });
    m_all = new QPushButton{tr("All charges behind it"), view};
    m_all->setObjectName(QStringLiteral("allCharges"));
    m_all->setAccessibleName(m_all->text());
    connect(m_all, &QPushButton::clicked, this, [this] {
        if (m_figure)
            emit allChargesWanted(*m_figure);
    });
    auto* column = new QVBoxLayout{view};
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_note);
    column->addWidget(m_charges, 1);
    column->addWidget(m_all, 0, Qt::AlignLeft);
    m_views->addWidget(view);
}

void ProvenancePanel::buildChargeView()
{
    m_scroll = new QScrollArea{this};
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* view = new QWidget{m_scroll};
    m_rawTitle = new QLabel{tr("The line as it stands in the file"), view};
    m_rawTitle->setFont(sized(font(), TextSize::Body, QFont::DemiBold));
    m_rawLine = new QPlainTextEdit{view};
    m_rawLine->setObjectName(QStringLiteral("rawLine"));
    m_rawLine->setAccessibleName(m_rawTitle->text());
    m_rawLine->setReadOnly(true);
    m_rawLine->setTabChangesFocus(true);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(sized(font(), TextSize::Meta).pointSizeF());
    m_rawLine->setFont(fixed);
    m_rawLine->setFixedHeight(QFontMetrics{fixed}.lineSpacing() * 7 + 20);
    m_rawLine->setWordWrapMode(QTextOption::WrapAnywhere);
    m_facts = new FactSheet{view};
    auto* column = new QVBoxLayout{view};
    column->setContentsMargins(0, 4, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_rawTitle);
    column->addWidget(m_rawLine);
    column->addSpacing(6);
    column->addWidget(m_facts);
    column->addStretch(1);
    m_scroll->setWidget(view);
    m_views->addWidget(m_scroll);
}

void ProvenancePanel::showFigure(const FigureSource& source)
{
    m_infoBar->clear();
    m_explainTask.cancel();
    m_figure = source;
    m_back->hide();
    m_title->setText(source.title);
    m_value->setText(source.value);
    m_value->setVisible(!source.value.isEmpty());
    m_note->setText(tr("Looking for the charges\u2026"));
    m_chargesModel->show({}, source.query.measure);
    m_all->setEnabled(false);
    showView(0, m_charges);
    ChargeQuery query;
    query.filter = source.query;
    query.limit = ChargesShown;
    m_pageTask.start(
        [workspace = m_context.session.workspace(), principal = m_context.session.principal(),
            query](const TaskContext& task) {
            return SpendService{*workspace}.charges(query, principal, task);
        },
        [this](Result<ChargePage> page) {
            if (page.ok())
                acceptPage(*page);
            else if (page.error().code != ErrorCode::Cancelled)
                m_infoBar->showError(page.error());
        });
}

void ProvenancePanel::acceptPage(const ChargePage& page)
{
    const bool all = page.next.empty();
    m_note->setText(
        page.rows.empty() ? tr(
            "No charge counts towards it now: a later import has replaced them, or there never was one.")
            : all && page.rows.size() == 1
            ? tr("It is this one charge. Open it to see its line in the file.")
            : all ? tr("The sum of these %1 charges. Open one to see its line in the file.")
                        .arg(m_context.money.count(page.rows.size()))
            : m_figure->charges > 0
            ? tr(
                "The sum of %1 charges; these are the first %2. Open one to see its line in the file.")
                  .arg(m_context.money.count(m_figure->charges),
                      m_context.money.count(page.rows.size()))
            : tr("The first %1 of its charges. Open one to see its line in the file.")
                  .arg(m_context.money.count(page.rows.size())));
    m_chargesModel->show(page.rows, m_figure->query.measure);
    m_all->setEnabled(!page.rows.empty());
    if (m_chargesModel->rowCount() > 0)
        m_charges->setCurrentIndex(m_chargesModel->index(0, 0));
}

void ProvenancePanel::showChargeAlone(const QString& id)
{
    m_pageTask.cancel();
    m_figure.reset();
    showCharge(id);
}

void ProvenancePanel::showHeldRow(const HeldRow& held)
{
    m_pageTask.cancel();
    m_explainTask.cancel();
    m_figure.reset();
    m_infoBar->clear();
    m_back->hide();
    m_title->setText(tr("A row that is held back: it is in no figure."));
    m_value->clear();
    m_value->hide();
    m_rawTitle->setText(tr("Line %1 of %2").arg(m_context.money.count(held.row.line), held.file));
    m_rawLine->setPlainText(QString::fromStdString(held.row.rawLine));
    m_facts->setSections(heldRowFacts(held, m_context.money));
    showView(1, m_rawLine);
}

void ProvenancePanel::showCharge(const QString& id)
{
    m_infoBar->clear();
    m_title->setText(id);
    m_back->setVisible(m_figure.has_value());
    m_explainTask.start(
        [workspace = m_context.session.workspace(), principal = m_context.session.principal(),
            id = id.toStdString()](const TaskContext& task) {
            return SpendService{*workspace}.explain(id, principal, task);
        },
        [this](Result<Explanation> explanation) {
            if (explanation.ok())
                acceptExplanation(*explanation);
            else
                m_infoBar->showError(explanation.error());
        });
}

void ProvenancePanel::acceptExplanation(const Explanation& explanation)
{
    const ChargeView& charge = explanation.charge;
    const Measure measure = m_figure ? m_figure->query.measure : m_context.view.measure();
    m_value->setText(isStated(charge, measure)
            ? m_context.money.withCode(
                charge.costs[static_cast<std::size_t>(measure)], charge.currency)
            : tr("%1: not in the file").arg(measureText(measure)));
    m_value->show();
    m_rawTitle->setText(tr("Line %1 of %2")
                            .arg(m_context.money.count(explanation.line),
                                QString::fromStdString(explanation.document.name)));
    m_rawLine->setPlainText(QString::fromStdString(explanation.shownLine()));
    m_facts->setSections(explanationFacts(explanation, m_context.money));
    showView(1, m_rawLine);
}

// The keyboard goes along to what has just come, unless the person has gone elsewhere meanwhile.
void ProvenancePanel::showView(int view, QWidget* next)
{
    const bool here = isAncestorOf(QApplication::focusWidget());
    m_views->setCurrentIndex(view);
    setFocusProxy(next);
    if (here)
        next->setFocus();
}

void ProvenancePanel::back()
{
    if (m_figure)
        showFigure(*m_figure);
}

QString ProvenancePanel::wholeText() const
{
    QString text = m_title->text() + u'\n' + m_value->text() + u'\n';
    if (m_views->currentIndex() == 1)
        return text + m_rawTitle->text() + u'\n' + m_rawLine->toPlainText() + QStringLiteral("\n\n")
            + m_facts->text();
    QModelIndexList rows;
    for (int row = 0; row < m_chargesModel->rowCount(); ++row)
        rows << m_chargesModel->index(row, 0);
    return text + tableText(*m_chargesModel, rows);
}

void ProvenancePanel::clear()
{
    m_pageTask.cancel();
    m_explainTask.cancel();
    m_figure.reset();
    m_back->hide();
    m_infoBar->clear();
    m_title->setText(tr("Choose a figure, a tile or a charge."));
    m_value->clear();
    m_value->hide();
    m_note->clear();
    m_chargesModel->show({}, Measure::BilledCost);
    m_all->setEnabled(false);
    m_rawLine->clear();
    m_facts->setSections({});
    showView(0, m_charges);
}

void ProvenancePanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeWanted();
    else if (event->key() == Qt::Key_Backspace && m_figure && m_views->currentIndex() == 1)
        back();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sluice::ui
