// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/catalog/catalog_data.h"
#include "core/catalog/name_parts.h"

namespace tierwise::catalog {

/// Look-ups over the names of a catalog. Holds a reference to the tables: they must outlive it. Any thread.
class NameIndex {
public:
    explicit NameIndex(const CatalogData& data);

    [[nodiscard]] const Provider* provider(std::string_view id) const;
    [[nodiscard]] std::optional<ModelIndex> model(std::string_view id) const;
    [[nodiscard]] std::optional<OfferingIndex> offering(std::string_view key) const;
    [[nodiscard]] const std::vector<OfferingIndex>& offeringsOf(ModelIndex index) const;
    [[nodiscard]] bool isFirstHand(OfferingIndex index) const;
    [[nodiscard]] Resolution resolve(const NameQuery& query) const;

    /// The provider that a hint means ("google-gla", "aws.bedrock", an URL); null when none.
    [[nodiscard]] const Provider* providerOf(std::string_view hint) const;
    /// Only by its own id, name or a plain alias.
    [[nodiscard]] const Provider* providerNamed(std::string_view word) const;

private:
    struct Entry {
        OfferingIndex offering;
        const Alias* alias = nullptr;  ///< null: the offering's own id
        bool operator==(const Entry&) const = default;
    };
    struct Hit {
        OfferingIndex offering;
        double confidence = 0;
        std::string rule;
        std::string serviceTier{};  ///< said by the name ("-fast"); "" = not said
    };
    /// Confidence of a pattern that leaves no wrapper over, and of all that is surer.
    static constexpr double kWholeName = 0.9;
    using Entries = std::unordered_map<std::string, std::vector<Entry>>;

    void add(const Offering& offering, OfferingIndex index);
    void addName(std::string_view provider, std::string_view name, Entry entry);
    [[nodiscard]] std::optional<Hit> lookUp(std::string_view provider, std::string_view name, Timestamp at) const;
    [[nodiscard]] std::optional<Hit> lookUpWithTail(std::string_view provider, std::string_view name,
                                                    Timestamp at) const;
    [[nodiscard]] std::optional<Hit> lookUpGlob(std::string_view provider, std::string_view name, Timestamp at) const;
    [[nodiscard]] std::optional<Hit> lookUpAnywhere(std::string_view name, Timestamp at) const;
    [[nodiscard]] std::optional<OfferingIndex> pick(const std::vector<Entry>& entries, Timestamp at) const;
    [[nodiscard]] std::optional<Hit> atProvider(std::string_view provider, const NameReading& reading,
                                                Timestamp at) const;
    [[nodiscard]] std::optional<std::pair<Hit, const NameReading*>> behindWrappers(
        std::string_view provider, const std::vector<NameReading>& readings, Timestamp at) const;
    [[nodiscard]] bool sellsFast(OfferingIndex index) const;
    [[nodiscard]] std::optional<Hit> byModel(std::string_view provider, std::string_view name, Timestamp at) const;
    [[nodiscard]] std::optional<Hit> byModelOrVariant(std::string_view provider, std::string_view name,
                                                      Timestamp at) const;
    [[nodiscard]] std::optional<Hit> local(const NameReading& reading, Timestamp at) const;
    [[nodiscard]] std::vector<OfferingIndex> candidates(std::string_view name, std::string_view provider) const;
    [[nodiscard]] std::optional<Hit> inCurrency(const Hit& hit, const std::string& currency) const;

    const CatalogData& m_data;
    std::unordered_map<std::string_view, std::size_t> m_providers;
    std::unordered_map<std::string, std::size_t> m_hints;  ///< folded id, name or alias -> provider
    std::unordered_map<std::string_view, std::size_t> m_models;
    std::unordered_map<std::string, std::size_t> m_offerings;
    std::vector<std::vector<OfferingIndex>> m_byModel;
    Entries m_exact;                                              ///< provider \n lowered name
    Entries m_folded;                                             ///< provider \n folded name; provider "" = any
    Entries m_bags;                                               ///< provider \n word bag
    std::unordered_map<std::string, std::vector<Entry>> m_globs;  ///< by provider
    mutable std::once_flag m_modelsOnce;
    mutable std::unordered_map<std::string, std::vector<OfferingIndex>> m_byBareName;  ///< provider \n model key; lazy
};

}  // namespace tierwise::catalog
