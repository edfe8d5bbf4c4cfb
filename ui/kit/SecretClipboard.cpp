// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/SecretClipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QTimer>

namespace sluice::ui {

namespace {

using namespace std::chrono_literals;

std::chrono::milliseconds& lifetime()
{
    static std::chrono::milliseconds time = 30s;
    return time;
}

// One for all: a second secret begins a time of its own.
QTimer& timer()
{
    static auto* const theOne = new QTimer{QCoreApplication::instance()};
    return *theOne;
}

} // namespace

void copySecret(const QString& secret)
{
    auto* data = new QMimeData;
    data->setText(secret);
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->setMimeData(data);
    QTimer& forget = timer();
    forget.disconnect();
    forget.setSingleShot(true);
    QObject::connect(&forget, &QTimer::timeout, clipboard, [clipboard, secret] {
        if (clipboard->text() == secret)
            clipboard->clear();
    });
    forget.start(lifetime());
}

void setSecretLifetime(std::chrono::milliseconds time)
{
    lifetime() = time;
}

} // namespace sluice::ui
