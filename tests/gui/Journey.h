// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/HeapRoom.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/Gui.h"
#include "tests/support/GuiWatchdog.h"
#include "tests/support/Qt.h"
#include "ui/kit/InfoBar.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QTest>

namespace sluice::test {

// until an answer is there; sanitizers and a busy machine take their time
inline constexpr int PatienceMs = 60'000;

// of ledgers that a person makes
inline const QString Passphrase = QStringLiteral("harbour violin seventeen moss");

// What the page's bar says; empty where it says nothing.
inline QString messageOf(const QWidget* page)
{
    const auto* bar = page->findChild<ui::InfoBar*>();
    return bar->isHidden() ? QString{} : bar->text();
}

// A person at the window: the fixture's window shown and active, and the watchdog that fails what
// blocks it.
class Journey {
public:
    explicit Journey(const WindowFixture::Options& options = {})
        : m_fixture{options}
    {
        keepHeapRoom(); // as main() does
        window().resize(1280, 800);
        window().show();
        window().activateWindow();
        if (!QTest::qWaitForWindowActive(&window()))
            qFatal("the window does not become active");
        QTest::qWait(50); // the first picture is start-up
        m_watchdog.reset();
    }

    WindowFixture* operator->() { return &m_fixture; }
    ui::MainWindow& window() { return m_fixture.window(); }
    GuiWatchdog& watchdog() { return m_watchdog; }
    template <class Widget>
    Widget* find(const char* name) const
    {
        return m_fixture.find<Widget>(name);
    }
    QString text(const char* label) const { return find<QLabel>(label)->text(); }

    // What the test does itself is not the window's doing.
    template <class Work>
    auto unwatched(Work work)
    {
        m_watchdog.pause();
        struct Resume {
            GuiWatchdog& watchdog;
            ~Resume() { watchdog.resume(); }
        } resume{m_watchdog};
        return work();
    }
    // The offscreen platform does not hand the window back its activity when a menu closes.
    void comeBack()
    {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* has = QApplication::focusWidget();
        QTest::keyClick(has ? has : &window(), key, modifiers);
    }
    // Files dragged over the window and let go.
    void drop(const QStringList& paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls << QUrl::fromLocalFile(path);
        data.setUrls(urls);
        const QPoint where = window().rect().center();
        QDragEnterEvent enter{where, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier};
        QCoreApplication::sendEvent(&window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop{QPointF{where}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier};
        QCoreApplication::sendEvent(&window(), &drop);
        QVERIFY(drop.isAccepted());
    }
    // Answers the file dialog that an action opened. It is Qt's own here, and not what is watched.
    void choose(const char* dialogName, const QString& path)
    {
        unwatched([&] {
            QFileDialog* dialog = nullptr;
            QTRY_VERIFY((dialog = m_fixture.find<QFileDialog>(dialogName)) != nullptr);
            dialog->selectFile(path);
            static_cast<QDialog*>(dialog)->accept();
        });
    }
    // The bar of the job that runs; null while none does.
    QProgressBar* jobBar() const
    {
        const auto* tray = m_fixture.find<QWidget>("jobTray");
        return tray->findChild<QProgressBar*>();
    }
    bool isJobShown() const { return jobBar() && jobBar()->isVisible(); }
    bool isJobOnItsWay() const
    {
        return jobBar() && jobBar()->maximum() > 0 && jobBar()->value() > 0;
    }
    void openLedger(const QString& path)
    {
        m_fixture.openLedger(path);
        QTRY_VERIFY_WITH_TIMEOUT(window().page() == ui::PageId::Today, PatienceMs);
        window().goTo(ui::PageId::Map); // where most journeys begin
    }

private:
    WindowFixture m_fixture;
    GuiWatchdog m_watchdog;
};

} // namespace sluice::test
