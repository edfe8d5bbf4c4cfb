// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/Workspace.h"
#include "ui/kit/CentredColumn.h"
#include "ui/kit/InfoBar.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace sluice::ui {

class PassphraseField;

// Asks for the secret of one ledger: a page, not a dialog. What went wrong stands above the field,
// and the field keeps the focus. Waits a little longer after each wrong passphrase.
class UnlockPage : public CentredColumn {
    Q_OBJECT

public:
    explicit UnlockPage(QWidget* parent = nullptr);

    void setLedger(const QString& path, bool hasKeychain);
    void setBusy(bool busy);
    void showError(const Error& error);
    [[nodiscard]] QString path() const { return m_path; }

signals:
    // The receiver takes the credential out of the pointer.
    void unlockWanted(const QString& path, std::shared_ptr<sluice::Credential> credential);
    void keyFileWanted();
    void otherWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void unlock(Credential::Kind kind);
    void refresh();
    void showWhy(const Error& error, Credential::Kind tried);

    QString m_path;
    bool m_busy{false};
    Credential::Kind m_tried{Credential::Kind::RawKey};
    int m_failures{0};
    bool m_waiting{false};
    QLabel* m_name;
    QLabel* m_folder;
    InfoBar* m_infoBar;
    PassphraseField* m_secret;
    QCheckBox* m_recovery;
    QPushButton* m_unlock;
    QPushButton* m_keychain;
    QPushButton* m_keyFile;
};

} // namespace sluice::ui
