// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "core/catalog/card_reader.h"
#include "core/catalog/catalog_data.h"

namespace tierwise::catalog {

namespace {

constexpr std::int64_t kFormatVersion = 1;

class Reader {
public:
    Reader(std::string_view json, const std::string& source) : m_cursor(json, source) {}

    CatalogData read(simdjson::ondemand::document& document) {
        bool isOurs = false;
        JsonObject root;
        if (document.get_object().get(root) != simdjson::SUCCESS) {
            m_cursor.failAt(1, "not a catalog: the file must hold one JSON object");
        }
        for (auto field : root) {
            const std::string_view key = field.unescaped_key();
            JsonValue value = field.value();
            if (key == "format") {
                isOurs = m_cursor.text(value, "format") == "tierwise-catalog";
            } else if (key == "version") {
                static_cast<void>(m_cursor.integer(value, "version", kFormatVersion, kFormatVersion));
            } else {
                readTable(key, value);
            }
        }
        const char* rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS) {
            m_cursor.failAt(1, "something follows the end of the catalog");
        }
        if (!isOurs) {
            m_cursor.failAt(1, "not a catalog: \"format\" is not \"tierwise-catalog\"",
                            "Compile foreign price lists with: tierwise-cli catalog compile");
        }
        linkModels();
        return std::move(m_data);
    }

private:
    void readTable(std::string_view key, JsonValue value) {
        if (key == "title") {
            m_data.title = m_cursor.text(value, "title");
        } else if (key == "date") {
            m_data.date = m_cursor.date(value, "date");
        } else if (key == "evidence") {
            each(value, "evidence", [&](JsonObject item) { m_data.evidence.push_back(evidence(item)); });
        } else if (key == "providers") {
            each(value, "providers", [&](JsonObject item) { m_data.providers.push_back(provider(item)); });
        } else if (key == "models") {
            each(value, "models", [&](JsonObject item) { m_data.models.push_back(model(item)); });
        } else if (key == "offerings") {
            each(value, "offerings", [&](JsonObject item) { m_data.offerings.push_back(offering(item)); });
        } else if (key == "tiers") {
            each(value, "tiers", [&](JsonObject item) { m_data.tiers.rules.push_back(tierRule(item)); });
        } else if (key == "rules") {
            each(value, "rules", [&](JsonObject item) { m_data.rules.push_back(priceRule(item)); });
        }
    }

    template <typename Take>
    void each(JsonValue value, std::string_view what, Take take) {
        for (auto element : m_cursor.array(value, what)) {
            JsonValue item = element.value();
            m_line = m_cursor.lineOf(item);
            take(m_cursor.object(item, what));
        }
    }

    Evidence evidence(JsonObject object) {
        Evidence found;
        forFields(object, [&](std::string_view key, JsonValue value) {
            if (key == "url") {
                found.url = m_cursor.text(value, "url");
            } else if (key == "checked") {
                found.dateChecked = m_cursor.date(value, "checked").toIsoDate();
            } else if (key == "note") {
                found.note = m_cursor.text(value, "note");
            } else if (key == "confidence") {
                const std::string word = m_cursor.text(value, "confidence");
                if (word == "official") {
                    found.confidence = Confidence::official;
                } else if (word == "user") {
                    found.confidence = Confidence::user;
                } else if (word != "aggregator") {
                    m_cursor.failAt(value, fmt::format("confidence \"{}\" is not known", word),
                                    "Use official, aggregator or user");
                }
            }
        });
        return found;
    }

    std::vector<std::string> texts(JsonValue value, std::string_view what) {
        std::vector<std::string> found;
        for (auto element : m_cursor.array(value, what)) {
            found.push_back(m_cursor.text(element.value(), what));
        }
        return found;
    }

    UsageConvention convention(JsonValue value, UsageConvention found) {
        forFields(m_cursor.object(value, "convention"), [&](std::string_view key, JsonValue flag) {
            if (key == "cacheInsideInput") {
                found.cacheInsideInput = m_cursor.boolean(flag, key);
            } else if (key == "reasoningInsideOutput") {
                found.reasoningInsideOutput = m_cursor.boolean(flag, key);
            }
        });
        return found;
    }

    Provider provider(JsonObject object) {
        Provider found;
        forFields(object, [&](std::string_view key, JsonValue value) {
            if (key == "id") {
                found.id = m_cursor.text(value, "provider id");
            } else if (key == "name") {
                found.name = m_cursor.text(value, "name");
            } else if (key == "jurisdiction") {
                found.jurisdiction = m_cursor.text(value, "jurisdiction");
            } else if (key == "aliases") {
                found.aliases = texts(value, "aliases");
            } else if (key == "hosts") {
                found.hosts = texts(value, "hosts");
            } else if (key == "authors") {
                found.authors = texts(value, "authors");
            } else if (key == "listPriceOf") {
                found.listPriceOf = texts(value, "listPriceOf");
            } else if (key == "convention") {
                found.convention = convention(value, {});
            } else if (key == "gateway") {
                found.gateway = m_cursor.boolean(value, "gateway");
            } else if (key == "local") {
                found.local = m_cursor.boolean(value, "local");
            }
        });
        if (found.id.empty()) {
            m_cursor.failAt(m_line, "a provider has no id");
        }
        if (!m_providers.emplace(found.id, m_data.providers.size()).second) {
            m_cursor.failAt(m_line, fmt::format("provider {} is listed twice", found.id), "Remove one of them");
        }
        return found;
    }

    Range range(JsonValue value, std::string_view what) {
        Range found;
        forFields(m_cursor.object(value, what), [&](std::string_view key, JsonValue item) {
            const double number = m_cursor.number(item, what, 0, 1e6);
            (key == "low" ? found.low : key == "mid" ? found.mid : found.high) = number;
        });
        if (found.low > found.mid || found.mid > found.high) {
            m_cursor.failAt(m_line, fmt::format("{}: low, mid and high are out of order", what));
        }
        return found;
    }

    KvShape kvShape(JsonValue value) {
        KvShape found;
        forFields(m_cursor.object(value, "kv"), [&](std::string_view key, JsonValue item) {
            const auto number = static_cast<std::int32_t>(m_cursor.integer(item, key, 0, 1'000'000));
            if (key == "attentionLayers") {
                found.attentionLayers = number;
            } else if (key == "kvHeads") {
                found.kvHeads = number;
            } else if (key == "headSize") {
                found.headSize = number;
            } else if (key == "latentSize") {
                found.latentSize = number;
            }
        });
        return found;
    }

    CapabilityScore score(JsonObject object) {
        CapabilityScore found;
        forFields(object, [&](std::string_view key, JsonValue value) {
            if (key == "benchmark") {
                found.benchmark = m_cursor.text(value, "benchmark");
            } else if (key == "value") {
                found.value = m_cursor.number(value, "value", -1e9, 1e9);
            } else if (key == "source") {
                found.source = m_cursor.text(value, "source");
            } else if (key == "date") {
                found.date = m_cursor.text(value, "date");
            }
        });
        return found;
    }

    bool modelText(Model& found, std::string_view key, JsonValue value) {
        std::string* field = key == "id"          ? &found.id
                             : key == "name"      ? &found.name
                             : key == "author"    ? &found.author
                             : key == "origin"    ? &found.origin
                             : key == "family"    ? &found.family
                             : key == "licence"   ? &found.licence
                             : key == "tokenizer" ? &found.tokenizerFamily
                             : key == "released"  ? &found.released
                                                  : nullptr;
        if (field != nullptr) {
            *field = m_cursor.text(value, key);
        }
        return field != nullptr;
    }

    Model model(JsonObject object) {
        Model found;
        forFields(object, [&](std::string_view key, JsonValue value) {
            if (modelText(found, key, value)) {
                return;
            }
            if (key == "openWeights") {
                found.openWeights = m_cursor.boolean(value, key);
            } else if (key == "reasons") {
                found.reasons = m_cursor.boolean(value, key);
            } else if (key == "context") {
                found.contextTokens = m_cursor.integer(value, key, 1, kMostTokens);
            } else if (key == "maxOutput") {
                found.maxOutputTokens = m_cursor.integer(value, key, 1, kMostTokens);
            } else if (key == "parametersB") {
                found.totalParametersB = m_cursor.number(value, key, 0, 1e6);
            } else if (key == "activeB") {
                found.activeParametersB = m_cursor.number(value, key, 0, 1e6);
            } else if (key == "kv") {
                found.kv = kvShape(value);
            } else if (key == "reasoningEasy") {
                found.reasoningMultiplierEasy = range(value, key);
            } else if (key == "reasoningHard") {
                found.reasoningMultiplierHard = range(value, key);
            } else if (key == "scores") {
                for (auto element : m_cursor.array(value, "scores")) {
                    found.scores.push_back(score(m_cursor.object(element.value(), "score")));
                }
            } else if (key == "evidence") {
                for (auto element : m_cursor.array(value, "evidence")) {
                    found.factEvidence.push_back(readEvidenceIndex(m_cursor, element.value()));
                }
            }
        });
        if (found.id.empty()) {
            m_cursor.failAt(m_line, "a model has no id");
        }
        m_modelLines.push_back(m_line);
        if (!m_models.emplace(found.id, m_data.models.size()).second) {
            m_cursor.failAt(m_line, fmt::format("model {} is listed twice", found.id));
        }
        return found;
    }

    Offering offering(JsonObject object);
    TierRule tierRule(JsonObject object);
    PriceRule priceRule(JsonObject object);

    [[nodiscard]] ModelIndex modelNamed(const std::string& name, const Offering& offering) const {
        const auto found = m_models.find(name);
        if (found == m_models.end()) {
            m_cursor.failAt(offering.line, fmt::format("offering {} names the model \"{}\", which is not listed",
                                                       offering.key(), name));
        }
        return ModelIndex(static_cast<std::int32_t>(found->second));
    }

    void linkModels() {
        for (std::size_t i = 0; i < m_data.models.size(); ++i) {
            for (const auto index : m_data.models[i].factEvidence) {
                if (static_cast<std::size_t>(index) >= m_data.evidence.size()) {
                    m_cursor.failAt(m_modelLines[i], fmt::format("model {} names evidence {}, which is not listed",
                                                                 m_data.models[i].id, index));
                }
            }
        }
        for (std::size_t i = 0; i < m_data.offerings.size(); ++i) {
            auto& offering = m_data.offerings[i];
            offering.model = modelNamed(m_modelNames[i], offering);
            if (const auto names = m_periodNames.find(i); names != m_periodNames.end()) {
                for (std::size_t k = 0; k < offering.formerly.size(); ++k) {
                    offering.formerly[k].model = modelNamed(names->second[k], offering);
                }
            }
        }
    }

    JsonCursor m_cursor;
    CatalogData m_data;
    std::int64_t m_line = 1;
    std::unordered_map<std::string, std::size_t> m_models;
    std::vector<std::int64_t> m_modelLines;
    std::unordered_map<std::string, std::size_t> m_providers;
    std::vector<std::string> m_modelNames;
    std::unordered_map<std::size_t, std::vector<std::string>> m_periodNames;
};

Offering Reader::offering(JsonObject object) {
    Offering found;
    found.line = m_line;
    std::string modelName;
    std::optional<UsageConvention> own;
    forFields(object, [&](std::string_view key, JsonValue value) {
        if (key == "provider") {
            found.provider = m_cursor.text(value, key);
            if (const auto it = m_providers.find(found.provider); it != m_providers.end()) {
                found.convention = m_data.providers[it->second].convention;
                found.local = m_data.providers[it->second].local;
            } else {
                m_cursor.failAt(value, fmt::format("provider \"{}\" is not listed", found.provider),
                                "List providers before offerings");
            }
        } else if (key == "id") {
            found.id = m_cursor.text(value, key);
        } else if (key == "model") {
            modelName = m_cursor.text(value, key);
        } else if (key == "formerly") {
            for (auto element : m_cursor.array(value, key)) {
                ModelPeriod period;
                std::string name;
                forFields(m_cursor.object(element.value(), key), [&](std::string_view part, JsonValue item) {
                    if (part == "model") {
                        name = m_cursor.text(item, part);
                    } else if (part == "from") {
                        period.from = m_cursor.date(item, part);
                    } else if (part == "to") {
                        period.to = m_cursor.date(item, part);
                    }
                });
                found.formerly.push_back(period);
                m_periodNames[m_data.offerings.size()].push_back(name);
            }
        } else if (key == "currency") {
            found.currency = m_cursor.text(value, key);
            if (found.currency.size() != 3 || !std::all_of(found.currency.begin(), found.currency.end(),
                                                           [](char c) { return c >= 'A' && c <= 'Z'; })) {
                m_cursor.failAt(value, fmt::format("\"{}\" is not a currency", found.currency),
                                "Write its code, like USD or CNY");
            }
        } else if (key == "aliases") {
            found.aliases = readAliases(m_cursor, value);
        } else if (key == "convention") {
            own = convention(value, found.convention);
        } else if (key == "context") {
            found.contextTokens = m_cursor.integer(value, key, 1, kMostTokens);
        } else if (key == "retired") {
            found.retired = m_cursor.date(value, key).toIsoDate();
        } else if (key == "cards") {
            for (auto element : m_cursor.array(value, "cards")) {
                found.cards.push_back(readCard(m_cursor, element.value()));
            }
        } else {
            m_cursor.failAt(value, fmt::format("\"{}\" is not a part of an offering", key),
                            "See resources/catalog/catalog.schema.json");
        }
    });
    if (found.provider.empty() || found.id.empty()) {
        m_cursor.failAt(found.line, "an offering needs provider and id");
    }
    if (own) {
        found.convention = *own;
    }
    m_modelNames.push_back(modelName);
    return found;
}

TierRule Reader::tierRule(JsonObject object) {
    TierRule found;
    const auto rate = [&](JsonValue value, std::string_view key) {
        const std::int64_t line = m_cursor.lineOf(value);
        const auto parsed = Rate::parsePerMillion(m_cursor.text(value, key));
        if (!parsed) {
            m_cursor.failAt(line, fmt::format("{}: {}", key, parsed.error().what));
        }
        return *parsed;
    };
    forFields(object, [&](std::string_view key, JsonValue value) {
        if (key == "tier") {
            const std::string word = m_cursor.text(value, key);
            found.tier = word == "premium"     ? Tier::premium
                         : word == "commodity" ? Tier::commodity
                         : word == "local"     ? Tier::local
                                               : Tier::unbanded;
            if (found.tier == Tier::unbanded && word != "unbanded") {
                m_cursor.failAt(value, fmt::format("tier \"{}\" is not known", word),
                                "Use premium, commodity, local or unbanded");
            }
        } else if (key == "model") {
            found.model = m_cursor.text(value, key);
        } else if (key == "outputAtLeast") {
            found.outputAtLeast = rate(value, key);
        } else if (key == "outputBelow") {
            found.outputBelow = rate(value, key);
        } else if (key == "local") {
            found.local = m_cursor.boolean(value, key);
        } else if (key == "reasons") {
            found.reasons = m_cursor.boolean(value, key);
        } else if (key == "why") {
            found.why = m_cursor.text(value, key);
        }
    });
    return found;
}

PriceRule Reader::priceRule(JsonObject object) {
    PriceRule found;
    const std::int64_t line = m_line;
    forFields(object, [&](std::string_view key, JsonValue value) {
        if (key == "provider") {
            found.provider = m_cursor.text(value, key);
        } else if (key == "models") {
            found.models = texts(value, key);
        } else if (key == "except") {
            found.except = texts(value, key);
        } else if (key == "tier") {
            found.factor.serviceTier = m_cursor.text(value, key);
        } else if (key == "region") {
            found.factor.region = m_cursor.text(value, key);
        } else if (key == "factor") {
            found.factor.millionths = parseFactor(m_cursor.text(value, key)).value_or(0);
        } else if (key == "from") {
            found.from = m_cursor.date(value, key);
        } else if (key == "meters") {
            for (const auto& name : texts(value, key)) {
                const auto meter = meterOf(name);
                if (!meter) {
                    m_cursor.failAt(line, fmt::format("\"{}\" is not a meter", name));
                }
                found.meters.push_back(*meter);
            }
        } else if (key == "evidence") {
            found.evidence = readEvidenceIndex(m_cursor, value);
        } else {
            m_cursor.failAt(value, fmt::format("\"{}\" is not a part of a price rule", key),
                            "See resources/catalog/catalog.schema.json");
        }
    });
    if (found.provider.empty() || found.models.empty() || found.factor.millionths == 0 || found.evidence < 0 ||
        (found.factor.serviceTier.empty() && found.factor.region.empty())) {
        m_cursor.failAt(line, "a price rule needs provider, models, tier or region, evidence, and a factor above 0",
                        "Write the factor as text, like \"0.5\"");
    }
    return found;
}

/// Runs read on the parsed document; every failure becomes an Error with its line.
template <typename T, typename Read>
Result<T> guarded(std::string_view json, const std::string& source, Read read) {
    const simdjson::padded_string padded(json);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    try {
        document = parser.iterate(padded);
        return read(std::string_view(padded), document);
    } catch (const JsonFailure& failure) {
        return fail(failure.error);
    } catch (const simdjson::simdjson_error& error) {
        const char* where = nullptr;
        std::optional<std::int64_t> line = lineOfCut(json);
        if (!line && document.is_alive() && document.current_location().get(where) == simdjson::SUCCESS &&
            where != nullptr) {
            JsonCursor cursor{std::string_view(padded), source};
            line = cursor.lineAt(where);
        }
        return fail(ErrorCode::badFormat, fmt::format("not valid JSON: {}", wordsOf(error)),
                    "Restore the file, or compile it again", source, line.value_or(1));
    }
}

}  // namespace

Result<TierRules> readTierRules(std::string_view json, const std::string& source) {
    return guarded<TierRules>(json, source, [&](std::string_view text, simdjson::ondemand::document& document) {
        Reader reader(text, source);
        return Result<TierRules>(reader.read(document).tiers);
    });
}

Result<CatalogData> readCatalogJson(std::string_view json, const std::string& source) {
    return guarded<CatalogData>(json, source, [&](std::string_view text, simdjson::ondemand::document& document) {
        Reader reader(text, source);
        return Result<CatalogData>(reader.read(document));
    });
}

}  // namespace tierwise::catalog
