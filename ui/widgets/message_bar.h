// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QFrame>
#include <QList>

#include "core/base/error.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace tierwise::ui {

/// Says what went wrong (or right) above the page: what, the hint how to mend it, and details on demand. It never
/// takes the focus and never blocks. Several messages queue up; closing one shows the next.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Severity { note, warning, error };
    struct Message {
        Severity severity = Severity::note;
        QString text;
        QString hint;
        QString details;     ///< shown on demand; may be empty
        QString actionText;  ///< a button that helps; empty = none
        std::function<void()> action;
    };

    explicit MessageBar(QWidget* parent = nullptr);
    void showError(const Error& error) { showMessage(fromError(error)); }
    [[nodiscard]] static Message fromError(const Error& error);
    void showMessage(Message message);
    void clear();
    [[nodiscard]] bool hasMessage() const { return !m_messages.isEmpty(); }
    [[nodiscard]] QString currentText() const;

private:
    void present();
    void dismiss();

    QList<Message> m_messages;
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_details;
    QLabel* m_count;
    QPushButton* m_action;
    QToolButton* m_detailsButton;
    QToolButton* m_close;
};

}  // namespace tierwise::ui
