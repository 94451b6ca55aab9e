// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start_page.h"

#include <QAction>
#include <QCommandLinkButton>
#include <QDir>
#include <QFileInfo>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/shell/desk.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QPushButton* buttonFor(QAction* action, bool primary, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setText(action->text());
    button->setToolTip(action->toolTip());
    button->setAccessibleName(action->toolTip());
    button->setProperty("primary", primary);
    button->setMinimumHeight(36);
    if (!primary) {
        button->setIcon(action->icon());
    }
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QLabel* label(const QString& text, const char16_t* role, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    made->setProperty("role", QString::fromUtf16(role));
    made->setAlignment(Qt::AlignCenter);
    made->setWordWrap(true);
    return made;
}

}  // namespace

StartPage::StartPage(Desk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_zone(new QFrame(this)), m_recent(new QWidget(this)) {
    setObjectName(u"startPage"_s);
    m_zone->setObjectName(u"dropZone"_s);
    m_zone->setFixedWidth(620);
    auto* icon = new QLabel(m_zone);
    icon->setAlignment(Qt::AlignCenter);
    const auto paintIcon = [icon] {
        icon->setPixmap(
            Theme::instance().icon(u"drop"_s).pixmap(QSize(56, 56), icon->devicePixelRatioF(), QIcon::Disabled));
    };
    paintIcon();
    connect(&Theme::instance(), &Theme::changed, icon, paintIcon);
    auto* open = buttonFor(desk.command(u"openFile"_s), true, m_zone);
    open->setObjectName(u"startOpen"_s);
    auto* sample = buttonFor(desk.command(u"openSample"_s), false, m_zone);
    sample->setObjectName(u"startSample"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(open);
    buttons->addSpacing(8);
    buttons->addWidget(sample);
    buttons->addStretch();
    auto* zone = new QVBoxLayout(m_zone);
    zone->setContentsMargins(40, 36, 40, 36);
    zone->addWidget(icon);
    zone->addSpacing(6);
    zone->addWidget(label(tr("Drop a log here"), u"headline", m_zone));
    zone->addWidget(label(tr("CSV, TSV, JSON Lines or JSON, plain or packed with gzip or zstd, from a gateway, a "
                             "provider's console or an agent's session."),
                          u"muted", m_zone));
    zone->addSpacing(14);
    zone->addLayout(buttons);

    auto* recent = new QVBoxLayout(m_recent);
    recent->setContentsMargins(0, 0, 0, 0);
    auto* recentTitle = new QLabel(tr("Recent projects"), m_recent);
    recentTitle->setProperty("role", u"title"_s);
    recent->addWidget(recentTitle);
    m_recentList = new QVBoxLayout;
    m_recentList->setSpacing(0);
    recent->addLayout(m_recentList);
    m_recent->setFixedWidth(620);

    auto* privacy = label(tr("Nothing leaves this computer: no account, no key, no network unless you ask for a "
                             "price update."),
                          u"muted", this);
    privacy->setFixedWidth(620);
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(m_zone, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(privacy, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(m_recent, 0, Qt::AlignHCenter);
    column->addStretch(3);
    fillRecent();
    connect(&desk, &Desk::recentFilesChanged, this, &StartPage::fillRecent);
}

void StartPage::setDropActive(bool active) {
    m_zone->setProperty("active", active);
    m_zone->style()->unpolish(m_zone);
    m_zone->style()->polish(m_zone);
}

void StartPage::fillRecent() {
    while (QLayoutItem* item = m_recentList->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QStringList files = m_desk.recentFiles().mid(0, 5);
    m_recent->setVisible(!files.isEmpty());
    for (const QString& path : files) {
        const QFileInfo info(path);
        QString folder = QDir::toNativeSeparators(info.path());
        if (folder.startsWith(QDir::homePath())) {
            folder.replace(0, QDir::homePath().size(), u"~"_s);
        }
        auto* button = new QCommandLinkButton(info.completeBaseName(), folder, m_recent);
        button->setIcon(Theme::instance().icon(u"recent"_s));
        button->setToolTip(path);
        button->setAccessibleName(tr("Open %1").arg(info.completeBaseName()));
        connect(button, &QPushButton::clicked, this, [this, path] { Q_EMIT recentChosen(path); });
        m_recentList->addWidget(button);
    }
}

}  // namespace tierwise::ui
