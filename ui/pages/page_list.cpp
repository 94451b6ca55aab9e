// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of pages, in the order of the rail and of Ctrl+1, Ctrl+2 ...
#include <QCoreApplication>

#include "ui/pages/catalog/catalog_page.h"
#include "ui/pages/page.h"
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
    };
}

}  // namespace tierwise::ui
