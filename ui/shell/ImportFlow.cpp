// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ImportFlow.h"

#include "ui/pages/imports/ImportsPage.h"
#include "ui/shell/JobTray.h"
#include "ui/shell/PathDialog.h"
#include "ui/shell/Question.h"
#include "ui/shell/SourceQuestion.h"

#include <QFile>

namespace sluice::ui {

namespace {

// Enough to write one by: the rest is in the command line's help.
constexpr const char* MappingExample = R"({
  "columns": {
    "BilledCost": ["Cost"],
    "EffectiveCost": ["Cost"],
    "ChargePeriodStart": ["Date"]
  },
  "constants": {"BillingCurrency": "USD"},
  "billing_period_from_charge": true,
  "charge_is_one_day": true,
  "dates": "day_first", "decimal": ",", "thousands": "."
})";

Question mappingQuestion()
{
    return {QStringLiteral("mappingQuestion"),
        ImportFlow::tr("A mapping says how a file's columns and numbers are to be read."),
        QStringLiteral("<p>%1</p><pre>%2</pre><p>%3</p>")
            .arg(ImportFlow::tr(
                     "It is a JSON file. To the left stands the FOCUS column, to the right its "
                     "names in your file:"),
                QLatin1StringView{MappingExample},
                ImportFlow::tr("What your file says in FOCUS's own words may be left out.")),
        ImportFlow::tr("Choose the mapping\u2026"), ImportFlow::tr("Cancel"), true};
}

} // namespace

ImportFlow::ImportFlow(const PageContext& context, ImportJob& imports, ImportsPage& page,
    JobTray& tray, QWidget* window)
    : QObject{window}
    , m_context{context}
    , m_imports{imports}
    , m_page{page}
    , m_tray{tray}
    , m_window{window}
{
    using enum ActionId;
    context.actions.on(ImportFiles, this, [this] { chooseFiles(); });
    context.actions.on(ImportFolder, this, [this] { chooseFolder(); });
    context.actions.on(CancelJob, &imports, &ImportJob::cancel);
    connectPage();
    connectJob();
}

void ImportFlow::connectPage()
{
    connect(&m_page, &ImportsPage::retryWanted, &m_imports,
        [this](const QString& batch) { m_imports.retryQuarantine(batch); });
    connect(&m_page, &ImportsPage::retryWithMappingWanted, this, [this](const QString& batch) {
        chooseMapping(
            [this, batch](const QString& file) { m_imports.retryQuarantine(batch, file); });
    });
    connect(&m_page, &ImportsPage::importWithMappingWanted, this, [this] {
        chooseMapping([this, request = m_imports.refused()](const QString& file) mutable {
            request.mappingFile = QFile::encodeName(file).toStdString();
            m_imports.import(request);
        });
    });
    connect(&m_page, &ImportsPage::importUnderSourceWanted, this, &ImportFlow::chooseSource);
    connect(&m_page, &ImportsPage::bringBackWanted, &m_imports, &ImportJob::bringBack);
    connect(&m_page, &ImportsPage::replaceSmallerWanted, &m_imports, &ImportJob::replaceAnyway);
}

void ImportFlow::connectJob()
{
    connect(&m_imports, &ImportJob::started, this, [this](const QString& what) {
        m_tray.start(TrayJob, what).setWaiting(m_imports.waiting());
        emit stateChanged();
    });
    connect(&m_imports, &ImportJob::progressed, this, [this](const Progress& progress) {
        if (JobRow* row = m_tray.row(TrayJob))
            row->setProgress(progress);
    });
    connect(&m_tray, &JobTray::cancelWanted, this, [this](int job) {
        if (job == TrayJob)
            m_imports.cancel();
    });
    connect(&m_imports, &ImportJob::finished, this, [this](const ImportReport& report) {
        m_tray.finish(TrayJob);
        m_context.view.expect(report.revision);
        m_page.showReport(report);
        emit resultShown();
    });
    connect(&m_imports, &ImportJob::retried, this, [this](const ImportReport& report) {
        m_tray.finish(TrayJob);
        m_context.view.expect(report.revision);
        m_page.showRetried(report);
        emit resultShown();
    });
    connect(&m_imports, &ImportJob::failed, this, [this](const Error& error) {
        m_tray.finish(TrayJob);
        m_page.showFailure(
            error, m_imports.refused().paths.empty() ? Refused::Retry : Refused::Import);
        emit resultShown();
    });
}

void ImportFlow::choose(
    const PathQuestion& question, const std::function<void(const QStringList&)>& chosen)
{
    connect(&m_context.session, &Session::locked, askForPaths(m_window, question, chosen),
        &QDialog::reject);
}

void ImportFlow::chooseFiles()
{
    choose(
        {QStringLiteral("importFilesDialog"), tr("Import files"),
            tr("Cost exports (*.csv *.gz *.tsv *.txt);;All files (*)"), QFileDialog::ExistingFiles},
        [this](const QStringList& paths) { m_imports.importPaths(paths); });
}

void ImportFlow::chooseFolder()
{
    choose(
        {QStringLiteral("importFolderDialog"), tr("Import a folder"), {}, QFileDialog::Directory},
        [this](const QStringList& paths) { m_imports.importPaths(paths); });
}

void ImportFlow::chooseMapping(const std::function<void(const QString&)>& chosen)
{
    const auto chooseFile = [this, chosen] {
        choose({QStringLiteral("mappingDialog"), tr("Choose a mapping"),
                   tr("Mappings (*.json);;All files (*)")},
            [chosen](const QStringList& paths) { chosen(paths.front()); });
    };
    connect(&m_context.session, &Session::locked, askFirst(m_window, mappingQuestion(), chooseFile),
        &QDialog::reject);
}

void ImportFlow::chooseSource(const QString& proposed)
{
    const auto importAgain = [this, request = m_imports.refused()](const QString& name) mutable {
        request.source = name.toStdString();
        m_imports.import(request);
    };
    connect(&m_context.session, &Session::locked,
        askForSource(
            m_window, {m_imports.whatWasRefused(), proposed, m_page.sources()}, importAgain),
        &QDialog::reject);
}

} // namespace sluice::ui
