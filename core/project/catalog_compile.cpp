// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/catalog_compile.h"

#include <fstream>
#include <sstream>

#include "core/project/resources.h"

namespace tierwise::project {

namespace {

using namespace tierwise::catalog;

Result<std::string> readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf())) {
        return fail(ErrorCode::io, "cannot read the file", "Check that it exists and is readable", path.string());
    }
    return std::move(bytes).str();
}

std::string dateInName(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    for (std::size_t i = 0; i + 10 <= name.size(); ++i) {
        if (name[i + 4] == '-' && Timestamp::parseIso(name.substr(i, 10))) {
            return name.substr(i, 10);
        }
    }
    return {};
}

using Read = Result<SourceTable> (*)(std::string_view, const std::string&);

Result<std::optional<SourceTable>> readList(const std::filesystem::path& path, Read read) {
    if (path.empty()) {
        return std::optional<SourceTable>();
    }
    const auto bytes = readFile(path);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto table = read(*bytes, path.string());
    if (!table) {
        return fail(table.error());
    }
    table->date = dateInName(path);
    return std::optional<SourceTable>(std::move(*table));
}

}  // namespace

Result<CompileOutput> compileFiles(const CompileFiles& files, TaskContext& context) {
    CompileInput input;
    input.title = files.title;
    input.date = files.date;
    std::filesystem::path factsPath = files.facts;
    if (factsPath.empty()) {
        auto shipped = resourcePath("catalog/facts.json");
        if (!shipped) {
            return fail(shipped.error());
        }
        factsPath = *shipped;
    }
    const auto factsBytes = readFile(factsPath);
    if (!factsBytes) {
        return fail(factsBytes.error());
    }
    auto facts = readCatalogJson(*factsBytes, factsPath.string());
    if (!facts) {
        return fail(facts.error());
    }
    if (auto checked = checkCatalog(*facts, factsPath.string()); !checked) {
        return fail(checked.error());
    }
    input.facts = std::move(*facts);
    struct List {
        const std::filesystem::path& path;
        Read read;
        std::optional<SourceTable>& into;
    };
    for (const auto& list :
         {List{files.genai, readGenaiPrices, input.genai}, List{files.liteLlm, readLiteLlm, input.liteLlm},
          List{files.openRouter, readOpenRouter, input.openRouter},
          List{files.modelsDev, readModelsDev, input.modelsDev},
          List{files.modelsDevFacts, readModelsDevFacts, input.modelFacts}}) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        auto table = readList(list.path, list.read);
        if (!table) {
            return fail(table.error());
        }
        list.into = std::move(*table);
    }
    if (input.genai && input.genai->date.empty() && files.genaiDate) {
        input.genai->date = files.genaiDate->toIsoDate();
    }
    if (!files.history.empty()) {
        const auto bytes = readFile(files.history);
        if (!bytes) {
            return fail(bytes.error());
        }
        auto history = readPriceHistory(*bytes, files.history.string());
        if (!history) {
            return fail(history.error());
        }
        input.history = std::move(*history);
    }
    return compileCatalog(std::move(input), context);
}

Result<void> writeCatalogFile(const CatalogData& data, const std::filesystem::path& path) {
    const std::string text = writeCatalogJson(data);
    std::filesystem::path beside = path;
    beside += ".new";
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        file << text;
        file.flush();
        if (!file) {
            std::error_code ignored;
            std::filesystem::remove(beside, ignored);
            return fail(ErrorCode::io, "cannot write the catalog", "Check the folder's rights and the free space",
                        path.string());
        }
    }
    std::error_code failed;
    std::filesystem::rename(beside, path, failed);
    if (failed) {
        return fail(ErrorCode::io, "cannot put the catalog in its place: " + failed.message(), {}, path.string());
    }
    return {};
}

}  // namespace tierwise::project
