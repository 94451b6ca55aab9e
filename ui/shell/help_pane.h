// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

class QTextBrowser;

namespace tierwise::ui {

/// F1: the help of the page in front (resources/help/<topic>.md), beside the page, in the program's language.
class HelpPane : public QDockWidget {
    Q_OBJECT

public:
    explicit HelpPane(QWidget* parent = nullptr);
    void showTopic(const QString& topic);
    [[nodiscard]] QString topic() const { return m_topic; }
    [[nodiscard]] QString plainText() const;

private:
    void styleTables();
    QTextBrowser* m_browser;
    QString m_topic;
};

}  // namespace tierwise::ui
