// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Internal to core/catalog: the grammar of logged model names, without knowledge of any catalog.

namespace tierwise::catalog {

/// One way to read a logged name: some wrappers taken off, what they said kept.
struct NameReading {
    std::string name;         ///< what is left of the name
    std::string provider;     ///< provider word of the wrapper ("aws" for an ARN); "" = not said
    std::string author;       ///< author word of the wrapper ("anthropic"); "" = not said
    std::string region;       ///< "us", "eu", "us-west-2", "global" ...
    std::string serviceTier;  ///< "batch", "flex", "priority"
    std::string currency;     ///< "CNY", where the name says so
    std::string seller;       ///< a host or a remark that may name who sells it ("my.openai.azure.com", "Azure")
    std::string note;         ///< wrapper that was taken off, for people
    bool opaque = false;      ///< the wrapper hides the model (an application inference profile)
};

/// Takes off what is syntax alone: ARNs, resource paths, URLs, "[1m]", "(CNY account)", " batch".
[[nodiscard]] NameReading unwrapName(std::string_view logged);

/// "us.anthropic.claude" -> region "us", rest "anthropic.claude". Nothing when there is no such prefix.
struct PrefixPeel {
    std::string prefix;
    std::string rest;
};
[[nodiscard]] std::optional<PrefixPeel> peelRegion(std::string_view name);
/// "eu-west-1/anthropic.claude" or "global-standard/gpt-4o" -> region, rest: a region as a folder.
[[nodiscard]] std::optional<PrefixPeel> peelRegionFolder(std::string_view name);
/// Either of them.
[[nodiscard]] std::optional<PrefixPeel> peelAnyRegion(std::string_view name);
/// "anthropic.claude-3" -> "anthropic", "claude-3": the dotted vendor of Bedrock names.
[[nodiscard]] std::optional<PrefixPeel> peelVendor(std::string_view name);

/// Places where a version tail begins ("-20250514", "@default", "-v1:0", "-preview-05-20", "-high"), the shortest tail
/// first; name.substr(0, cut) is the head. Empty when the name has no such tail.
struct TailCut {
    std::size_t at = 0;
    bool dateOnly = false;  ///< the tail is one full date or a version number, nothing else
};
[[nodiscard]] std::vector<TailCut> versionTails(std::string_view name);

/// "titan-embed-text-v2:0" and "titan-embed-text-v1" are two models: do both names say a version, and another one?
[[nodiscard]] bool versionsDiffer(std::string_view a, std::string_view b);

/// Takes a quantization or file suffix off a local name ("-Q4_K_M.gguf", ":q8_0"); nothing when there is none.
[[nodiscard]] std::optional<std::string> withoutQuantization(std::string_view name);
/// Takes what changes neither size nor shape off a tag of a local runner: "mistral:7b-instruct-v0.3" and
/// "phi3:mini-128k" run as "mistral:7b" and "phi3:mini" do. Nothing where the tag says more.
[[nodiscard]] std::optional<std::string> withoutInstruct(std::string_view name);
/// Does the name look like a tag of a local runner ("deepseek-r1:14b", "x.gguf")?
[[nodiscard]] bool looksLocal(std::string_view name);

/// "ft:gpt-4o-2024-08-06:org::id" -> "gpt-4o-2024-08-06"; nothing when it is no fine-tune.
[[nodiscard]] std::optional<std::string> fineTuneBase(std::string_view name);

/// ":free", ":nitro" ...: the part after the last colon, where it is such a variant.
[[nodiscard]] std::optional<PrefixPeel> peelVariant(std::string_view name);  // prefix = head, rest = variant

}  // namespace tierwise::catalog
