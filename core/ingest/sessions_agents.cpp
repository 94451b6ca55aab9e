// SPDX-License-Identifier: GPL-3.0-or-later
// Session files of coding agents.
#include <deque>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/ingest/mapping_text.h"
#include "core/ingest/sessions.h"

namespace tierwise::ingest {
namespace {

using nlohmann::json;

// Answers whose lines may still come; beyond this the oldest is taken as complete. The store knows later ones by key.
constexpr std::size_t kOpenAnswers = 256;

const json& at(const json& from, std::initializer_list<const char*> path) {
    static const json kNothing;
    const json* value = &from;
    for (const char* key : path) {
        const auto found = value->is_object() ? value->find(key) : value->end();
        if (!value->is_object() || found == value->end()) {
            return kNothing;
        }
        value = &*found;
    }
    return *value;
}

std::string textAt(const json& from, std::initializer_list<const char*> path) {
    const json& value = at(from, path);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t countAt(const json& from, const char* key) {
    const json& value = at(from, {key});
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

// The words of a user's turn; nothing where it only carries tool results.
std::string userText(const json& content) {
    if (content.is_string()) {
        return content.get<std::string>();
    }
    std::string text;
    if (content.is_array()) {
        for (const json& block : content) {
            if (textAt(block, {"type"}) == "text") {
                text += (text.empty() ? "" : "\n") + textAt(block, {"text"});
            }
        }
    }
    return text;
}

class ClaudeCodeAssembler final : public AssemblerBase {
public:
    using AssemblerBase::AssemblerBase;
    void pushCells(std::span<const std::string_view> /*cells*/, const store::SourcePlace& place,
                   RowSink& sink) override {
        rejectKind(place, sink, "JSON records");
    }

    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        json line;
        if (!parse(object, line, place, sink)) {
            return;
        }
        const std::string session = textAt(line, {"sessionId"});
        const json& message = at(line, {"message"});
        if (!at(message, {"usage"}).is_object() || textAt(message, {"model"}) == "<synthetic>") {
            if (textAt(message, {"role"}) == "user") {
                std::string text = userText(at(message, {"content"}));
                if (!text.empty()) {
                    m_prompts[session] = std::move(text);
                }
            }
            sink.notARequest(place);
            return;
        }
        const std::string id = textAt(message, {"id"});
        const std::string key = id.empty() ? std::string() : id + ':' + textAt(line, {"requestId"});
        const auto open = key.empty() ? m_open.end() : m_open.find(key);
        if (open != m_open.end()) {
            merge(open->second.line, line);
            sink.merged(place);
            return;
        }
        if (const auto prompt = m_prompts.find(session); prompt != m_prompts.end()) {
            line["prompt"] = prompt->second;
        }
        if (key.empty()) {
            emit(line, place, sink);
            return;
        }
        m_open.emplace(key, Answer{std::move(line), place});
        m_order.push_back(key);
        if (m_order.size() > kOpenAnswers) {
            flushOldest(sink);
        }
    }

    void finish(RowSink& sink) override {
        while (!m_order.empty()) {
            flushOldest(sink);
        }
        m_prompts.clear();
    }

private:
    struct Answer {
        json line;
        store::SourcePlace place;
    };

    // Lines of one answer repeat its usage; the output count grows while it streams, so the largest is the whole.
    static void merge(json& kept, const json& line) {
        json& message = kept["message"];
        if (countAt(at(line, {"message", "usage"}), "output_tokens") >
            countAt(at(message, {"usage"}), "output_tokens")) {
            message["usage"] = line["message"]["usage"];
        }
        const json& more = at(line, {"message", "content"});
        json& content = message["content"];
        if (!content.is_array() || !more.is_array()) {
            return;
        }
        for (const json& block : more) {
            bool there = false;
            for (const json& known : content) {
                there = there || known == block;
            }
            if (!there) {
                content.push_back(block);
            }
        }
    }

    void emit(json& line, const store::SourcePlace& place, RowSink& sink) {
        for (const char* key : {"uuid", "parentUuid", "userType", "type", "toolUseResult", "parentToolUseID"}) {
            line.erase(key);
        }
        json& message = line["message"];
        for (const char* key : {"type", "role", "stop_sequence"}) {
            message.erase(key);
        }
        deliver(mapJson(line), place, sink);
    }

    void flushOldest(RowSink& sink) {
        auto node = m_open.extract(m_order.front());
        m_order.pop_front();
        emit(node.mapped().line, node.mapped().place, sink);
    }

    std::unordered_map<std::string, Answer> m_open;
    std::deque<std::string> m_order;
    std::unordered_map<std::string, std::string> m_prompts;  ///< last words of the user, by session
};

class CodexAssembler final : public AssemblerBase {
public:
    using AssemblerBase::AssemblerBase;
    void pushCells(std::span<const std::string_view> /*cells*/, const store::SourcePlace& place,
                   RowSink& sink) override {
        rejectKind(place, sink, "JSON records");
    }

    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        json line;
        if (!parse(object, line, place, sink)) {
            return;
        }
        const json& payload = at(line, {"payload"});
        const std::string type = textAt(line, {"type"});
        const std::string kind = textAt(payload, {"type"});
        if (type == "event_msg" && kind == "token_count" && at(payload, {"info"}).is_object()) {
            usage(textAt(line, {"timestamp"}), at(payload, {"info"}), place, sink);
            return;
        }
        remember(type, kind, payload);
        sink.notARequest(place);
    }

    void finish(RowSink& /*sink*/) override {
        m_model.clear();
        m_session.clear();
        m_total = nullptr;
    }

private:
    void remember(const std::string& type, const std::string& kind, const json& payload) {
        if (type == "session_meta") {
            m_session = textAt(payload, {"id"});
            m_cwd = textAt(payload, {"cwd"});
        } else if (type == "turn_context") {
            const std::string model = textAt(payload, {"model"});
            m_model = model.empty() ? m_model : model;
            const std::string cwd = textAt(payload, {"cwd"});
            m_cwd = cwd.empty() ? m_cwd : cwd;
        } else if (kind == "user_message") {
            m_prompt = textAt(payload, {"message"});
        } else if (kind == "agent_message") {
            m_response += (m_response.empty() ? "" : "\n\n") + textAt(payload, {"message"});
        }
    }

    void usage(const std::string& time, const json& info, const store::SourcePlace& place, RowSink& sink) {
        const json& total = at(info, {"total_token_usage"});
        // The same running total again: the event was repeated, nothing was used in between.
        if (total.is_object() && total == m_total) {
            sink.merged(place);
            return;
        }
        json last = at(info, {"last_token_usage"});
        if (!last.is_object()) {
            if (!total.is_object()) {
                sink.notARequest(place);
                return;
            }
            last = json::object();
            for (const auto& [key, value] : total.items()) {
                if (value.is_number_integer()) {
                    last[key] = value.get<std::int64_t>() - (m_total.is_object() ? countAt(m_total, key.c_str()) : 0);
                }
            }
        }
        m_total = total;
        json record = std::move(last);
        record.erase("total_tokens");
        record["time"] = time;
        const std::string model = textAt(info, {"model"});
        const auto put = [&](const char* key, const std::string& value) {
            if (!value.empty()) {
                record[key] = value;
            }
        };
        put("model", model.empty() ? m_model : model);
        put("session", m_session);
        put("cwd", m_cwd);
        put("prompt", m_prompt);
        put("response", m_response);
        if (!m_session.empty() && total.is_object()) {
            record["id"] = fmt::format("{}:{}", m_session, countAt(total, "total_tokens"));
        }
        m_response.clear();
        deliver(mapJson(record), place, sink);
    }

    std::string m_model, m_session, m_cwd, m_prompt, m_response;
    json m_total;
};

}  // namespace

Result<std::unique_ptr<RecordAssembler>> makeAgentAssembler(const Mapping& mapping, RowMapper mapper) {
    if (mapping.assembly == Assembly::claudeCode) {
        return std::make_unique<ClaudeCodeAssembler>(std::move(mapper));
    }
    return std::make_unique<CodexAssembler>(std::move(mapper));
}

}  // namespace tierwise::ingest
