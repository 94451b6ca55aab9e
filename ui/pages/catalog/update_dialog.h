// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QDialog>

#include "core/project/catalog_update.h"
#include "ui/jobs/job_slot.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QVBoxLayout;

namespace tierwise::ui {

class CopyTable;
class Desk;
class ValueModel;
class ValueSortProxy;

/// Keeping the catalog up to date, on the user's word alone: fetch (with progress and cancel), see the difference with
/// old and new rates and what is quarantined and why, accept or reject it; and the catalogs that were in use, to return
/// to one. Accepting and returning can be undone.
class UpdateDialog : public QDialog {
    Q_OBJECT

public:
    /// returnTo: puts the kept catalog of that hash in use again, off the GUI thread; outlives the dialog (undo).
    UpdateDialog(Desk& desk, std::function<void(const std::string& hash)> returnTo, QWidget* parent = nullptr);
    [[nodiscard]] CopyTable* differences() const { return m_table; }
    [[nodiscard]] CopyTable* history() const { return m_past; }
    [[nodiscard]] bool isWaiting() const { return m_waiting.has_value(); }
    [[nodiscard]] bool isBusy() const { return m_slot.isRunning(); }

private:
    void buildDifference(QVBoxLayout& column);
    void buildHistory(QVBoxLayout& column);
    void readState();
    void fetch();
    void accept(bool quarantinedToo);
    void discard();
    void goBack();
    /// Runs a switch of the catalog in use and puts it on the undo stack.
    void switchCatalog(const QString& name, std::function<Result<catalog::SnapshotEntry>()> change);
    void showWaiting(std::optional<project::WaitingUpdate> waiting);
    void showHistory(const project::CatalogHistory& history);
    void fillTable();
    void showProgress(quint64 id);
    void setBusy(bool busy);
    [[nodiscard]] std::vector<std::string> pickedOfferings() const;

    Desk& m_desk;
    std::function<void(const std::string&)> m_returnTo;
    std::optional<project::WaitingUpdate> m_waiting;
    QTabWidget* m_tabs;
    QLineEdit* m_url;
    QLineEdit* m_authority;
    QPushButton* m_fetch;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_summary;
    QComboBox* m_kinds;
    CopyTable* m_table;
    ValueModel* m_model;
    ValueSortProxy* m_proxy;
    QPushButton* m_accept;
    QPushButton* m_acceptPicked;
    QPushButton* m_acceptAll;
    QPushButton* m_discard;
    CopyTable* m_past;
    ValueModel* m_pastModel;
    QPushButton* m_back;
    JobSlot m_slot;
};

}  // namespace tierwise::ui
