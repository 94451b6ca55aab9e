// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages show, over five lines worked out by hand: the workload, the catalog, the import preview; and copies.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/ingest/import_plan.h"
#include "core/project/catalog_update.h"
#include "core/project/catalog_view.h"
#include "core/project/export_rows.h"
#include "core/project/import.h"
#include "core/project/import_preview.h"
#include "core/project/own_catalog.h"
#include "core/project/save_copy.h"
#include "core/project/workload_view.h"
#include "tests/support/catalogs.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

namespace {

// big: $5 and $20, from 15 September $4 and $10; another host sells it for $12.
catalog::Catalog prices() {
    return catalogOf(
        "#providers#:[{#id#:#lab#,#name#:#Lab#,#jurisdiction#:#US#,#authors#:[#lab#]},"
        "{#id#:#host#,#name#:#Host#,#jurisdiction#:#DE#}],\n"
        "#models#:[{#id#:#big#,#name#:#Big#,#author#:#lab#,#released#:#2026-01-01#}],\n"
        "#offerings#:[\n"
        "{#provider#:#lab#,#id#:#big#,#model#:#big#,#cards#:[{#to#:#2026-09-15#,#rates#:{#input#:#5#,"
        "#output#:#20#},#evidence#:0},{#from#:#2026-09-15#,#rates#:{#input#:#4#,#output#:#10#},#evidence#:0}]},\n"
        "{#provider#:#host#,#id#:#big#,#model#:#big#,#cards#:[{#from#:#2026-08-01#,#rates#:{#input#:#3#,"
        "#output#:#12#},#evidence#:0}]}]");
}

constexpr const char* kLines =
    "time,request_id,model,provider,team,input_uncached_tokens,cache_read_tokens,output_tokens,cost_usd\n"
    "2026-09-10T08:00:00Z,r-1,big,lab,a,1000,0,100,0.01\n"
    "2026-09-20T08:00:00Z,r-2,big,lab,a,1000,0,100,\n"
    "2026-09-20T09:00:00Z,r-3,nobody-7,,b,500,0,10,0.5\n"
    "2026-09-21T08:00:00Z,r-4,big,lab,b,,,,0.02\n"
    "2026-09-21T09:00:00Z,r-5,big,lab,b,many,0,10,0.02\n";

const CatalogLine* lineOf(const std::vector<CatalogLine>& lines, const std::string& key) {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.key == key; });
    return found == lines.end() ? nullptr : &*found;
}

}  // namespace

class TestViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_base = m_folder->path().toStdString();
        qputenv("XDG_DATA_HOME", m_folder->path().toUtf8());
        std::ofstream(m_base + "/log.csv") << kLines;
        auto created = Project::create(m_base + "/p.tierwise");
        TIERWISE_VERIFY_OK(created);
        m_project.emplace(std::move(*created));
        const auto report = importLog(*m_project, {m_base + "/log.csv", {}, {}}, {});
        TIERWISE_VERIFY_OK(report);
        QCOMPARE(report->stored, std::int64_t{4});
        QCOMPARE(report->rejected, std::int64_t{1});
    }

    void aWholeFileIsCheckedBeforeItIsIn() {
        const auto planned = ingest::planImport(m_base + "/log.csv", {}, {}, {});
        TIERWISE_VERIFY_OK(planned);
        const auto check = checkImport(planned->plan, {});
        TIERWISE_VERIFY_OK(check);
        QCOMPARE(check->rows, std::int64_t{4});
        QCOMPARE(check->rejected, std::int64_t{1});
        QCOMPARE(check->rejects.size(), std::size_t{1});
        QCOMPARE(check->rejects[0].line, std::int64_t{6});
        QCOMPARE(check->reasons.size(), std::size_t{1});
        const auto diagnosis = diagnoseBefore(planned->plan, 3, prices(), {}, {});
        TIERWISE_VERIFY_OK(diagnosis);
        QCOMPARE(diagnosis->rows, std::int64_t{3});
        QVERIFY(std::any_of(diagnosis->findings.begin(), diagnosis->findings.end(), [](const Finding& finding) {
            return finding.title.find("nobody-7") != std::string::npos;
        }));
    }

    void aPreviewShowsTextsAsTheyWouldBeStored() {
        std::ofstream(m_base + "/texts.csv")
            << "time,model,prompt\n2026-09-10T08:00:00Z,big,Write to anna@example.org\n";
        ingest::ImportWishes wishes;
        wishes.masking.mode = ingest::MaskMode::replace;
        const auto planned = ingest::planImport(m_base + "/texts.csv", wishes, {}, {});
        TIERWISE_VERIFY_OK(planned);
        const auto preview = previewImport(planned->plan, 10, {});
        TIERWISE_VERIFY_OK(preview);
        QCOMPARE(preview->prompts.size(), std::size_t{1});
        QCOMPARE(preview->prompts[0], std::string("Write to [EMAIL_1]"));
        QCOMPARE(preview->rows[0].dataClass, std::string("pii"));
    }

    void rowsAreInMemoryOnceUntilTheyChange() {
        const Project copy = *m_project;  // as a job has it
        auto first = m_project->snapshot({});
        TIERWISE_VERIFY_OK(first);
        QCOMPARE((*first)->rows, std::size_t{4});
        auto second = copy.snapshot({});
        TIERWISE_VERIFY_OK(second);
        QVERIFY(*first == *second);
        const auto imports = m_project->imports();
        TIERWISE_VERIFY_OK(imports);
        TIERWISE_VERIFY_OK(m_project->undoImport(imports->front().id));
        const auto without = copy.snapshot({});
        TIERWISE_VERIFY_OK(without);
        QCOMPARE((*without)->rows, std::size_t{0});
        QCOMPARE((*first)->rows, std::size_t{4});  // who holds it keeps it
        const auto again = importLog(*m_project, {m_base + "/log.csv", {}, {}}, {});
        TIERWISE_VERIFY_OK(again);
        const auto third = copy.snapshot({});
        TIERWISE_VERIFY_OK(third);
        QVERIFY(*third != *first);
        QCOMPARE((*third)->rows, std::size_t{4});
        // Other bytes under the same rows are another snapshot too.
        store::Assessment assessment;
        assessment.difficulty.resize(4);
        assessment.difficulty.set(0, 0.5F);
        assessment.signal.assign(4, 1);
        assessment.domain.names = {"", "law"};
        assessment.domain.codes.assign(4, 1);
        TIERWISE_VERIFY_OK(m_project->saveAssessment((*third)->id, assessment, {}));
        const auto assessed = copy.snapshot({});
        TIERWISE_VERIFY_OK(assessed);
        QCOMPARE((*assessed)->difficulty.at(0).value_or(0), 0.5F);
    }

    // Rates by hand: big is $5 and $20 before the 15th, then $4 and $10; r-4 has no tokens, nobody-7 no price.
    void groupsAtTheCatalogsPrices() {
        const auto rows = m_project->loadSnapshot({});
        const auto ids = m_project->rowIds({}, {});
        TIERWISE_VERIFY_OK(ids);
        const auto costs = catalogCostsBy(*rows, prices(), {}, "team", *ids, {});
        TIERWISE_VERIFY_OK(costs);
        QCOMPARE(costs->at("a").cost.toString(), std::string("0.012"));  // 0.005 + 0.002, then 0.004 + 0.001
        QCOMPARE(costs->at("a").rows, std::int64_t{2});
        QCOMPARE(costs->at("b").rows, std::int64_t{0});
        QCOMPARE(costs->at("b").unpriced, std::int64_t{2});
        const auto days = catalogCostsBy(*rows, prices(), {}, "day", *ids, {});
        TIERWISE_VERIFY_OK(days);
        QCOMPARE(days->at("2026-09-10").cost.toString(), std::string("0.007"));
        const auto none = catalogCostsBy(*rows, prices(), {}, "team", std::vector<std::int64_t>{}, {});
        QCOMPARE(none->at("a").rows, std::int64_t{0});
        QVERIFY(catalogCostsBy(*rows, prices(), {}, "extra:x", *ids, {})->empty());
    }

    void rowsAreExportedInFull() {
        RowQuery query;
        query.filters = {{"team", FilterOp::equals, "a"}};
        const auto written = exportRows(*m_project, query, true, m_base + "/out.csv", {});
        TIERWISE_VERIFY_OK(written);
        QCOMPARE(*written, std::int64_t{2});
        std::ifstream file(m_base + "/out.csv");
        std::string header;
        std::string first;
        std::string second;
        std::getline(file, header);
        std::getline(file, first);
        std::getline(file, second);
        QVERIFY(header.starts_with("time,model,provider,team,"));
        QVERIFY2(first.starts_with("2026-09-10T08:00:00Z,big,lab,a,,,,,,,,r-1,1,1000,1000,0,,,100,,0.01,"),
                 first.c_str());
        QVERIFY2(second.find(",100,,,") != std::string::npos, second.c_str());  // no cost is an empty cell, not 0
        QVERIFY(!exportRows(*m_project, query, false, m_base + "/no/such/folder.csv", {}));
    }

    void theWorkloadAsLogged() {
        const auto view = workloadOverview(*m_project->loadSnapshot({}), prices(), {}, CostBasis::logged, {});
        TIERWISE_VERIFY_OK(view);
        QCOMPARE(view->rows, std::int64_t{4});
        QCOMPARE(view->input, std::int64_t{2500});
        QCOMPARE(view->output, std::int64_t{210});
        QCOMPARE(view->rowsWithoutInput, std::int64_t{1});
        QCOMPARE(view->total.cost.toString(), std::string("0.53"));
        QCOMPARE(view->total.unpriced, std::int64_t{1});
        QCOMPARE(view->tiers[static_cast<std::size_t>(Tier::premium)].cost.toString(), std::string("0.03"));
        QCOMPARE(view->tiers[static_cast<std::size_t>(Tier::unbanded)].cost.toString(), std::string("0.5"));
        QCOMPARE(view->periodHours, std::int64_t{24});
        QCOMPARE(view->periods.size(), std::size_t{12});  // the 10th to the 21st, those without a request too
        QCOMPARE(view->periods.back().number - view->periods.front().number, std::int64_t{11});
        QCOMPARE(std::count_if(view->periods.begin(), view->periods.end(),
                               [](const auto& period) {
                                   return std::any_of(period.tiers.begin(), period.tiers.end(),
                                                      [](const auto& tier) { return tier.rows + tier.unpriced > 0; });
                               }),
                 std::ptrdiff_t{3});
        QCOMPARE(view->models[0].name, std::string("nobody-7"));
        QCOMPARE(view->models[1].sum.cost.toString(), std::string("0.03"));
        QCOMPARE(view->teams[0].name, std::string("b"));
        QCOMPARE(view->unresolved.size(), std::size_t{1});
        QCOMPARE(view->unresolved[0].first, std::string("nobody-7"));
        QCOMPARE(view->concentration.back().costShare, 1.0);
        QCOMPARE(view->last->toIsoDate(), std::string("2026-09-21"));
    }

    // 1000 x 5 + 100 x 20 = 7,000 and, after the change of price, 1000 x 4 + 100 x 10 = 5,000 micro-dollars.
    void theWorkloadByTheCatalog() {
        const auto rows = m_project->loadSnapshot({});
        TIERWISE_VERIFY_OK(rows);
        const auto view = workloadOverview(*rows, prices(), {}, CostBasis::catalog, {});
        TIERWISE_VERIFY_OK(view);
        QCOMPARE(view->basis, CostBasis::catalog);
        QCOMPARE(view->total.cost.toString(), std::string("0.012"));
        QCOMPARE(view->total.unpriced, std::int64_t{2});
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(workloadOverview(*rows, prices(), {}, CostBasis::catalog, {stopped.get_token(), {}}).error().code,
                 ErrorCode::cancelled);
    }

    // Half price from 16:30 on: 6,000 + 3,000 micro-dollars, though both rows lie in one hour.
    void pricesOfATimeOfDay() {
        std::ofstream(m_base + "/day.csv") << "time,request_id,model,provider,input_tokens,output_tokens\n"
                                              "2026-09-10T16:10:00Z,d-1,big,lab,1000,100\n"
                                              "2026-09-10T16:40:00Z,d-2,big,lab,1000,100\n";
        auto project = Project::create(m_base + "/day.tierwise");
        TIERWISE_VERIFY_OK(project);
        TIERWISE_VERIFY_OK(importLog(*project, {m_base + "/day.csv", {}, {}}, {}));
        const auto catalog = catalogOf(
            "#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]}],\n"
            "#models#:[{#id#:#big#,#author#:#lab#}],\n"
            "#offerings#:[\n{#provider#:#lab#,#id#:#big#,#model#:#big#,#cards#:[{#rates#:{#input#:#5#,#output#:#10#},"
            "#evidence#:0},{#when#:{#window#:{#zone#:#UTC#,#hours#:[#16:30-24:00#]}},#rates#:{#input#:#2.5#,"
            "#output#:#5#},#evidence#:0}]}]");
        const auto view = workloadOverview(*project->loadSnapshot({}), catalog, {}, CostBasis::catalog, {});
        TIERWISE_VERIFY_OK(view);
        QCOMPARE(view->total.cost.toString(), std::string("0.009"));
        QCOMPARE(view->periodHours, std::int64_t{1});
        QCOMPARE(view->periods.size(), std::size_t{1});
        QCOMPARE(view->periods[0].number % 24, std::int64_t{16});
    }

    void sumsOfRows() {
        const auto ids = m_project->rowIds({}, {});
        TIERWISE_VERIFY_OK(ids);
        const auto totals = totalsOf(*m_project, *ids, {});
        TIERWISE_VERIFY_OK(totals);
        QCOMPARE(totals->rows, std::int64_t{4});
        QCOMPARE(totals->input, std::int64_t{2500});
        QCOMPARE(totals->rowsWithoutTokens, std::int64_t{1});
        QCOMPARE(totals->logged.cost.toString(), std::string("0.53"));
        const auto groups = m_project->totalsBy("model", {}, {});
        TIERWISE_VERIFY_OK(groups);
        const auto all = totalOf(*groups);
        QCOMPARE(all.rows, std::int64_t{4});
        QCOMPARE(all.input, totals->input);
        QCOMPARE(all.rowsWithCost, std::int64_t{3});
        const auto rows = m_project->rows(*ids);
        TIERWISE_VERIFY_OK(rows);
        const auto price = priceRow(prices(), {}, (*rows)[1]);
        QCOMPARE(price.offering, std::string("lab/big"));
        QCOMPARE(price.bill->total.toString(), std::string("0.005"));
        QCOMPARE(price.tier, Tier::premium);
        QCOMPARE(price.evidenceUrl, std::string("https://example.org"));
        const auto none = priceRow(prices(), {}, (*rows)[2]);
        QVERIFY(!none.bill && !none.resolution.unpricedReason.empty());
    }

    void theCatalogByLineAndInTime() {
        const auto catalog = prices();
        const auto lines = catalogLines(catalog);
        QCOMPARE(lines.size(), std::size_t{2});
        const auto* own = lineOf(lines, "lab/big");
        QVERIFY(own != nullptr && own->mainOffering && !own->ownPrice);
        QCOMPARE(own->output->perMillion(), std::string("20"));
        QCOMPARE(own->jurisdiction, std::string("US"));
        QVERIFY(!own->cacheRead);
        const auto steps = priceHistory(catalog, own->offering, catalog::Meter::output);
        QCOMPARE(steps.size(), std::size_t{2});
        QCOMPARE(steps[0].from.toIsoDate(), std::string("2026-01-01"));
        QCOMPARE(steps[1].from.toIsoDate(), std::string("2026-09-15"));
        QCOMPARE(steps[1].value->perMillion(), std::string("10"));
        // January: $20. August: the other host's $12. 15 September: $10.
        const auto floor = floorByTier(catalog)[static_cast<std::size_t>(Tier::premium)];
        QCOMPARE(floor.size(), std::size_t{3});
        QCOMPARE(floor[1].value->perMillion(), std::string("12"));
        QCOMPARE(floor[2].value->perMillion(), std::string("10"));
    }

    void pricesOfOnesOwn() {
        const auto before = catalogInUse();
        TIERWISE_VERIFY_OK(before);
        const std::string key = "anthropic/claude-opus-4-6";
        QVERIFY(!lineOf(catalogLines(*before), key)->ownPrice);
        const auto nothing = ownCatalogText();
        TIERWISE_VERIFY_OK(nothing);
        OwnEntry entry;
        entry.offering = key;
        entry.input = "1.5";
        entry.output = "2";
        entry.note = "negotiated";
        entry.tier = Tier::local;
        entry.contextTokens = 1234;
        TIERWISE_VERIFY_OK(setOwnEntry(*before, entry));
        const auto lines = catalogLines(*catalogInUse());
        QVERIFY(lineOf(lines, key)->ownPrice);
        QCOMPARE(lineOf(lines, key)->input->perMillion(), std::string("1.5"));
        QVERIFY(lineOf(lines, key)->tier == Tier::local);
        QCOMPARE(lineOf(lines, key)->contextTokens.value_or(0), std::int64_t{1234});
        const auto said = ownEntry(key);
        QVERIFY(said && *said && (*said)->note == "negotiated" && (*said)->output == "2");
        // Undo puts back what was there.
        const auto text = ownCatalogText();
        TIERWISE_VERIFY_OK(text);
        TIERWISE_VERIFY_OK(putOwnCatalogText(*nothing));
        QVERIFY(!lineOf(catalogLines(*catalogInUse()), key)->ownPrice);
        TIERWISE_VERIFY_OK(putOwnCatalogText(*text));
        TIERWISE_VERIFY_OK(removeOwnEntry(*before, key));
        QCOMPARE(removeOwnEntry(*before, key).error().code, ErrorCode::notFound);
        const auto refused = [&](const char* offering, const char* input, const char* output) {
            OwnEntry wrong;
            wrong.offering = offering;
            wrong.input = input;
            wrong.output = output;
            const auto set = setOwnEntry(*before, wrong);
            return !set && set.error().code == ErrorCode::invalidArgument;
        };
        QVERIFY(refused(key.c_str(), "-1", "2"));
        QVERIFY(refused(key.c_str(), "1", "NaN"));
        QVERIFY(refused(key.c_str(), "", ""));      // nothing is said
        QVERIFY(refused("nobody/none", "1", "2"));  // of which model?
        QVERIFY(refused("no-offering", "1", "2"));
    }

    void thePreviewIsWhatTheImportDoes() {
        const auto planned = ingest::planImport(m_base + "/log.csv", {}, {}, {});
        TIERWISE_VERIFY_OK(planned);
        const auto whole = previewImport(planned->plan, 100, {});
        TIERWISE_VERIFY_OK(whole);
        QVERIFY(whole->wholeFile);
        QCOMPARE(whole->rows.size(), std::size_t{4});
        QCOMPARE(whole->rejects.size(), std::size_t{1});
        const auto rejects = m_project->rejects({}, 0, 10);
        TIERWISE_VERIFY_OK(rejects);
        QCOMPARE(whole->rejects[0].line, (*rejects)[0].line);
        QCOMPARE(whole->rejects[0].reason, (*rejects)[0].reason);
        const auto stored = m_project->rows(*m_project->rowIds({}, {}));
        TIERWISE_VERIFY_OK(stored);
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(whole->rows[i].requestId, (*stored)[i].requestId);
            QCOMPARE(whole->rows[i].model, (*stored)[i].model);
            QVERIFY(whole->rows[i].inputUncached == (*stored)[i].inputUncached);
            QVERIFY(whole->rows[i].loggedCost == (*stored)[i].loggedCost);
        }
        const auto head = previewImport(planned->plan, 2, {});
        TIERWISE_VERIFY_OK(head);
        QCOMPARE(head->rows.size() + head->rejects.size(), std::size_t{2});
        auto gone = planned->plan;
        gone.file = m_base + "/none.csv";
        QVERIFY(!previewImport(gone, 2, {}));
    }

    void aCopyIsWhole() {
        const std::filesystem::path copy = m_base + "/copy.tierwise";
        TIERWISE_VERIFY_OK(saveCopy(*m_project, copy));
        const auto opened = Project::open(copy);
        TIERWISE_VERIFY_OK(opened);
        const auto theirs = opened->rows(*opened->rowIds({}, {}));
        const auto ours = m_project->rows(*m_project->rowIds({}, {}));
        TIERWISE_VERIFY_OK(theirs);
        QVERIFY(*theirs == *ours);
        QCOMPARE(*opened->rejectCount({}), std::int64_t{1});
        QCOMPARE(saveCopy(*m_project, copy).error().code, ErrorCode::conflict);
        QCOMPARE(saveCopy(*m_project, m_base + "/no/such/folder.tierwise").error().code, ErrorCode::io);
        QVERIFY(!std::filesystem::exists(m_base + "/copy.tierwise.part"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_base;
    std::optional<Project> m_project;
};

QTEST_APPLESS_MAIN(TestViews)
#include "tst_views.moc"
