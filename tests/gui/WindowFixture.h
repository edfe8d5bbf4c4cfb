// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/SampleLedger.h"
#include "core/services/ImportService.h"
#include "core/tasks/TaskPool.h"
#include "tests/support/TempLedger.h"
#include "ui/shell/MainWindow.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

namespace sluice::test {

// A window with everything it needs, in a folder of its own, at a day that stands still: 20
// November 2026.
class WindowFixture {
public:
    struct Options {
        std::string person{}; // on whose behalf; empty: the ledger's owner
        std::chrono::milliseconds idleTime{std::chrono::minutes{10}};
        ui::SessionWatch* sessionWatch{nullptr};
    };

    WindowFixture()
        : WindowFixture{Options{}}
    {
    }
    explicit WindowFixture(const Options& options)
        : m_clock{*Timestamp::parseIso("2026-11-20T09:30:00Z")}
        , m_environment{m_clock, nullptr}
        , m_settings{m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat}
        , m_sample{m_environment, 7}
        , m_window{std::make_unique<ui::MainWindow>(ui::WindowParts{m_pools, m_environment,
              [this](const TaskContext& context) { return m_sample.make(context); }, m_settings,
              options.person, options.idleTime, options.sessionWatch})}
    {
    }
    ~WindowFixture()
    {
        m_window.reset(); // before the pools: it cancels what they run
    }
    WindowFixture(const WindowFixture&) = delete;
    WindowFixture& operator=(const WindowFixture&) = delete;

    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] WorkspaceEnvironment environment() const { return m_environment; }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    template <class Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        return m_window->findChild<Widget*>(QLatin1StringView{name});
    }
    [[nodiscard]] QAction* action(ui::ActionId id) const { return m_window->actions().action(id); }

    // A file of the folder with this text.
    QString write(const QString& name, const QByteArray& text) const
    {
        QFile file{path(name)};
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return file.fileName();
    }
    // A ledger of the folder under rawKey(), filled before any window looks at it.
    QString makeLedger(const QString& name, const std::function<void(Workspace&)>& fill) const
    {
        auto created = Workspace::create(path(name).toStdString(), {}, rawKey(), m_environment);
        if (!created.ok())
            qFatal("%s", errorSentence(created.error()).c_str());
        fill(*created->workspace);
        return path(name);
    }
    void openLedger(const QString& path)
    {
        m_window->openWith(path, std::make_shared<Credential>(rawKey()));
    }

private:
    QTemporaryDir m_folder;
    FixedClock m_clock;
    WorkspaceEnvironment m_environment;
    QSettings m_settings;
    SampleLedger m_sample;
    TaskPool m_pools;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace sluice::test
