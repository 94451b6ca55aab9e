// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/name_index.h"

#include <algorithm>

#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

std::string keyOf(std::string_view provider, std::string_view name) {
    std::string key;
    key.reserve(provider.size() + name.size() + 1);
    key += provider;
    key += '\n';
    key += name;
    return key;
}

bool validAt(const Alias* alias, Timestamp at) {
    return alias == nullptr || ((!alias->from || at >= *alias->from) && (!alias->to || at < *alias->to));
}

bool isGlob(std::string_view text) {
    return text.starts_with('*') || text.ends_with('*');
}

// "v3", "4.6", "7b", "128k"
bool isVersionOrSize(std::string_view word) {
    if (word.starts_with('v')) {
        word.remove_prefix(1);
    }
    if (word.ends_with('b') || word.ends_with('k') || word.ends_with('m')) {
        word.remove_suffix(1);
    }
    return word.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

NameIndex::NameIndex(const CatalogData& data) : m_data(data), m_byModel(data.models.size()) {
    for (std::size_t i = 0; i < data.providers.size(); ++i) {
        const auto& provider = data.providers[i];
        m_providers.emplace(provider.id, i);
        m_hints.emplace(folded(provider.id), i);
    }
    for (std::size_t i = 0; i < data.providers.size(); ++i) {
        m_hints.emplace(folded(data.providers[i].name), i);
        for (const auto& alias : data.providers[i].aliases) {
            if (!isGlob(alias)) {
                m_hints.emplace(folded(alias), i);
            }
        }
    }
    for (std::size_t i = 0; i < data.models.size(); ++i) {
        m_models.emplace(data.models[i].id, i);
    }
    m_exact.reserve(data.offerings.size() * 3);
    m_folded.reserve(data.offerings.size() * 5);
    m_bags.reserve(data.offerings.size() * 2);
    for (std::size_t i = 0; i < data.offerings.size(); ++i) {
        add(data.offerings[i], OfferingIndex(static_cast<std::int32_t>(i)));
    }
}

void NameIndex::add(const Offering& offering, OfferingIndex index) {
    m_offerings.emplace(offering.key(), static_cast<std::size_t>(index.value()));
    if (offering.model.value() >= 0) {
        m_byModel[static_cast<std::size_t>(offering.model.value())].push_back(index);
    }
    addName(offering.provider, offering.id, {index, nullptr});
    for (const auto& alias : offering.aliases) {
        if (isGlob(alias.text)) {
            m_globs[offering.provider].push_back({index, &alias});
        } else {
            addName(offering.provider, alias.text, {index, &alias});
        }
    }
}

void NameIndex::addName(std::string_view provider, std::string_view name, Entry entry) {
    const auto put = [&](Entries& entries, std::string key) {
        auto& list = entries[std::move(key)];
        if (std::find(list.begin(), list.end(), entry) == list.end()) {
            list.push_back(entry);
        }
    };
    const std::string fold = folded(name);
    put(m_exact, keyOf(provider, lowered(name)));
    put(m_folded, keyOf(provider, fold));
    if (fold.starts_with("gpt-3-5")) {
        put(m_folded, keyOf(provider, "gpt-35" + fold.substr(7)));  // Azure's names have no dot
    }
    put(m_bags, keyOf(provider, wordBag(fold)));
    put(m_folded, keyOf("", fold));
    if (const auto slash = fold.rfind('/'); slash != std::string::npos) {
        put(m_folded, keyOf("", fold.substr(slash + 1)));
    }
}

const Provider* NameIndex::provider(std::string_view id) const {
    const auto found = m_providers.find(id);
    return found == m_providers.end() ? nullptr : &m_data.providers[found->second];
}

std::optional<ModelIndex> NameIndex::model(std::string_view id) const {
    const auto found = m_models.find(id);
    return found == m_models.end() ? std::nullopt
                                   : std::optional<ModelIndex>(ModelIndex(static_cast<std::int32_t>(found->second)));
}

std::optional<OfferingIndex> NameIndex::offering(std::string_view key) const {
    const auto found = m_offerings.find(std::string(key));
    return found == m_offerings.end()
               ? std::nullopt
               : std::optional<OfferingIndex>(OfferingIndex(static_cast<std::int32_t>(found->second)));
}

const std::vector<OfferingIndex>& NameIndex::offeringsOf(ModelIndex index) const {
    return m_byModel[static_cast<std::size_t>(index.value())];
}

bool NameIndex::isFirstHand(OfferingIndex index) const {
    const auto& offering = m_data.offerings[static_cast<std::size_t>(index.value())];
    const Provider* seller = provider(offering.provider);
    if (seller == nullptr || offering.model.value() < 0) {
        return false;
    }
    const auto& author = m_data.models[static_cast<std::size_t>(offering.model.value())].author;
    return std::find(seller->authors.begin(), seller->authors.end(), author) != seller->authors.end();
}

const Provider* NameIndex::providerNamed(std::string_view word) const {
    const auto found = m_hints.find(folded(trimmed(word)));
    return found == m_hints.end() ? nullptr : &m_data.providers[found->second];
}

const Provider* NameIndex::providerOf(std::string_view hint) const {
    const auto word = trimmed(hint);
    if (word.empty()) {
        return nullptr;
    }
    if (const Provider* named = providerNamed(word)) {
        return named;
    }
    const std::string lower = lowered(word);
    if (lower.find_first_of(".:") != std::string::npos) {
        const Provider* best = nullptr;
        std::size_t longest = 0;  // "dashscope.aliyuncs.com" says more than "dashscope"
        for (const auto& each : m_data.providers) {
            for (const auto& host : each.hosts) {
                if (host.size() > longest && lower.find(host) != std::string::npos) {
                    best = &each;
                    longest = host.size();
                }
            }
        }
        if (best != nullptr) {
            return best;
        }
    }
    for (const auto& each : m_data.providers) {
        for (const auto& alias : each.aliases) {
            if (isGlob(alias) && globMatches(alias, word)) {
                return &each;
            }
        }
    }
    return nullptr;
}

std::optional<OfferingIndex> NameIndex::pick(const std::vector<Entry>& entries, Timestamp at) const {
    std::optional<OfferingIndex> byAlias;
    bool several = false;
    for (const auto& entry : entries) {
        if (entry.alias == nullptr) {
            return entry.offering;  // the offering's own id beats an alias
        }
        if (validAt(entry.alias, at)) {
            several = several || (byAlias && *byAlias != entry.offering);
            byAlias = byAlias ? byAlias : entry.offering;
        }
    }
    return several ? std::nullopt : byAlias;
}

std::optional<NameIndex::Hit> NameIndex::lookUp(std::string_view provider, std::string_view name, Timestamp at) const {
    if (const auto found = m_exact.find(keyOf(provider, lowered(name))); found != m_exact.end()) {
        if (const auto offering = pick(found->second, at)) {
            const bool own = lowered(m_data.offerings[static_cast<std::size_t>(offering->value())].id) == lowered(name);
            return Hit{*offering, own ? 1.0 : 0.98, own ? "exact name" : "alias"};
        }
    }
    if (const auto found = m_folded.find(keyOf(provider, folded(name))); found != m_folded.end()) {
        if (const auto offering = pick(found->second, at)) {
            return Hit{*offering, 0.95, "spelling"};
        }
    }
    return {};
}

std::optional<NameIndex::Hit> NameIndex::lookUpGlob(std::string_view provider, std::string_view name,
                                                    Timestamp at) const {
    const auto found = m_globs.find(std::string(provider));
    if (found == m_globs.end()) {
        return {};
    }
    const std::string subject = lowered(name);
    const Entry* best = nullptr;
    std::size_t bestLength = 0;
    bool whole = false;
    for (const auto& entry : found->second) {
        std::string_view text = entry.alias->text;
        const bool open = text.starts_with('*');
        const bool ends = text.ends_with('*');
        text.remove_prefix(open ? 1 : 0);
        text.remove_suffix(ends ? 1 : 0);
        const std::string literal = lowered(text);
        const auto position = open && !ends
                                  ? (subject.ends_with(literal) ? subject.size() - literal.size() : std::string::npos)
                              : open                         ? subject.find(literal)
                              : subject.starts_with(literal) ? 0
                                                             : std::string::npos;
        if (position == std::string::npos || literal.size() <= bestLength || !validAt(entry.alias, at)) {
            continue;
        }
        // What the literal leaves over must be a wrapper before it and a version tail behind it: "-nano" is another
        // model.
        const std::string head = subject.substr(0, position);
        const std::string tail = subject.substr(position + literal.size());
        const bool headOk = head.empty() || head.ends_with('.') || head.ends_with('/');
        const std::size_t literalEnd = position + literal.size();
        const auto cuts = versionTails(subject);
        const bool tailOk = tail.empty() || std::any_of(cuts.begin(), cuts.end(), [&](const TailCut& cut) {
                                return cut.at <= literalEnd && cut.at > position;
                            });
        if (headOk && tailOk) {
            best = &entry;
            bestLength = literal.size();
            whole = head.empty();
        }
    }
    return best == nullptr
               ? std::nullopt
               : std::optional<Hit>(Hit{best->offering, whole ? kWholeName : 0.88, "pattern " + best->alias->text});
}

std::optional<NameIndex::Hit> NameIndex::lookUpWithTail(std::string_view provider, std::string_view name,
                                                        Timestamp at) const {
    if (auto hit = lookUp(provider, name, at)) {
        return hit;
    }
    if (auto hit = lookUpGlob(provider, name, at)) {
        return hit;
    }
    const auto bagged = [&](std::string_view text) -> std::optional<Hit> {
        const auto found = m_bags.find(keyOf(provider, wordBag(folded(text))));
        if (found == m_bags.end()) {
            return {};
        }
        const auto offering = pick(found->second, at);
        return offering ? std::optional<Hit>(Hit{*offering, 0.8, "word order"}) : std::nullopt;
    };
    if (auto hit = bagged(name)) {
        return hit;
    }
    for (const auto& cut : versionTails(name)) {
        const auto head = name.substr(0, cut.at);
        auto hit = lookUp(provider, head, at);
        if (!hit) {
            hit = bagged(head);
        }
        if (hit) {
            hit->confidence = std::min(hit->confidence, cut.dateOnly ? 0.9 : 0.75);
            hit->rule = (cut.dateOnly ? "dated snapshot: \"" : "variant: \"") + std::string(name.substr(cut.at)) + "\"";
            return hit;
        }
    }
    return {};
}

std::optional<NameIndex::Hit> NameIndex::lookUpAnywhere(std::string_view name, Timestamp at) const {
    const auto search = [&](std::string_view text) -> std::optional<Hit> {
        const auto found = m_folded.find(keyOf("", folded(text)));
        if (found == m_folded.end()) {
            return {};
        }
        std::optional<OfferingIndex> firstHand;
        std::optional<OfferingIndex> only;
        bool byAlias = false;
        bool several = false;
        for (const auto& entry : found->second) {
            if (!validAt(entry.alias, at)) {
                continue;
            }
            if (isFirstHand(entry.offering) && (!firstHand || (byAlias && entry.alias == nullptr))) {
                firstHand = entry.offering;  // an offering's own id beats an alias
                byAlias = entry.alias != nullptr;
            }
            several = several || (only && *only != entry.offering);
            only = only ? only : entry.offering;
        }
        if (firstHand) {
            return Hit{*firstHand, 0.9, "author's own offering"};
        }
        if (only && !several) {
            return Hit{*only, 0.6, "the one provider that lists it"};
        }
        return {};
    };
    if (auto hit = search(name)) {
        return hit;
    }
    for (const auto& each : m_data.providers) {
        if (each.authors.empty() || each.gateway) {
            continue;
        }
        if (auto hit = lookUpWithTail(each.id, name, at); hit && isFirstHand(hit->offering)) {
            hit->confidence = std::min(hit->confidence, 0.85);
            return hit;
        }
    }
    for (const auto& cut : versionTails(name)) {
        if (auto hit = search(name.substr(0, cut.at))) {
            hit->confidence = std::min(hit->confidence, cut.dateOnly ? 0.8 : 0.6);
            return hit;
        }
    }
    return {};
}

std::optional<NameIndex::Hit> NameIndex::inCurrency(const Hit& hit, const std::string& currency) const {
    const auto& found = m_data.offerings[static_cast<std::size_t>(hit.offering.value())];
    if (found.currency == currency) {
        return hit;
    }
    for (const auto candidate : offeringsOf(found.model)) {
        const auto& other = m_data.offerings[static_cast<std::size_t>(candidate.value())];
        if (other.currency == currency && folded(other.id) == folded(found.id)) {
            return Hit{candidate, std::min(hit.confidence, 0.95), hit.rule + ", price list in " + currency};
        }
    }
    return {};
}

std::vector<OfferingIndex> NameIndex::candidates(std::string_view name, std::string_view provider) const {
    const std::string fold = folded(name);
    const auto mine = split(fold, '-');
    std::vector<std::pair<double, OfferingIndex>> scored;
    for (std::size_t i = 0; i < m_data.offerings.size(); ++i) {
        const auto& offering = m_data.offerings[i];
        const std::string otherFold = folded(offering.id);
        std::string_view tail = otherFold;
        if (const auto slash = tail.rfind('/'); slash != std::string_view::npos) {
            tail.remove_prefix(slash + 1);
        }
        const auto others = split(tail, '-');
        const auto inOthers = [&](std::string_view word) {
            return std::find(others.begin(), others.end(), word) != others.end();
        };
        if (!std::any_of(mine.begin(), mine.end(),
                         [&](std::string_view word) { return !isVersionOrSize(word) && inOthers(word); })) {
            continue;  // "v3" or "7b" in common says nothing
        }
        const auto shared = std::count_if(mine.begin(), mine.end(), inOthers);
        const double unionSize = static_cast<double>(mine.size() + others.size()) - static_cast<double>(shared);
        const double score = static_cast<double>(shared) / unionSize + (offering.provider == provider ? 0.2 : 0.0);
        if (score >= 0.45) {
            scored.emplace_back(score, OfferingIndex(static_cast<std::int32_t>(i)));
        }
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<OfferingIndex> best;
    for (std::size_t i = 0; i < std::min<std::size_t>(scored.size(), 8); ++i) {
        best.push_back(scored[i].second);
    }
    return best;
}

}  // namespace tierwise::catalog
