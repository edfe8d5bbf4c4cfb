// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace sluice::ui {

// Text that wraps anywhere and is as high as it needs to be at its width. Can be selected, not
// changed.
class WrappedText : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit WrappedText(const QString& text, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
};

} // namespace sluice::ui
