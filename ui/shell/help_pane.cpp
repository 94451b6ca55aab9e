// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_pane.h"

#include <QDesktopServices>
#include <QFile>
#include <QLocale>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include "core/project/resources.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// The topic in the program's language, else in English; empty when neither is there.
QString helpText(const QString& topic) {
    const QString language = QLocale().name().left(2);
    const QStringList names{u"help/"_s + language + u"/"_s + topic + u".md"_s, u"help/"_s + topic + u".md"_s};
    for (const QString& name : names) {
        const auto path = project::resourcePath(toUtf8(name));
        if (!path) {
            continue;
        }
        QFile file(toQt(path->string()));
        if (file.open(QIODevice::ReadOnly)) {
            return QString::fromUtf8(file.readAll());
        }
    }
    return {};
}

}  // namespace

HelpPane::HelpPane(QWidget* parent) : QDockWidget(tr("Help"), parent), m_browser(new QTextBrowser(this)) {
    setObjectName(u"helpPane"_s);
    setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    m_browser->setAccessibleName(tr("Help text"));
    m_browser->setOpenLinks(false);
    m_browser->setProperty("frameless", true);
    m_browser->document()->setDocumentMargin(14);
    m_browser->document()->setIndentWidth(18);
    connect(&Theme::instance(), &Theme::changed, this, &HelpPane::styleTables);
    m_browser->setMinimumWidth(280);
    setWidget(m_browser);
    connect(m_browser, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme().startsWith(u"http"_s)) {
            QDesktopServices::openUrl(link);
        } else {
            showTopic(link.path().remove(u".md"_s));
        }
    });
    hide();
}

void HelpPane::showTopic(const QString& topic) {
    m_topic = topic;
    QString text = helpText(topic);
    if (text.isEmpty()) {
        text = tr("There is no help on this topic.");
    }
    m_browser->setMarkdown(text);
    styleTables();
    m_browser->moveCursor(QTextCursor::Start);
}

// Thin lines and some room, in place of Markdown's double frames.
void HelpPane::styleTables() {
    const QList<QTextFrame*> frames = m_browser->document()->rootFrame()->childFrames();
    for (QTextFrame* frame : frames) {
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderCollapse(true);
            format.setBorderBrush(Theme::instance().border());
            format.setCellPadding(5);
            format.setCellSpacing(0);
            format.setTopMargin(8);
            format.setBottomMargin(8);
            table->setFormat(format);
        }
    }
}

QString HelpPane::plainText() const {
    return m_browser->toPlainText();
}

}  // namespace tierwise::ui
