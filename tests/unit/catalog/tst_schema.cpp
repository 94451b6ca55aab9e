// SPDX-License-Identifier: GPL-3.0-or-later
// resources/catalog/catalog.schema.json against what ships, and against files it must refuse. The validator below
// knows exactly the words the schema uses and fails on any other, so that no rule goes unchecked.
#include <QtTest>

#include <fstream>
#include <regex>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/catalog/catalog.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"

using nlohmann::json;
using tierwise::test::quoted;

namespace {

json loaded(const char* name) {
    std::ifstream file(tierwise::test::sourcePath(std::string("resources/catalog/") + name));
    return json::parse(file);
}

class Validator {
public:
    explicit Validator(const json& schema) : m_root(schema) {}

    /// "" or the first fault, with its place.
    std::string check(const json& value) {
        m_fault.clear();
        check(m_root, value, "");
        return m_fault;
    }

private:
    void fault(const std::string& place, const std::string& what) {
        m_fault = m_fault.empty() ? place + ": " + what : m_fault;
    }

    static bool isOfType(const std::string& type, const json& value) {
        return type == "object"    ? value.is_object()
               : type == "array"   ? value.is_array()
               : type == "string"  ? value.is_string()
               : type == "boolean" ? value.is_boolean()
               : type == "integer" ? value.is_number_integer()
               : type == "number"  ? value.is_number()
                                   : false;
    }

    const std::regex& pattern(const std::string& text) {
        return m_patterns.try_emplace(text, text, std::regex::ECMAScript | std::regex::optimize).first->second;
    }

    void check(const json& schema, const json& value, const std::string& place) {
        for (const auto& [word, rule] : schema.items()) {
            if (!m_fault.empty()) {
                return;
            }
            if (word == "$ref") {
                check(m_root.at(json::json_pointer(rule.get<std::string>().substr(1))), value, place);
            } else if (word == "type" && !isOfType(rule, value)) {
                fault(place, "is no " + rule.get<std::string>());
            } else if (word == "const" && value != rule) {
                fault(place, "is not " + rule.dump());
            } else if (word == "enum" && std::find(rule.begin(), rule.end(), value) == rule.end()) {
                fault(place, value.dump() + " is none of " + rule.dump());
            } else if (word == "minimum" && value.is_number() && value < rule) {
                fault(place, "is too small");
            } else if (word == "maximum" && value.is_number() && value > rule) {
                fault(place, "is too large");
            } else if (word == "minLength" && value.is_string() && value.get<std::string>().size() < rule) {
                fault(place, "is too short");
            } else if (word == "pattern" && value.is_string() &&
                       !std::regex_search(value.get<std::string>(), pattern(rule))) {
                fault(place, value.dump() + " is not like " + rule.get<std::string>());
            } else if (word == "items" && value.is_array()) {
                for (std::size_t i = 0; i < value.size(); ++i) {
                    check(rule, value[i], fmt::format("{}/{}", place, i));
                }
            } else if (word == "required" && value.is_object()) {
                for (const auto& key : rule) {
                    if (!value.contains(key.get<std::string>())) {
                        fault(place, "lacks " + key.dump());
                    }
                }
            } else if (word == "oneOf") {
                oneOf(rule, value, place);
            } else if (word == "properties" && value.is_object()) {
                for (const auto& [key, inner] : rule.items()) {
                    if (value.contains(key)) {
                        check(inner, value[key], place + "/" + key);
                    }
                }
            } else if (word == "patternProperties" && value.is_object()) {
                forMatching(rule, value, place);
            } else if (word == "additionalProperties" && value.is_object()) {
                checkNoOthers(schema, value, place);
            } else if (!knows(word)) {
                fault(place, "the schema uses \"" + word + "\", which this test does not know");
            }
        }
    }

    static bool knows(const std::string& word) {
        static const std::set<std::string> kWords = {"$schema",
                                                     "$defs",
                                                     "$ref",
                                                     "$comment",
                                                     "title",
                                                     "description",
                                                     "type",
                                                     "const",
                                                     "enum",
                                                     "minimum",
                                                     "maximum",
                                                     "pattern",
                                                     "items",
                                                     "required",
                                                     "properties",
                                                     "oneOf",
                                                     "minLength",
                                                     "patternProperties",
                                                     "additionalProperties"};
        return kWords.contains(word);
    }

    void oneOf(const json& choices, const json& value, const std::string& place) {
        int fitting = 0;
        for (const auto& choice : choices) {
            check(choice, value, place);
            fitting += m_fault.empty() ? 1 : 0;
            m_fault.clear();
        }
        if (fitting != 1) {
            fault(place, fmt::format("fits {} of the choices", fitting));
        }
    }

    void forMatching(const json& rules, const json& value, const std::string& place) {
        for (const auto& [text, inner] : rules.items()) {
            for (const auto& [key, item] : value.items()) {
                if (std::regex_search(key, pattern(text))) {
                    check(inner, item, place + "/" + key);
                }
            }
        }
    }

    void checkNoOthers(const json& schema, const json& value, const std::string& place) {
        if (schema["additionalProperties"] != json(false)) {
            fault(place, "the schema's additionalProperties is not false");
        }
        for (const auto& [key, item] : value.items()) {
            bool known = schema.contains("properties") && schema["properties"].contains(key);
            if (schema.contains("patternProperties")) {
                for (const auto& [text, inner] : schema["patternProperties"].items()) {
                    known = known || std::regex_search(key, pattern(text));
                }
            }
            if (!known) {
                fault(place, "\"" + key + "\" does not belong there");
            }
        }
    }

    const json& m_root;
    std::map<std::string, std::regex> m_patterns;
    std::string m_fault;
};

}  // namespace

class TestSchema : public QObject {
    Q_OBJECT

private slots:
    void whatShipsIsValid_data() {
        QTest::addColumn<QByteArray>("file");
        for (const char* name : {"catalog.json", "facts.json", "snapshot-2026-03-23.json", "tiers.json"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void whatShipsIsValid() {
        QFETCH(QByteArray, file);
        const json schema = loaded("catalog.schema.json");
        const std::string fault = Validator(schema).check(loaded(file.constData()));
        QVERIFY2(fault.empty(), fault.c_str());
    }

    /// What the schema refuses our reader refuses too, and what the writer writes the schema takes.
    void faultsAreRefused_data() {
        QTest::addColumn<QByteArray>("offering");
        QTest::addColumn<QByteArray>("place");
        const auto row = [](const char* name, const char* offering, const char* place) {
            QTest::newRow(name) << QByteArray(offering) << QByteArray(place);
        };
        row("good", "#id#:#m#,#model#:#m#,#cards#:[{#rates#:{#input#:#2#},#evidence#:0}]", "");
        row("a number for a rate", "#id#:#m#,#model#:#m#,#cards#:[{#rates#:{#input#:2},#evidence#:0}]",
            "/offerings/0/cards/0/rates/input");
        row("seven decimals", "#id#:#m#,#model#:#m#,#cards#:[{#rates#:{#input#:#0.1234567#},#evidence#:0}]",
            "/offerings/0/cards/0/rates/input");
        row("a negative rate", "#id#:#m#,#model#:#m#,#cards#:[{#rates#:{#input#:#-2#},#evidence#:0}]",
            "/offerings/0/cards/0/rates/input");
        row("an unknown meter", "#id#:#m#,#model#:#m#,#cards#:[{#rates#:{#inptu#:#2#},#evidence#:0}]",
            "/offerings/0/cards/0/rates");
        row("an unknown condition",
            "#id#:#m#,#model#:#m#,#cards#:[{#when#:{#teir#:#batch#},#rates#:{#input#:#2#},#evidence#:0}]",
            "/offerings/0/cards/0/when");
        row("a misspelt date",
            "#id#:#m#,#model#:#m#,#cards#:[{#form#:#2026-01-01#,#rates#:{#input#:#2#},#evidence#:0}]",
            "/offerings/0/cards/0");
        row("a day that is none",
            "#id#:#m#,#model#:#m#,#cards#:[{#when#:{#window#:{#hours#:[#09:00-12:00#],#days#:[8]}},#rates#:{#input#:#2#"
            "},"
            "#evidence#:0}]",
            "/offerings/0/cards/0/when/window/days/0");
        row("no id", "#model#:#m#,#cards#:[]", "/offerings/0");
        row("a text for a context", "#id#:#m#,#model#:#m#,#context#:#big#,#cards#:[]", "/offerings/0/context");
    }
    void faultsAreRefused() {
        QFETCH(QByteArray, offering);
        QFETCH(QByteArray, place);
        const std::string text =
            quoted(
                "{#format#:#tierwise-catalog#,#version#:1,#date#:#2026-01-01#,#evidence#:[{#url#:#u#,#confidence#:"
                "#user#}],#providers#:[{#id#:#lab#}],#models#:[{#id#:#m#}],\n#offerings#:[{#provider#:#lab#,") +
            quoted(offering.toStdString()) + "}]}";
        const json schema = loaded("catalog.schema.json");
        const std::string fault = Validator(schema).check(json::parse(text));
        QCOMPARE(QString::fromStdString(fault.substr(0, fault.find(": "))), QString::fromLatin1(place));
        const auto read = tierwise::catalog::Catalog::parse(text, "test.json");
        QCOMPARE(read.has_value(), place.isEmpty());
        if (!read) {
            QCOMPARE(read.error().line.value_or(0), std::int64_t{2});
        }
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
