// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/project/catalog_view.h"

class QCheckBox;
class QDateEdit;
class QLineEdit;

namespace tierwise::ui {

/// A negotiated or custom price of one offering, per million tokens.
class OwnPriceDialog : public QDialog {
    Q_OBJECT

public:
    OwnPriceDialog(const project::CatalogLine& line, QWidget* parent = nullptr);
    [[nodiscard]] project::OwnPrice price() const;

private:
    std::string m_offering;
    QLineEdit* m_input;
    QLineEdit* m_output;
    QLineEdit* m_cached;
    QCheckBox* m_dated;
    QDateEdit* m_from;
    QLineEdit* m_note;
};

}  // namespace tierwise::ui
