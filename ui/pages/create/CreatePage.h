// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/Workspace.h"
#include "ui/kit/InfoBar.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace sluice::ui {

class PassphraseField;

// Makes a ledger: where, in which currency and fiscal year, under which passphrase; then shows the
// recovery code, once.
class CreatePage : public QWidget {
    Q_OBJECT

public:
    CreatePage(bool hasKeychain, QWidget* parent = nullptr);

    // A new form. The files, which may be none, are imported once the ledger is made and its
    // recovery code kept; they are forgotten with the form.
    void start(const QStringList& importAfterwards);
    // These as well: what is dropped while the form or the code is shown.
    void importLater(const QStringList& paths);
    void setBusy(bool busy);
    void showError(const Error& error);
    void showRecoveryCode(const QString& code);
    void clear();
    // The ledger is being made: it cannot be called off any more.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool showsRecoveryCode() const;
    [[nodiscard]] bool isRecoveryCodeKept() const; // as the person says

signals:
    void createWanted(const QString& path, const sluice::NewLedger& wanted,
        std::shared_ptr<sluice::Credential> credential);
    void browseWanted();
    void cancelled();
    void recoveryCodeKept(const QStringList& importAfterwards);

public slots:
    void setPath(const QString& path);
    // Where to keep it, unless the person has said so already.
    void suggestFolder(const QString& folder);

private:
    QWidget* buildForm(bool hasKeychain);
    void layOutForm(QWidget* form, QLabel* title, QPushButton* browse);
    QWidget* buildRecovery();
    void refresh();
    void create();

    QStringList m_importAfterwards;
    QStackedWidget* m_views;
    QLabel* m_then{nullptr};
    QLabel* m_thenToo{nullptr}; // the same below the recovery code
    InfoBar* m_infoBar{nullptr};
    QLineEdit* m_path{nullptr};
    QComboBox* m_currency{nullptr};
    QComboBox* m_fiscal{nullptr};
    QComboBox* m_zone{nullptr};
    PassphraseField* m_first{nullptr};
    PassphraseField* m_second{nullptr};
    QLabel* m_strength{nullptr};
    QCheckBox* m_remember{nullptr};
    QPushButton* m_create{nullptr};
    QPushButton* m_cancel{nullptr};
    QLabel* m_code{nullptr};
    QCheckBox* m_kept{nullptr};
    QPushButton* m_done{nullptr};
    bool m_busy{false};
};

} // namespace sluice::ui
