// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalog.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/catalog/catalog_data.h"
#include "core/catalog/name_index.h"

namespace tierwise::catalog {

namespace {

/// FNV-1a, 64 bits: names a file's content; not a defence against forgery.
std::string contentHash(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : bytes) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    }
    return fmt::format("{:016x}", hash);
}

Result<std::string> readWhole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf())) {
        return fail(ErrorCode::io, "cannot read the catalog", "Check that the file exists and is readable",
                    path.string());
    }
    return std::move(bytes).str();
}

}  // namespace

std::string_view confidenceName(Confidence confidence) {
    switch (confidence) {
        case Confidence::official:
            return "official";
        case Confidence::user:
            return "user";
        case Confidence::aggregator:
            break;
    }
    return "aggregator";
}

std::optional<Rate> RateCard::rate(Meter meter) const {
    for (const auto& each : rates) {
        if (each.meter == meter) {
            return each.rate;
        }
    }
    return {};
}

ModelIndex Offering::modelAt(std::optional<Timestamp> at) const {
    for (const auto& period : formerly) {
        if (at && (!period.from || *at >= *period.from) && (!period.to || *at < *period.to)) {
            return period.model;
        }
    }
    return model;
}

Catalog::Catalog() : m_data(std::make_shared<CatalogData>()), m_names(std::make_shared<NameIndex>(*m_data)) {}

Result<Catalog> Catalog::parse(std::string_view json, const std::string& source) {
    auto data = readCatalogJson(json, source);
    if (!data) {
        return fail(data.error());
    }
    data->hash = contentHash(json);
    return fromData(std::move(*data), source);
}

Result<Catalog> Catalog::load(const std::filesystem::path& path) {
    const auto bytes = readWhole(path);
    if (!bytes) {
        return fail(bytes.error());
    }
    return parse(*bytes, path.string());
}

Result<Catalog> Catalog::fromData(CatalogData data, const std::string& source) {
    if (auto checked = checkCatalog(data, source); !checked) {
        return fail(checked.error());
    }
    if (data.hash.empty()) {
        data.hash = contentHash(writeCatalogJson(data));
    }
    Catalog catalog;
    catalog.m_data = std::make_shared<const CatalogData>(std::move(data));
    catalog.m_names = std::make_shared<const NameIndex>(*catalog.m_data);
    catalog.setTierRules(catalog.m_data->tiers);
    return catalog;
}

std::span<const Model> Catalog::models() const {
    return m_data->models;
}
std::span<const Offering> Catalog::offerings() const {
    return m_data->offerings;
}
std::span<const Provider> Catalog::providers() const {
    return m_data->providers;
}
std::span<const Evidence> Catalog::evidence() const {
    return m_data->evidence;
}
const Model& Catalog::model(ModelIndex index) const {
    return m_data->models[static_cast<std::size_t>(index.value())];
}
const Offering& Catalog::offering(OfferingIndex index) const {
    return m_data->offerings[static_cast<std::size_t>(index.value())];
}
std::string_view Catalog::title() const {
    return m_data->title;
}
Timestamp Catalog::date() const {
    return m_data->date;
}
std::string_view Catalog::hash() const {
    return m_data->hash;
}

const Provider* Catalog::provider(std::string_view id) const {
    return m_names->provider(id);
}
std::optional<ModelIndex> Catalog::findModel(std::string_view id) const {
    return m_names->model(id);
}
std::optional<OfferingIndex> Catalog::findOffering(std::string_view key) const {
    return m_names->offering(key);
}
std::vector<OfferingIndex> Catalog::offeringsOf(ModelIndex index) const {
    const auto found = m_names->offeringsOf(index);
    return {found.begin(), found.end()};
}

std::optional<OfferingIndex> Catalog::mainOffering(ModelIndex index) const {
    std::optional<OfferingIndex> priced;
    for (const auto candidate : m_names->offeringsOf(index)) {
        if (m_names->isFirstHand(candidate)) {
            return candidate;
        }
        if (!priced && !offering(candidate).cards.empty()) {
            priced = candidate;
        }
    }
    return priced;
}

Resolution Catalog::resolve(const NameQuery& query) const {
    return m_names->resolve(query);
}

}  // namespace tierwise::catalog
