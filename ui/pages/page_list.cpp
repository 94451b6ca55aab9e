// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of pages, in the order of the rail and of Ctrl+1, Ctrl+2 ...
#include <QCoreApplication>

#include "ui/pages/catalog/catalog_page.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/page.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/router/router_page.h"
#include "ui/pages/tierfit/tierfit_page.h"
#include "ui/pages/tradeoff/tradeoff_page.h"
#include "ui/pages/workload/workload_page.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

template <typename P>
Page* make(Desk& desk, QWidget* parent) {
    return new P(desk, parent);
}

}  // namespace

std::vector<PageSpec> pageList() {
    const auto words = [](const char* text) { return QCoreApplication::translate("pages", text); };
    return {
        {u"workload"_s, words(QT_TRANSLATE_NOOP("pages", "Workload")),
         words(QT_TRANSLATE_NOOP("pages", "The requests, and where their cost goes")), u"workload"_s,
         make<WorkloadPage>},
        {u"catalog"_s, words(QT_TRANSLATE_NOOP("pages", "Catalog")),
         words(QT_TRANSLATE_NOOP("pages", "What models cost, now and before")), u"catalog"_s, make<CatalogPage>},
        {u"router"_s, words(QT_TRANSLATE_NOOP("pages", "Router")),
         words(QT_TRANSLATE_NOOP("pages", "The policy: which request goes where, and why")), u"router"_s,
         make<RouterPage>},
        {u"tradeoff"_s, words(QT_TRANSLATE_NOOP("pages", "Trade-off")),
         words(QT_TRANSLATE_NOOP("pages", "What the requests could cost, at what quality")), u"tradeoff"_s,
         make<TradeoffPage>},
        {u"tierfit"_s, words(QT_TRANSLATE_NOOP("pages", "Tier fit")),
         words(QT_TRANSLATE_NOOP("pages", "Which requests are on the wrong tier")), u"tierfit"_s, make<TierFitPage>},
        {u"compare"_s, words(QT_TRANSLATE_NOOP("pages", "Compare")),
         words(QT_TRANSLATE_NOOP("pages", "Scenarios side by side on the same requests")), u"compare"_s,
         make<ComparePage>},
        {u"report"_s, words(QT_TRANSLATE_NOOP("pages", "Report")),
         words(QT_TRANSLATE_NOOP("pages", "What a budget meeting gets to see")), u"report"_s, make<ReportPage>},
    };
}

}  // namespace tierwise::ui
