// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include <QKeySequence>
#include <QString>
#include <QWidget>

class QAction;
class QSettings;

namespace tierwise::ui {

class Desk;

/// One step of the work: a class of its own below ui/pages/<page>/, registered in page_list.cpp. A page reads and
/// changes the project through the Desk alone, and starts everything slow through JobSlots.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(Desk& desk, QWidget* parent = nullptr) : QWidget(parent), m_desk(desk) {}

    /// Where the page reads "Drop a log here" as long as no project is open.
    [[nodiscard]] virtual bool needsProject() const { return true; }
    /// The page came to the front, or went to the back. The project or its content may have changed meanwhile:
    /// refresh here what Desk::contentChanged() marked as stale while the page was hidden.
    virtual void activated() {}
    virtual void deactivated() {}
    /// What F6 goes through, in order.
    [[nodiscard]] virtual QList<QWidget*> panes() const { return {const_cast<Page*>(this)}; }
    /// Columns, filters, splitters: kept over a restart, below the page's own group.
    virtual void saveState(QSettings& settings) const { Q_UNUSED(settings) }
    virtual void restoreState(const QSettings& settings) { Q_UNUSED(settings) }
    /// Another page sent the user here ("show these rows"); what it means is the page's business.
    virtual void show(const QVariantMap& request) { Q_UNUSED(request) }

    /// The page's own commands: in its menu, in the Ctrl+K palette, and alive while the page is in front. Add every
    /// command here with newAction().
    [[nodiscard]] const QList<QAction*>& commands() const { return m_commands; }
    /// One line about what is shown or selected, for the status area.
    [[nodiscard]] const QString& statusText() const { return m_status; }

Q_SIGNALS:
    void statusTextChanged(const QString& text);

protected:
    [[nodiscard]] Desk& desk() const { return m_desk; }
    /// A command of this page, with its icon (may be empty), text with mnemonic, tip and key (may be empty). The key
    /// works while the page is in front.
    QAction* newAction(const QString& icon, const QString& text, const QString& tip, const QKeySequence& key = {});
    void setStatusText(const QString& text);

private:
    Desk& m_desk;
    QList<QAction*> m_commands;
    QString m_status;
};

/// What the shell knows of a page before it is made. Pages are made on their first visit.
struct PageSpec {
    QString id;     ///< "workload": settings group, help topic, Desk::showPage
    QString title;  ///< translated
    QString tip;
    QString icon;
    std::function<Page*(Desk&, QWidget* parent)> make;
};

/// All pages, in the order of the rail.
[[nodiscard]] std::vector<PageSpec> pageList();

}  // namespace tierwise::ui
