// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/project/catalog_view.h"
#include "core/project/own_catalog.h"

class QCheckBox;
class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tierwise::ui {

/// The user's own word on one offering: negotiated prices, its model's tier, its context; or an offering and model of
/// their own. What is left as it was stays the catalog's.
class OwnEntryDialog : public QDialog {
    Q_OBJECT

public:
    /// said: what the user has said of it before.
    OwnEntryDialog(const project::CatalogLine& line, const std::optional<project::OwnEntry>& said,
                   QWidget* parent = nullptr);
    /// An offering the catalog does not have.
    explicit OwnEntryDialog(QWidget* parent = nullptr);
    [[nodiscard]] project::OwnEntry entry() const;

private:
    void build(QFormLayout& form);
    void check();

    project::CatalogLine m_line;
    bool m_fresh = false;
    QLineEdit* m_offering;
    QLineEdit* m_model;
    QLineEdit* m_author;
    QLineEdit* m_input;
    QLineEdit* m_output;
    QLineEdit* m_cached;
    QLineEdit* m_context;
    QComboBox* m_tier;
    QCheckBox* m_dated;
    QDateEdit* m_from;
    QLineEdit* m_note;
    QLabel* m_fault;
    QPushButton* m_ok = nullptr;
};

}  // namespace tierwise::ui
