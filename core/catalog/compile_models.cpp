// SPDX-License-Identifier: GPL-3.0-or-later
// Every offering gets the author's model it sells, and models what the lists know of them.
#include <algorithm>
#include <unordered_map>

#include "core/catalog/compile_state.h"
#include "core/catalog/model_naming.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

/// Strings and optionals that are not known yet take what another list says.
template <typename T>
void fill(T& mine, const T& other) {
    if (mine == T{}) {
        mine = other;
    }
}

class ModelMaker {
public:
    explicit ModelMaker(CompileState& state) : m_state(state), m_data(state.out.data) {}
    void run();

private:
    ModelIndex modelFor(const Draft& draft);
    void fillModel(Model& model, const Draft& draft) const;
    void addModelFacts();
    [[nodiscard]] std::string canonicalAuthor(const std::string& author) const;

    CompileState& m_state;
    CatalogData& m_data;
    std::unordered_map<std::string, std::size_t> m_modelByKey;
    std::unordered_map<std::string, const SourceOffering*> m_facts;  ///< by model key
};

std::string ModelMaker::canonicalAuthor(const std::string& author) const {
    std::string word = lowered(author);
    for (const auto& provider : m_data.providers) {
        if (std::find(provider.authors.begin(), provider.authors.end(), word) != provider.authors.end()) {
            return provider.authors.front();
        }
    }
    return word;
}

void ModelMaker::run() {
    for (std::size_t i = 0; i < m_data.models.size(); ++i) {
        m_modelByKey.emplace(modelKey(bareModelName(m_data.models[i].id)), i);
        m_modelByKey.emplace(modelKey(m_data.models[i].id), i);
    }
    if (m_state.input.modelFacts) {
        for (const auto& row : m_state.input.modelFacts->offerings) {
            m_facts.emplace(modelKey(bareModelName(row.id)), &row);
        }
    }
    for (auto& draft : m_state.drafts) {
        if (!draft.curated) {
            draft.offering.model = modelFor(draft);
        }
    }
    // Curated models take what the lists say where the facts are silent.
    for (const auto& draft : m_state.drafts) {
        fillModel(m_data.models[static_cast<std::size_t>(draft.offering.model.value())], draft);
    }
    addModelFacts();
}

ModelIndex ModelMaker::modelFor(const Draft& draft) {
    const std::string bare = bareModelName(draft.offering.id);
    const std::string key = modelKey(bare);
    const auto found = m_modelByKey.find(key);
    if (found != m_modelByKey.end()) {
        return ModelIndex(static_cast<std::int32_t>(found->second));
    }
    Model model;
    model.id = bare.empty() ? lowered(draft.offering.id) : bare;
    const auto taken = [&](const std::string& id) {
        return std::any_of(m_data.models.begin(), m_data.models.end(),
                           [&](const Model& each) { return each.id == id; });
    };
    if (taken(model.id)) {
        model.id = lowered(draft.offering.id);
    }
    if (taken(model.id)) {
        model.id = draft.offering.key();
    }
    m_data.models.push_back(model);
    m_modelByKey.emplace(key, m_data.models.size() - 1);
    return ModelIndex(static_cast<std::int32_t>(m_data.models.size() - 1));
}

void ModelMaker::fillModel(Model& model, const Draft& draft) const {
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
    fill(model.openWeights, draft.openWeights);
    fill(model.reasons, draft.reasons);
    fill(model.maxOutputTokens, draft.maxOutputTokens);
    fill(model.contextTokens, draft.offering.contextTokens);
}

void ModelMaker::addModelFacts() {
    std::map<std::string, std::string> origins;
    for (const auto& provider : m_data.providers) {
        for (const auto& author : provider.authors) {
            origins.emplace(author, provider.jurisdiction);
        }
    }
    for (auto& model : m_data.models) {
        if (const auto row = m_facts.find(modelKey(bareModelName(model.id))); row != m_facts.end()) {
            const SourceOffering& facts = *row->second;
            if (model.author.empty()) {
                model.author = canonicalAuthor(facts.id.substr(0, facts.id.find('/')));
            }
            fill(model.name, facts.name);
            fill(model.released, facts.released);
            fill(model.licence, facts.licence);
            fill(model.family, facts.family);
            fill(model.openWeights, facts.openWeights);
            fill(model.contextTokens, facts.contextTokens);
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

void assignModels(CompileState& state) {
    ModelMaker(state).run();
}

void dropUnusedModels(CatalogData& data) {
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

}  // namespace tierwise::catalog
