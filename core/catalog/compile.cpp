// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/compile.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/catalog/model_naming.h"
#include "core/catalog/name_index.h"
#include "core/catalog/text.h"
#include "core/catalog/timeline.h"

namespace tierwise::catalog {

namespace {

/// An offering in the making.
struct Draft {
    Offering offering;
    std::vector<Observation> seen;
    bool curated = false;  ///< its cards come from the facts and stay
    bool folded = false;   ///< became an alias of another
    std::string name;
    std::string baseModel;
    std::string author;
    std::string family;
    std::string released;
    std::optional<bool> openWeights;
    std::optional<bool> reasons;
    std::optional<std::int64_t> maxOutputTokens;
};

enum Rank : int { kHistory = 0, kModelsDev = 1, kLiteLlm = 2, kOpenRouter = 3, kGenai = 4 };

constexpr double kSameModelRatio = 1.25;

bool isSubscription(std::string_view provider) {
    return provider.find("coding-plan") != std::string_view::npos ||
           provider.find("token-plan") != std::string_view::npos || provider == "kimi-for-coding" ||
           provider == "opencode-go";
}

class Compiler {
public:
    Compiler(CompileInput input, TaskContext& context) : m_input(std::move(input)), m_context(context) {
        m_out.data.title = m_input.title;
        m_out.data.evidence = m_input.facts.evidence;
        m_out.data.providers = m_input.facts.providers;
        m_out.data.models = m_input.facts.models;
        m_out.data.date = m_input.date.value_or(newestDate());
    }

    Result<CompileOutput> run() {
        for (const auto& offering : m_input.facts.offerings) {
            Draft draft;
            draft.offering = offering;
            draft.curated = true;
            m_drafts.push_back(std::move(draft));
        }
        const std::vector<std::pair<const std::optional<SourceTable>*, Rank>> lists = {
            {&m_input.genai, kGenai},
            {&m_input.openRouter, kOpenRouter},
            {&m_input.liteLlm, kLiteLlm},
            {&m_input.modelsDev, kModelsDev},
        };
        for (const auto& [table, rank] : lists) {
            if (m_context.stopRequested()) {
                return TaskContext::cancelled();
            }
            if (*table) {
                m_context.report({"Merging", rank, 4, 0});
                merge(**table, rank);
            }
        }
        addHistory();
        assignModels();
        finish();
        return std::move(m_out);
    }

private:
    [[nodiscard]] Timestamp newestDate() const {
        Timestamp newest = m_input.facts.date;
        bool known = false;
        for (const auto* table : {&m_input.genai, &m_input.openRouter, &m_input.liteLlm, &m_input.modelsDev}) {
            if (*table) {
                const auto date = Timestamp::parseIso((*table)->date);
                if (date && (!known || *date > newest)) {
                    newest = *date;
                    known = true;
                }
            }
        }
        return newest;
    }

    std::int32_t evidence(const std::string& url, const std::string& date, Confidence confidence,
                          const std::string& note = {}) {
        const Evidence wanted{url, date, confidence, note};
        const auto found = std::find(m_out.data.evidence.begin(), m_out.data.evidence.end(), wanted);
        if (found != m_out.data.evidence.end()) {
            return static_cast<std::int32_t>(found - m_out.data.evidence.begin());
        }
        m_out.data.evidence.push_back(wanted);
        return static_cast<std::int32_t>(m_out.data.evidence.size() - 1);
    }

    /// A snapshot of what is drafted so far, to look names up in.
    struct Drafted {
        CatalogData data;
        std::unique_ptr<NameIndex> index;
    };
    [[nodiscard]] std::unique_ptr<Drafted> drafted() const {
        auto made = std::make_unique<Drafted>();
        made->data.providers = m_out.data.providers;
        made->data.date = m_out.data.date;
        for (const auto& draft : m_drafts) {
            made->data.offerings.push_back(draft.offering);
            made->data.offerings.back().model = ModelIndex(-1);
        }
        made->index = std::make_unique<NameIndex>(made->data);
        return made;
    }

    void merge(const SourceTable& table, Rank rank) {
        m_out.quarantined.insert(m_out.quarantined.end(), table.quarantined.begin(), table.quarantined.end());
        const auto before = drafted();
        std::unordered_map<std::string, std::string> sellers;
        for (const auto& provider : table.providers) {
            sellers[provider.id] = providerFor(*before->index, provider.id, provider.name, rank);
        }
        const auto date = Timestamp::parseIso(table.date).value_or(m_out.data.date);
        std::unordered_map<std::string, std::size_t> fresh;  // offerings this list added
        std::unordered_map<std::string, bool> allFree;
        if (rank == kModelsDev) {
            for (const auto& row : table.offerings) {
                auto [at, added] = allFree.emplace(row.provider, true);
                at->second = at->second && isFree(row.cards);
            }
        }
        for (const auto& row : table.offerings) {
            if (!row.sellsTokens || (row.cards.empty() && rank != kGenai) ||
                (rank == kModelsDev && (allFree[row.provider] || isSubscription(row.provider)))) {
                continue;
            }
            auto seller = sellers.find(row.provider);
            if (seller == sellers.end()) {
                seller = sellers.emplace(row.provider, providerFor(*before->index, row.provider, {}, rank)).first;
            }
            if (!seller->second.empty()) {
                mergeRow(row, seller->second, *before, fresh, date, rank, table);
            }
        }
    }

    static bool isFree(const std::vector<RateCard>& cards) {
        return std::all_of(cards.begin(), cards.end(), [](const RateCard& card) {
            return std::all_of(card.rates.begin(), card.rates.end(),
                               [](const MeterRate& rate) { return rate.rate.picoPerUnit() == 0; });
        });
    }

    /// Our id of a list's seller. models.dev lists many resellers: those we know nothing else of are left out.
    std::string providerFor(const NameIndex& index, const std::string& id, const std::string& name, Rank rank) {
        for (const auto& each : m_out.data.providers) {
            if (each.id == id) {
                return each.id;
            }
        }
        if (const Provider* known = index.providerOf(id); known != nullptr && !known->gateway) {
            // "alibaba-cn" is not "alibaba": a seller's own name must match by more than a pattern on another list
            return rank == kModelsDev && folded(known->id) != folded(id) && !hasAlias(*known, id) ? std::string()
                                                                                                  : known->id;
        }
        if (rank == kModelsDev || id.empty()) {
            return {};
        }
        Provider made;
        made.id = lowered(id);
        std::replace(made.id.begin(), made.id.end(), '_', '-');
        made.name = name.empty() ? id : name;
        m_out.data.providers.insert(m_out.data.providers.begin(), made);
        return made.id;
    }

    static bool hasAlias(const Provider& provider, const std::string& id) {
        return std::any_of(provider.aliases.begin(), provider.aliases.end(),
                           [&](const std::string& alias) { return folded(alias) == folded(id); });
    }

    void mergeRow(const SourceOffering& row, const std::string& seller, const Drafted& before,
                  std::unordered_map<std::string, std::size_t>& fresh, Timestamp date, Rank rank,
                  const SourceTable& table) {
        Observation seen;
        seen.date = date;
        seen.rank = rank;
        seen.cards = row.cards;
        const bool own = rank == kOpenRouter;
        const auto source = evidence(table.url, date.toIsoDate(), own ? Confidence::official : Confidence::aggregator);
        for (auto& card : seen.cards) {
            card.evidence = source;
        }
        const std::string key = seller + "/" + lowered(row.id);
        std::optional<std::size_t> target;
        if (const auto mine = fresh.find(key); mine != fresh.end()) {
            target = mine->second;
        } else if (rank != kGenai) {
            if (const auto found = known(before, seller, row, seen)) {
                target = found->draft;
                if (!found->priceCounts) {
                    seen.cards.clear();
                }
            }
        } else if (const auto curated = before.index->offering(seller + "/" + row.id)) {
            target = static_cast<std::size_t>(curated->value());
        }
        if (!target) {
            Draft draft;
            draft.offering.provider = seller;
            draft.offering.id = row.id;
            target = m_drafts.size();
            m_drafts.push_back(std::move(draft));
            fresh.emplace(key, *target);
        } else if (rank != kGenai && folded(m_drafts[*target].offering.id) != folded(row.id)) {
            addAlias(m_drafts[*target].offering, row.id);
        }
        absorb(m_drafts[*target], row, std::move(seen));
    }

    struct Known {
        std::size_t draft = 0;
        bool priceCounts = true;  ///< false: the same model under a dated name, whose price another list sets
    };

    /// The offering of an earlier list that this row means. A name that list's own rules claim is that offering,
    /// whatever its price; a name that only looks like a dated snapshot of one must have the same price.
    std::optional<Known> known(const Drafted& before, const std::string& seller, const SourceOffering& row,
                               const Observation& seen) const {
        if (const auto exact = before.index->offering(seller + "/" + row.id)) {
            return Known{static_cast<std::size_t>(exact->value()), true};
        }
        const Resolution found = before.index->resolve({row.id, seller, seen.date, {}});
        if (!found.offering ||
            before.data.offerings[static_cast<std::size_t>(found.offering->value())].provider != seller) {
            return {};
        }
        const auto at = static_cast<std::size_t>(found.offering->value());
        if (folded(row.id) == folded(m_drafts[at].offering.id)) {
            return Known{at, true};
        }
        if (samePrice(m_drafts[at], seen)) {
            return Known{at, true};
        }
        const bool byPattern = found.rule.find("pattern") != std::string::npos;
        const bool byAlias = found.confidence >= 0.95;
        // First-hand snapshots have prices of their own (gpt-4o-2024-05-13 is twice gpt-4o).
        const bool snapshot = byAlias && isFirstHandSeller(seller) && !versionTails(row.id).empty();
        // A host that charges a little more for the dated name (a regional deployment) still sells the same model.
        const bool dated = found.rule.find("dated snapshot") != std::string::npos && !isFirstHandSeller(seller) &&
                           priceRatio(m_drafts[at], seen) < kSameModelRatio;
        return ((byPattern || byAlias) && !snapshot) || dated ? std::optional<Known>(Known{at, false}) : std::nullopt;
    }

    /// Larger over smaller output price of the newest observation; 1e9 where one is not known.
    [[nodiscard]] static double priceRatio(const Draft& draft, const Observation& seen) {
        const auto output = [](const std::vector<RateCard>& cards) -> std::optional<Rate> {
            const auto base = std::find_if(cards.begin(), cards.end(),
                                           [](const RateCard& card) { return card.when == Conditions{}; });
            return base == cards.end() ? std::nullopt : base->rate(Meter::output);
        };
        if (draft.seen.empty()) {
            return 1e9;
        }
        const auto mine = output(draft.seen.back().cards);
        const auto other = output(seen.cards);
        if (!mine || !other || mine->picoPerUnit() == 0 || other->picoPerUnit() == 0) {
            return 1e9;
        }
        const auto [low, high] = std::minmax(mine->picoPerUnit(), other->picoPerUnit());
        return static_cast<double>(high) / static_cast<double>(low);
    }

    [[nodiscard]] static bool isFirstHandSeller(const std::string& seller) {
        return seller == "openai" || seller == "anthropic";
    }

    [[nodiscard]] static bool samePrice(const Draft& draft, const Observation& seen) {
        const auto base = [](const std::vector<RateCard>& cards, Timestamp at) -> const RateCard* {
            for (const auto& card : cards) {
                if (card.when == Conditions{} && (!card.from || at >= *card.from) && (!card.to || at < *card.to)) {
                    return &card;
                }
            }
            return nullptr;
        };
        const RateCard* mine = base(seen.cards, seen.date);
        const auto matches = [&](const std::vector<RateCard>& cards) {
            const RateCard* other = base(cards, seen.date);
            return mine != nullptr && other != nullptr && mine->rate(Meter::input) == other->rate(Meter::input) &&
                   mine->rate(Meter::output) == other->rate(Meter::output);
        };
        return matches(draft.offering.cards) ||
               std::any_of(draft.seen.begin(), draft.seen.end(),
                           [&](const Observation& each) { return matches(each.cards); });
    }

    static void addAlias(Offering& offering, const std::string& text) {
        const std::string fold = folded(text);
        const bool there =
            fold == folded(offering.id) || std::any_of(offering.aliases.begin(), offering.aliases.end(),
                                                       [&](const Alias& alias) { return folded(alias.text) == fold; });
        if (!there && !text.empty()) {
            offering.aliases.push_back({text, {}, {}});
        }
    }

    void absorb(Draft& draft, const SourceOffering& row, Observation seen) {
        for (const auto& alias : row.aliases) {
            const bool glob = alias.starts_with('*') || alias.ends_with('*');
            if (glob) {
                draft.offering.aliases.push_back({alias, {}, {}});
            } else {
                addAlias(draft.offering, alias);
            }
        }
        const auto fill = [](std::string& mine, const std::string& other) { mine = mine.empty() ? other : mine; };
        fill(draft.name, row.name);
        fill(draft.baseModel, row.baseModel);
        fill(draft.author, row.author);
        fill(draft.family, row.family);
        fill(draft.released, row.released);
        fill(draft.offering.retired, row.retired);
        draft.openWeights = draft.openWeights ? draft.openWeights : row.openWeights;
        draft.reasons = draft.reasons ? draft.reasons : row.reasons;
        draft.maxOutputTokens = draft.maxOutputTokens ? draft.maxOutputTokens : row.maxOutputTokens;
        draft.offering.contextTokens = draft.offering.contextTokens ? draft.offering.contextTokens : row.contextTokens;
        if (!draft.curated) {
            draft.seen.push_back(std::move(seen));
        }
    }

    void addHistory() {
        if (m_input.history.empty()) {
            return;
        }
        const auto before = drafted();
        std::unordered_map<std::string, std::optional<std::size_t>> targets;
        for (const auto& price : m_input.history) {
            if (!price.input || !price.output) {
                continue;
            }
            auto [at, added] =
                targets.emplace(price.catalog + "\n" + price.provider + "\n" + price.model, std::nullopt);
            if (added) {
                at->second = historyTarget(*before, price);
            }
            if (!at->second) {
                continue;
            }
            Draft& draft = m_drafts[*at->second];
            const bool free = price.input->picoPerUnit() == 0 && price.output->picoPerUnit() == 0;
            if (draft.curated || (free && !lowered(price.model).ends_with(":free"))) {
                continue;
            }
            Observation seen;
            seen.date = price.date;
            seen.rank = kHistory;
            RateCard card;
            card.rates = {{Meter::input, *price.input}, {Meter::output, *price.output}};
            if (price.cacheRead) {
                card.rates.push_back({Meter::cacheRead, *price.cacheRead});
            }
            card.evidence = evidence(historyUrl(price.catalog), price.date.toIsoDate().substr(0, 7) + "-01",
                                     Confidence::aggregator, "dated by the list's own history");
            seen.cards.push_back(std::move(card));
            m_historySource[*at->second][price.catalog].push_back(std::move(seen));
        }
        for (auto& [draft, byCatalog] : m_historySource) {
            layerHistory(m_drafts[draft], byCatalog);
        }
    }

    static std::string historyUrl(const std::string& catalog) {
        return catalog == "models.dev"  ? "https://github.com/anomalyco/models.dev"
               : catalog == "tokencost" ? "https://github.com/AgentOps-AI/tokencost"
                                        : "https://github.com/BerriAI/litellm";
    }

    /// One list at a time: the finest one from where it begins, coarser ones before it.
    static void layerHistory(Draft& draft, const std::map<std::string, std::vector<Observation>>& byCatalog) {
        std::optional<Timestamp> begin;
        for (const char* name : {"models.dev", "litellm", "tokencost"}) {
            const auto found = byCatalog.find(name);
            if (found == byCatalog.end()) {
                continue;
            }
            std::optional<Timestamp> earliest;
            for (const auto& seen : found->second) {
                if (!begin || seen.date < *begin) {
                    draft.seen.push_back(seen);
                    earliest = !earliest || seen.date < *earliest ? seen.date : earliest;
                }
            }
            begin = earliest ? earliest : begin;
        }
    }

    std::optional<std::size_t> historyTarget(const Drafted& before, const DatedPrice& price) const {
        std::string seller;
        std::string id = price.model;
        if (!price.provider.empty()) {
            for (const auto& each : m_out.data.providers) {
                if (folded(each.id) == folded(price.provider) || hasAlias(each, price.provider)) {
                    seller = each.id;
                }
            }
            if (seller.empty()) {
                return {};
            }
        } else if (const auto slash = id.find('/'); slash != std::string::npos) {
            const Provider* known = before.index->providerOf(id.substr(0, slash));
            if (known == nullptr) {
                return {};
            }
            seller = known->id;
            id = id.substr(slash + 1);
        }
        const Resolution found = before.index->resolve({id, seller, price.date, {}});
        if (!found.offering) {
            return {};
        }
        const auto at = static_cast<std::size_t>(found.offering->value());
        const auto& offering = m_drafts[at].offering;
        const bool named = found.confidence >= 0.95 && (seller.empty() || offering.provider == seller);
        const bool firstHand =
            seller.empty() && found.confidence >= 0.85 && folded(offering.id) == folded(id) &&
            (offering.provider == "openai" || offering.provider == "anthropic" || offering.provider == "google");
        return named || firstHand ? std::optional<std::size_t>(at) : std::nullopt;
    }

    void assignModels();
    ModelIndex modelFor(const Draft& draft);
    void fillModel(Model& model, const Draft& draft) const;
    void addModelFacts();
    [[nodiscard]] std::string canonicalAuthor(const std::string& author) const;

    void finish() {
        const std::string source = "compiled catalog";
        std::unordered_set<std::string> keys;
        foldSnapshots();
        for (auto& draft : m_drafts) {
            if (draft.folded) {
                continue;
            }
            if (!draft.curated) {
                Timeline timeline = timelineOf(std::move(draft.seen));
                for (const auto& reason : timeline.dropped) {
                    m_out.quarantined.push_back({"history", draft.offering.key(), reason});
                }
                draft.offering.cards = std::move(timeline.cards);
                m_out.disagreements += timeline.disagreed ? 1 : 0;
                m_out.withHistory += timeline.changed ? 1 : 0;
            } else {
                m_out.withHistory += std::any_of(draft.offering.cards.begin(), draft.offering.cards.end(),
                                                 [](const RateCard& card) { return card.from.has_value(); })
                                         ? 1
                                         : 0;
            }
            if (!keys.insert(draft.offering.key()).second) {
                m_out.quarantined.push_back({"merge", draft.offering.key(), "listed twice"});
                continue;
            }
            settleConvention(draft.offering);
            CatalogData alone;
            alone.evidence = m_out.data.evidence;
            alone.offerings.push_back(draft.offering);
            if (const auto checked = checkCatalog(alone, source); !checked) {
                m_out.quarantined.push_back({"merge", draft.offering.key(), checked.error().what});
                continue;
            }
            m_out.priced += draft.offering.cards.empty() ? 0 : 1;
            m_out.data.offerings.push_back(std::move(draft.offering));
        }
        dropUnusedModels();
    }

    /// A dated name that a list sells beside its undated one at the same price, or at a reseller for a little more, is
    /// an alias of it, not an offering of its own.
    void foldSnapshots() {
        std::unordered_map<std::string, std::size_t> byKey;
        for (std::size_t i = 0; i < m_drafts.size(); ++i) {
            byKey.emplace(m_drafts[i].offering.provider + "/" + folded(m_drafts[i].offering.id), i);
        }
        for (auto& draft : m_drafts) {
            if (draft.curated || draft.seen.empty() || draft.seen.front().rank == kGenai) {
                continue;
            }
            for (const auto& cut : versionTails(draft.offering.id)) {
                const auto head =
                    byKey.find(draft.offering.provider + "/" + folded(draft.offering.id.substr(0, cut.at)));
                const auto tail = draft.offering.id.substr(cut.at);
                const auto digits =
                    std::count_if(tail.begin(), tail.end(), [](char c) { return c >= '0' && c <= '9'; });
                // A full date is a snapshot; a short one (-0528) may be another model.
                if (!cut.dateOnly || digits != 8 || head == byKey.end() || m_drafts[head->second].curated) {
                    continue;
                }
                Draft& whole = m_drafts[head->second];
                const bool reseller = !isFirstHandSeller(draft.offering.provider);
                if (samePrice(whole, draft.seen.back()) ||
                    (reseller && priceRatio(whole, draft.seen.back()) < kSameModelRatio)) {
                    addAlias(whole.offering, draft.offering.id);
                    for (const auto& alias : draft.offering.aliases) {
                        addAlias(whole.offering, alias.text);
                    }
                    draft.folded = true;
                    break;
                }
            }
        }
    }

    void settleConvention(Offering& offering) const {
        for (const auto& provider : m_out.data.providers) {
            if (provider.id == offering.provider) {
                offering.convention = provider.convention;
                offering.local = provider.local;
            }
        }
    }

    void dropUnusedModels() {
        auto& data = m_out.data;
        std::vector<bool> used(data.models.size(), false);
        const auto mark = [&](ModelIndex index) { used[static_cast<std::size_t>(index.value())] = true; };
        for (const auto& offering : data.offerings) {
            mark(offering.model);
            for (const auto& period : offering.formerly) {
                mark(period.model);
            }
        }
        std::vector<ModelIndex> moved(data.models.size());
        std::vector<Model> kept;
        for (std::size_t i = 0; i < data.models.size(); ++i) {
            moved[i] = ModelIndex(static_cast<std::int32_t>(kept.size()));
            if (used[i]) {
                kept.push_back(std::move(data.models[i]));
            }
        }
        data.models = std::move(kept);
        for (auto& offering : data.offerings) {
            offering.model = moved[static_cast<std::size_t>(offering.model.value())];
            for (auto& period : offering.formerly) {
                period.model = moved[static_cast<std::size_t>(period.model.value())];
            }
        }
    }

    CompileInput m_input;
    TaskContext& m_context;
    CompileOutput m_out;
    std::vector<Draft> m_drafts;
    std::map<std::size_t, std::map<std::string, std::vector<Observation>>> m_historySource;
    std::unordered_map<std::string, std::size_t> m_modelByKey;
    std::unordered_map<std::string, const SourceOffering*> m_facts;  ///< by model key
};

std::string Compiler::canonicalAuthor(const std::string& author) const {
    const std::string word = lowered(author);
    for (const auto& provider : m_out.data.providers) {
        if (std::find(provider.authors.begin(), provider.authors.end(), word) != provider.authors.end()) {
            return provider.authors.front();
        }
    }
    return word;
}

void Compiler::assignModels() {
    for (std::size_t i = 0; i < m_out.data.models.size(); ++i) {
        m_modelByKey.emplace(modelKey(bareModelName(m_out.data.models[i].id)), i);
        m_modelByKey.emplace(modelKey(m_out.data.models[i].id), i);
    }
    if (m_input.modelFacts) {
        for (const auto& row : m_input.modelFacts->offerings) {
            m_facts.emplace(modelKey(bareModelName(row.id)), &row);
        }
    }
    for (auto& draft : m_drafts) {
        if (!draft.curated) {
            draft.offering.model = modelFor(draft);
        }
    }
    // Curated models take what the lists say where the facts are silent.
    for (const auto& draft : m_drafts) {
        fillModel(m_out.data.models[static_cast<std::size_t>(draft.offering.model.value())], draft);
    }
    addModelFacts();
}

ModelIndex Compiler::modelFor(const Draft& draft) {
    const std::string bare = bareModelName(draft.offering.id);
    const std::string key = modelKey(bare);
    const auto found = m_modelByKey.find(key);
    if (found != m_modelByKey.end()) {
        return ModelIndex(static_cast<std::int32_t>(found->second));
    }
    Model model;
    model.id = bare.empty() ? lowered(draft.offering.id) : bare;
    const auto taken = [&](const std::string& id) {
        return std::any_of(m_out.data.models.begin(), m_out.data.models.end(),
                           [&](const Model& each) { return each.id == id; });
    };
    if (taken(model.id)) {
        model.id = lowered(draft.offering.id);
    }
    if (taken(model.id)) {
        model.id = draft.offering.key();
    }
    m_out.data.models.push_back(model);
    m_modelByKey.emplace(key, m_out.data.models.size() - 1);
    return ModelIndex(static_cast<std::int32_t>(m_out.data.models.size() - 1));
}

void Compiler::fillModel(Model& model, const Draft& draft) const {
    const auto fill = [](std::string& mine, const std::string& other) { mine = mine.empty() ? other : mine; };
    const std::string bare = bareModelName(model.id);
    fill(model.author, authorOfName(bare));
    if (model.author.empty() && !draft.baseModel.empty()) {
        model.author = canonicalAuthor(draft.baseModel.substr(0, draft.baseModel.find('/')));
    }
    if (model.author.empty() && !draft.author.empty()) {
        model.author = canonicalAuthor(draft.author);
    }
    fill(model.family, draft.family);
    fill(model.tokenizerFamily, tokenizerOfName(bare));
    if (model.name.empty() && !draft.name.empty()) {
        const auto colon = draft.name.find(": ");  // "Anthropic: Claude Opus 4.6"
        model.name = colon == std::string::npos ? draft.name : draft.name.substr(colon + 2);
    }
    fill(model.released, draft.released);
    model.openWeights = model.openWeights ? model.openWeights : draft.openWeights;
    model.reasons = model.reasons ? model.reasons : draft.reasons;
    model.maxOutputTokens = model.maxOutputTokens ? model.maxOutputTokens : draft.maxOutputTokens;
    model.contextTokens = model.contextTokens ? model.contextTokens : draft.offering.contextTokens;
}

void Compiler::addModelFacts() {
    std::map<std::string, std::string> origins;
    for (const auto& provider : m_out.data.providers) {
        for (const auto& author : provider.authors) {
            origins.emplace(author, provider.jurisdiction);
        }
    }
    for (auto& model : m_out.data.models) {
        if (const auto row = m_facts.find(modelKey(bareModelName(model.id))); row != m_facts.end()) {
            const SourceOffering& facts = *row->second;
            if (model.author.empty()) {
                model.author = canonicalAuthor(facts.id.substr(0, facts.id.find('/')));
            }
            const auto fill = [](std::string& mine, const std::string& other) { mine = mine.empty() ? other : mine; };
            fill(model.name, facts.name);
            fill(model.released, facts.released);
            fill(model.licence, facts.licence);
            fill(model.family, facts.family);
            model.openWeights = model.openWeights ? model.openWeights : facts.openWeights;
            model.contextTokens =
                facts.contextTokens && !model.contextTokens ? facts.contextTokens : model.contextTokens;
            if (model.scores.empty()) {
                model.scores = facts.scores;
            }
        }
        if (model.origin.empty()) {
            const auto origin = origins.find(model.author);
            model.origin = origin == origins.end() ? std::string() : origin->second;
        }
        if (model.author == "alibaba") {
            model.origin = "CN";  // sold by a Singapore company, made in China
        }
    }
}

}  // namespace

Result<CompileOutput> compileCatalog(CompileInput input, TaskContext& context) {
    return Compiler(std::move(input), context).run();
}

}  // namespace tierwise::catalog
