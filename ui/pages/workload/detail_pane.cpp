// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/detail_pane.h"

#include <algorithm>

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>

#include "core/project/open_workbench.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// A laid-out text of this size is shown without a stall; the rest is on the clipboard's and exports' side.
constexpr qsizetype kTextLimit = 60'000;

QPlainTextEdit* textView(const QString& name, QWidget* parent) {
    auto* view = new QPlainTextEdit(parent);
    view->setReadOnly(true);
    view->setAccessibleName(name);
    view->setTabChangesFocus(true);
    view->setFrameShape(QFrame::NoFrame);
    return view;
}

void setText(QPlainTextEdit* view, const std::optional<std::string>& text, const QString& none) {
    if (!text) {
        view->setPlainText({});
        view->setPlaceholderText(none);
        return;
    }
    QString shown = toQt(*text);
    if (shown.size() > kTextLimit) {
        const qsizetype size = shown.size();
        shown.truncate(kTextLimit);
        shown +=
            u"\n\n"_s + DetailPane::tr("[%1 of %2 characters shown]").arg(formatCount(kTextLimit), formatCount(size));
    }
    view->setPlainText(shown);
}

}  // namespace

class FactTable {
public:
    void head(const QString& title) {
        m_html += u"<tr><td colspan='2' style='padding-top:8px'><b>"_s + title.toHtmlEscaped() + u"</b></td></tr>"_s;
    }
    void row(const QString& name, const QString& value, bool numeric = false) {
        m_html += u"<tr><td style='padding-right:14px; color:"_s + Theme::instance().mutedText().name() + u"'>"_s +
                  name.toHtmlEscaped() + u"</td><td"_s + (numeric ? u" align='right'>"_s : u">"_s) +
                  value.toHtmlEscaped() + u"</td></tr>"_s;
    }
    void text(const std::string& value, const QString& name) {
        if (!value.empty()) {
            row(name, toQt(value));
        }
    }
    void note(const QString& text) {
        m_html += u"<tr><td colspan='2' style='color:"_s + Theme::instance().mutedText().name() + u"'>"_s +
                  text.toHtmlEscaped() + u"</td></tr>"_s;
    }
    [[nodiscard]] QString html() const { return u"<table cellspacing='1'>"_s + m_html + u"</table>"_s; }

private:
    QString m_html;
};

namespace {

QString meterLabel(catalog::Meter meter) {
    switch (meter) {
        case catalog::Meter::input:
            return DetailPane::tr("input");
        case catalog::Meter::output:
            return DetailPane::tr("output");
        case catalog::Meter::cacheRead:
            return DetailPane::tr("cache read");
        case catalog::Meter::cacheWrite5m:
            return DetailPane::tr("cache write, 5 min");
        case catalog::Meter::cacheWrite1h:
            return DetailPane::tr("cache write, 1 h");
        default:
            return coreText(catalog::meterName(meter));
    }
}

void addPrice(FactTable& table, const project::RowPrice& price) {
    table.head(DetailPane::tr("Price by the catalog"));
    if (price.offering.empty()) {
        table.row(DetailPane::tr("Unpriced"), coreText(price.resolution.unpricedReason));
        QStringList candidates;
        for (const std::string& candidate : price.candidates) {
            candidates << toQt(candidate);
        }
        if (!candidates.isEmpty()) {
            table.row(DetailPane::tr("Might be"), candidates.mid(0, 4).join(u", "_s));
        }
        return;
    }
    table.row(DetailPane::tr("Offering"), toQt(price.offering));
    table.row(DetailPane::tr("Model"), toQt(price.modelName) + u" ("_s + tierLabel(price.tier) + u")"_s);
    table.row(DetailPane::tr("Known by"),
              DetailPane::tr("%1, %2 sure")
                  .arg(coreText(price.resolution.rule), formatPercent(price.resolution.confidence, 0)));
    if (price.bill) {
        const QString currency = price.bill->currency == "USD" ? u"$"_s : toQt(price.bill->currency) + u" "_s;
        for (const catalog::BillLine& line : price.bill->lines) {
            table.row(meterLabel(line.meter),
                      DetailPane::tr("%1 x %2%3/M = %2%4")
                          .arg(formatCount(line.quantity), currency, formatDecimal(line.rate.perMillion()),
                               formatDecimal(line.cost.toString())));
        }
        table.row(price.bill->complete() ? DetailPane::tr("Total") : DetailPane::tr("Total of the known lines"),
                  currency + formatDecimal(price.bill->total.toString()));
        for (const std::string& warning : price.bill->warnings) {
            table.note(coreText(warning));
        }
    }
    if (!price.evidenceUrl.empty()) {
        table.note(DetailPane::tr("Source: %1, checked %2").arg(toQt(price.evidenceUrl), toQt(price.evidenceDate)));
    }
}

}  // namespace

DetailPane::DetailPane(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_session(AnalysisSession::of(desk)),
      m_slot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_stack(new QStackedWidget(this)),
      m_title(new QLabel(this)),
      m_facts(new QTextBrowser(this)),
      m_texts(new QTabWidget(this)) {
    setObjectName(u"detailPane"_s);
    m_title->setProperty("role", u"title"_s);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setAccessibleName(tr("Facts of the selected request"));
    m_facts->setObjectName(u"detailFacts"_s);
    m_facts->setProperty("frameless", true);
    m_facts->setTabChangesFocus(true);
    m_prompt = textView(tr("Prompt"), m_texts);
    m_prompt->setObjectName(u"detailPrompt"_s);
    m_response = textView(tr("Response"), m_texts);
    m_extras = textView(tr("Other columns of the log"), m_texts);
    m_extras->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_texts->setDocumentMode(true);
    m_texts->addTab(m_prompt, tr("Prompt"));
    m_texts->addTab(m_response, tr("Response"));
    m_texts->addTab(m_extras, tr("Other columns"));
    m_texts->tabBar()->setAccessibleName(tr("Texts of the request"));
    m_texts->setAccessibleName(m_texts->tabBar()->accessibleName());
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_facts);
    split->addWidget(m_texts);
    split->setChildrenCollapsible(false);
    split->setSizes({320, 260});
    auto* filled = new QWidget(m_stack);
    auto* column = new QVBoxLayout(filled);
    column->setContentsMargins(10, 8, 6, 6);
    column->addWidget(m_title);
    column->addWidget(split, 1);
    auto* empty = new EmptyState(u"table"_s, m_stack);
    empty->setSentence(tr("Select a row to see all of it."));
    m_stack->addWidget(empty);
    m_stack->addWidget(filled);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    setMinimumWidth(300);
    connect(&desk, &Desk::catalogChanged, this, [this] { showRequest(m_shown); });
    for (const auto signal : {&AnalysisSession::workbenchChanged, &AnalysisSession::stateChanged}) {
        connect(&m_session, signal, this, [this] {
            if (isVisible()) {
                showRequest(m_shown);
            }
        });
    }
    connect(&Theme::instance(), &Theme::changed, this, [this] { showRequest(m_shown); });
}

void DetailPane::showRequest(std::optional<RequestId> id) {
    m_shown = id;
    if (id && isVisible() && m_desk.hasProject()) {
        m_session.ensure();  // comes back with workbenchChanged()
    }
    if (!id || !m_desk.hasProject()) {
        m_slot.drop();
        m_stack->setCurrentIndex(0);
        return;
    }
    m_slot.start(
        QString(),
        [open = m_desk.project(), wanted = *id, prices = m_desk.catalog(), aliases = m_desk.aliases(),
         workbench = m_session.workbench(), policy = m_session.policy()](TaskContext&) -> Result<Loaded> {
            auto detail = open.detail(wanted);
            if (!detail) {
                return fail(detail.error());
            }
            Loaded loaded{std::move(*detail), std::nullopt, std::nullopt, std::nullopt};
            if (prices) {
                loaded.price = project::priceRow(*prices, aliases, loaded.detail.record);
            }
            if (loaded.detail.prompt) {
                if (auto assessed = project::promptReasons(*loaded.detail.prompt)) {
                    loaded.assessed = std::move(*assessed);
                }
            }
            if (workbench) {
                const auto& ids = workbench->rows().id;
                const auto at = std::find(ids.begin(), ids.end(), wanted);
                auto why = at != ids.end() ? workbench->why(static_cast<std::size_t>(at - ids.begin()), policy)
                                           : Result<analyze::Explanation>(fail(ErrorCode::notFound, "no such row"));
                if (why) {
                    loaded.why = std::move(*why);
                }
            }
            return loaded;
        },
        [this](Result<Loaded> loaded) {
            if (loaded) {
                present(*loaded);
            } else {
                m_stack->setCurrentIndex(0);
                m_desk.showError(loaded.error());
            }
        });
}

void DetailPane::present(const Loaded& loaded) {
    const project::RequestRecord& row = loaded.detail.record;
    m_title->setText(row.model.empty() ? tr("Request %1").arg(row.id.value()) : toQt(row.model));
    m_facts->setHtml(facts(loaded));
    setText(m_prompt, loaded.detail.prompt, tr("The log has no prompt for this row."));
    setText(m_response, loaded.detail.response, tr("The log has no response for this row."));
    setText(m_extras, loaded.detail.extras.empty() ? std::nullopt : std::optional(loaded.detail.extras),
            tr("The log has no other columns."));
    m_stack->setCurrentIndex(1);
}

QString DetailPane::facts(const Loaded& loaded) const {
    const project::RequestRecord& row = loaded.detail.record;
    FactTable table;
    table.row(tr("Time (UTC)"), row.time ? toQt(row.time->toIso()).replace(u'T', u' ').chopped(1) : missing());
    table.text(row.provider, tr("Provider"));
    table.text(row.serviceTier, tr("Service tier"));
    table.text(row.region, tr("Region"));
    table.text(row.team, tr("Team"));
    table.text(row.user, tr("User"));
    table.text(row.session, tr("Session"));
    table.text(row.tag, tr("Tag"));
    table.text(row.domain, tr("Domain"));
    table.text(row.dataClass, tr("Data class"));
    table.text(row.requestId, tr("Request id"));
    if (row.latencySeconds) {
        table.row(tr("Latency"), formatDuration(static_cast<double>(*row.latencySeconds)));
    }
    table.head(tr("Usage (tokens)"));
    table.row(tr("Input, uncached"), formatCount(row.inputUncached));
    if (row.cacheRead) {
        table.row(tr("Input, from cache"), formatCount(row.cacheRead));
    }
    if (row.cacheWrite5m || row.cacheWrite1h) {
        table.row(tr("Written to cache"), formatCount(row.cacheWrite5m.value_or(0) + row.cacheWrite1h.value_or(0)));
    }
    table.row(tr("Output"), formatCount(row.output));
    if (row.reasoning) {
        table.row(tr("of it reasoning"), formatCount(row.reasoning));
    }
    if (row.requests > 1) {
        table.row(tr("Requests in this line"), formatCount(row.requests));
    }
    table.row(tr("Logged cost"), row.loggedCost ? formatExactMoney(*row.loggedCost) : missing());
    if (loaded.price) {
        addPrice(table, *loaded.price);
    }
    addDifficulty(table, loaded);
    if (row.score) {
        table.row(tr("Logged score (0 to 1)"), formatNumber(static_cast<double>(*row.score), 2));
    }
    addPolicy(table, loaded);
    table.head(tr("Where it came from"));
    table.row(tr("File"), toQt(loaded.detail.source));
    table.row(tr("Line"), row.line > 0 ? formatCount(row.line) : missing());
    return table.html();
}

void DetailPane::addDifficulty(FactTable& table, const Loaded& loaded) const {
    const project::RequestRecord& row = loaded.detail.record;
    table.head(tr("Difficulty"));
    if (row.difficulty) {
        table.row(tr("Difficulty (0 easy, 1 hard)"), formatNumber(static_cast<double>(*row.difficulty), 2));
    } else {
        table.note(row.promptText ? tr("Not scored yet, or no figure can be given.")
                                  : tr("Unknown: there is no prompt to judge by."));
    }
    if (!loaded.assessed) {
        return;
    }
    if (row.difficulty && loaded.assessed->difficulty) {
        table.row(tr("Give or take"), formatNumber(static_cast<double>(loaded.assessed->uncertainty), 2));
    }
    for (const assess::Reason& reason : loaded.assessed->reasons) {
        const QString what = reason.contribution > 0   ? tr("harder")
                             : reason.contribution < 0 ? tr("easier")
                                                       : tr("because");
        table.row(what, coreText(reason.text));
    }
    if (loaded.assessed->length) {
        table.row(tr("Answer expected"),
                  tr("%1 tokens, rarely over %2")
                      .arg(formatCount(static_cast<std::int64_t>(loaded.assessed->length->p50)),
                           formatCount(static_cast<std::int64_t>(loaded.assessed->length->p90))));
    }
}

void DetailPane::addPolicy(FactTable& table, const Loaded& loaded) const {
    table.head(tr("Under the present policy"));
    if (!loaded.why) {
        table.note(m_session.isBuilding()          ? tr("The analysis is being made...")
                   : m_session.problem().isEmpty() ? tr("Not analyzed yet.")
                                                   : m_session.problem());
        return;
    }
    const analyze::Explanation& why = *loaded.why;
    QString name = why.chosen ? toQt(*why.chosen) : missing();
    for (const auto& alternative : why.alternatives) {
        if (alternative.chosen) {
            name = coreText(alternative.name);
        }
    }
    table.row(tr("Goes to"), why.chosen ? tr("%1 (%2)").arg(name, tierLabel(why.tier)) : tr("nowhere"));
    table.row(tr("Why"), coreText(why.reason));
    if (why.chosen) {
        table.row(tr("Would cost"), formatDollars(why.costUsd));
        table.row(tr("Expected quality"), formatPercent(why.quality));
    }
}

QString DetailPane::factsText() const {
    return m_facts->toPlainText();
}

}  // namespace tierwise::ui
