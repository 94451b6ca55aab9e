// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>
#include <zstd.h>

#include "core/ingest/reader/json_flatten.h"
#include "tests/unit/ingest/reader_support.h"

using tierwise::ingest::Container;
using tierwise::ingest::Format;
using tierwise::ingest::ReadOptions;
using tierwise::ingest::Repair;
using tierwise::test::readText;
using tierwise::test::Rows;

namespace {

std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(compressBound(text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstded(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

}  // namespace

class TestJsonReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsLines() {
        const auto read = readText("{\"a\":1}\n\n{\"a\":2}\r\n[3]\n{\"a\":\n{\"a\":5}");
        QCOMPARE(read.info.dialect.format, Format::jsonLines);
        QCOMPARE(read.rows, (Rows{{"{\"a\":1}"}, {"{\"a\":2}"}, {"{\"a\":5}"}}));
        QCOMPARE(read.records[1].line, 3);
        QCOMPARE(read.records[1].byteOffset, 9);
        QCOMPARE(read.rejects.size(), 2U);
        QCOMPARE(read.rejects[1].line, 5);
        QCOMPARE(read.rejects[1].raw, std::string("{\"a\":\n"));
    }

    void readsArrays() {
        const auto read = readText("[\n {\"a\": \"]}\\\"\"},\n {\"b\": [1, {}]} , 7,\n {}\n]\n");
        QCOMPARE(read.info.dialect.format, Format::jsonArray);
        QCOMPARE(read.rows, (Rows{{"{\"a\": \"]}\\\"\"}"}, {"{\"b\": [1, {}]}"}, {"{}"}}));
        QCOMPARE(read.rejects.size(), 1U);
        QCOMPARE(read.records[1].line, 3);
        QCOMPARE(read.records[2].line, 4);
    }

    void readsWrappedArrays() {
        const auto read =
            readText("{\"object\": \"page\", \"n\": {\"data\": 1},\n \"data\": [{\"a\": 1}, {\"a\": 2}], \"x\": 1}");
        QCOMPARE(read.info.dialect.recordPath, std::string("data"));
        QCOMPARE(read.rows, (Rows{{"{\"a\": 1}"}, {"{\"a\": 2}"}}));
    }

    void readsSequences() {
        const auto read = readText("{\n \"a\": 1\n}\n{\n \"a\": 2\n}{\"a\": 3}");
        QCOMPARE(read.info.dialect.format, Format::jsonSequence);
        QCOMPARE(read.rows.size(), 3U);
        QCOMPARE(read.rows[2][0], std::string("{\"a\": 3}"));
        QCOMPARE(read.records[2].line, 6);
    }

    void aBrokenElementDoesNotSwallowTheRest() {
        const auto read = readText("[\n{\"a\": 1},\n{\"a\": \"2},\n{\"a\": 3},\n{\"a\": 4}\n]");
        QCOMPARE(read.rows.size() + read.rejects.size(), 4U);
        QCOMPARE(read.rows.front()[0], std::string("{\"a\": 1}"));
        QCOMPARE(read.rows.back()[0], std::string("{\"a\": 4}"));
    }

    void remarksBetweenRecordsAreRejectsAndNoMore() {
        const auto read = readText("# my log\n{\"a\":1}\n\n// noon\n{\"a\":2}\n--- rotated ---\n{\"a\":3}\n");
        QCOMPARE(read.info.dialect.format, Format::jsonLines);
        QCOMPARE(read.rows, (Rows{{"{\"a\":1}"}, {"{\"a\":2}"}, {"{\"a\":3}"}}));
        QCOMPARE(read.rejects.size(), 3U);
        QCOMPARE(read.rejects[0].line, 1);
        QCOMPARE(read.rejects[1].line, 4);
        QCOMPARE(read.rejects[2].raw, std::string("--- rotated ---\n"));
        QVERIFY(!read.rejects[2].reason.empty() && !read.rejects[2].fixHint.empty());
        QCOMPARE(read.repairs[Repair::blankLine], 1);
    }

    void loggersWordsBeforeARecordAreKept() {
        const auto read = readText(
            "2025-01-01 10:00:00 INFO usage {\"a\": \"}\"}\n[10:00:01] INFO {}\n10:00:01 WARN slow\n"
            "10:00:02 \"quoted\" INFO {\"a\":{\"b\":2}} \r\n");
        QCOMPARE(read.info.dialect.format, Format::jsonLines);
        QCOMPARE(read.rows, (Rows{{"{\"line_prefix\": \"2025-01-01 10:00:00 INFO usage\", \"a\": \"}\"}"},
                                  {"{\"line_prefix\": \"[10:00:01] INFO\"}"},
                                  {"{\"line_prefix\": \"10:00:02 \\\"quoted\\\" INFO\", \"a\":{\"b\":2}}"}}));
        QCOMPARE(read.repairs[Repair::linePrefix], 3);
        QCOMPARE(read.rejects.size(), 1U);
        QCOMPARE(read.rejects[0].line, 3);
        // Tables and texts that end with an object are what they were.
        QCOMPARE(readText("time,tokens,extra\n10:00,5,{}\n10:01,6,{}\n10:02,7,{}\n").info.columns.size(), 3U);
        QCOMPARE(readText("prompt\nSay this: {\"a\": 1}\nSay that: {\"a\": 2}\n").info.dialect.format,
                 Format::delimited);
    }

    void readsWhatPythonPrints() {
        const auto read = readText(
            "{'model': 'gpt-4', 'n': None, 'ok': True, 'no': False, 'x': -1.5e-05, 'q': \"it's\", 'l': [1, 'a', ()]}\n"
            "{'say': 'a \"b\"\\n\\x41\\u00e9\\\\', 1: b'x', 'in': {}, 'inf': -inf, 'two': 'a' 'b',}\n"
            "{'d': Decimal('1.50'), 't': datetime.datetime(2025, 3, 1, 10, 0, 5, tzinfo=datetime.timezone.utc), "
            "'f': Foo(a=')', b=1)}\n"
            "{'broken': }\n{'open': 'x}\n{'ok': 1}\n");
        QCOMPARE(read.info.dialect.format, Format::jsonLines);
        QCOMPARE(read.rows.size(), 6U);  // what is broken inside is rejected by who looks inside
        QCOMPARE(read.rows[4][0], std::string("{'open': 'x}"));
        QCOMPARE(read.rows[0][0], std::string("{\"model\": \"gpt-4\", \"n\": null, \"ok\": true, \"no\": false, \"x\": "
                                              "-1.5e-05, \"q\": \"it's\", \"l\": [1, \"a\", []]}"));
        QCOMPARE(read.rows[1][0],
                 std::string("{\"say\": \"a \\\"b\\\"\\u000aA\xC3\xA9\\\\\", \"1\": \"x\", \"in\": {}, \"inf\": null, "
                             "\"two\": \"ab\"}"));
        QCOMPARE(read.rows[2][0], std::string("{\"d\": 1.50, \"t\": \"2025-03-01T10:00:05.000000Z\", \"f\": "
                                              "\"Foo(a=')', b=1)\"}"));
        QCOMPARE(read.repairs[Repair::pythonValue], 4);
        QVERIFY(readText("[{'a': 1}, {'a': 2}]\n").error.find("json.dumps") != std::string::npos);
        QVERIFY(readText("{'a': 1,\n 'b': 2}\n").error.find("Python") != std::string::npos);
        QCOMPARE(readText("{'a': 1}").rows, (Rows{{"{\"a\": 1}"}}));
        std::string deep = "{'a': ";
        deep += std::string(100000, '[');
        QCOMPARE(readText("{'a': 1}\n" + deep + "}\n{'a': 2}\n").repairs[Repair::pythonValue], 2);
    }

    void longArraysStream() {
        std::string text = "[";
        for (int i = 0; i < 20000; ++i) {
            text += (i > 0 ? ",\n" : "\n") + std::string("{\"i\": ") + std::to_string(i) + "}";
        }
        ReadOptions options;
        options.chunkBytes = 4096;
        const auto read = readText(text + "\n]\n", options);
        QCOMPARE(read.rows.size(), 20000U);
        QCOMPARE(read.records.back().line, 20001);
        options.startOffset = read.records[100].byteOffset;
        options.startLine = read.records[100].line;
        const auto rest = readText(text + "\n]\n", options);
        QCOMPARE(rest.rows.size(), 19900U);
        QCOMPARE(rest.records.back().line, 20001);
    }

    void readsPackedFiles() {
        const std::string first = "a,b\n1,2\n";
        const std::string second = "3,4\n";
        const auto gzip = readText(gzipped(first) + gzipped(second));
        QCOMPARE(gzip.info.container, Container::gzip);
        QCOMPARE(gzip.rows, (Rows{{"1", "2"}, {"3", "4"}}));
        QCOMPARE(gzip.records[1].byteOffset, 8);
        const auto zstd = readText(zstded(first) + zstded(second));
        QCOMPARE(zstd.info.container, Container::zstd);
        QCOMPARE(zstd.rows, gzip.rows);
        QCOMPARE(readText(zstded("{\"a\":1}\n{\"a\":2}\n")).rows.size(), 2U);
    }

    void aCutOffPackedFileSaysSo() {
        std::string text = "a,b\n";
        for (int i = 0; i < 5000; ++i) {
            text += std::to_string(i * 7919) + ",x\n";
        }
        const std::string packed = gzipped(text);
        const auto read = readText(packed.substr(0, packed.size() / 2));
        QVERIFY(read.error.find("ends early") != std::string::npos);
        QVERIFY(read.rows.size() > 1000);
    }

    void whatFollowsThePackedDataIsNotDroppedInSilence() {
        const std::string packed = gzipped("a,b\n1,2\n");
        QCOMPARE(readText(packed + std::string(512, '\0')).error, std::string());
        const auto read = readText(packed + "more");
        QVERIFY2(read.error.find("follows the gzip data") != std::string::npos, read.error.c_str());
        QCOMPARE(read.rows.size(), 1U);
    }

    void filesThatAreNoTextSayWhatTheyAre() {
        QVERIFY(readText(gzipped(zstded("a,b\n1,2\n"))).error.find("packed twice") != std::string::npos);
        QVERIFY(readText(std::string("PK\3\4\x14\0\6\0", 8) + std::string(300, '\1')).error.find("zip archive") !=
                std::string::npos);
        QVERIFY(readText(std::string("SQLite format 3\0", 16) + std::string(300, '\1')).error.find("SQLite") !=
                std::string::npos);
        QVERIFY(readText("PAR1\x15\4\x15 and more").error.find("Parquet") != std::string::npos);
        std::string tar(1024, '\0');
        tar.replace(0, 7, "log.csv");
        tar.replace(100, 8, "0000644");
        tar[107] = '\0';
        tar.replace(257, 5, "ustar");
        QVERIFY(readText(gzipped(tar)).error.find("tar archive") != std::string::npos);
        const auto isRefused = [](const std::string& bytes, const char* what) {
            const auto read = readText(bytes);
            return read.rows.empty() && read.rejects.empty() && read.error.find(what) != std::string::npos;
        };
        QVERIFY(isRefused(std::string("PK\3\4\x14\0\6\0", 8) + std::string(30, '\1') + "xl/workbook.xml", "workbook"));
        QVERIFY(isRefused("\x7F" + std::string("ELF\2\1\1") + std::string(64, '\0'), "program"));
        QVERIFY(isRefused("\x89PNG\r\n\x1A\n" + std::string(64, '\0'), "picture"));
        QVERIFY(isRefused("\xFF\xD8\xFF\xE0" + std::string(64, '\0'), "picture"));
        std::string noise;
        for (std::uint32_t i = 0, x = 1; i < 4096; ++i) {
            x = x * 1664525U + 1013904223U;
            noise += static_cast<char>(x >> 24U);
        }
        QVERIFY(isRefused(noise, "not a text file"));
        QVERIFY(isRefused(gzipped(noise), "not a text file"));
        ReadOptions insisted;
        insisted.encoding = "ISO-8859-1";
        QVERIFY(readText(noise, insisted).error.empty());
        // Text that begins alike is text; so is one with letters of its own time and padding.
        QCOMPARE(readText("MZ,GIF,RIFF\n1,2,3\n").rows, (Rows{{"1", "2", "3"}}));
        QCOMPARE(readText(std::string("a,b\ncaf\xE9,\0\0\0\n\x1B[1mbold,\x7\n", 24)).rows.size(), 2U);
        QCOMPARE(readText("PK,PAR1\nPAR1,BZh\n").rows, (Rows{{"PAR1", "BZh"}}));
        QCOMPARE(readText("PAR1,x\n1,2\n").rows, (Rows{{"1", "2"}}));
    }

    void flattens() {
        tierwise::ingest::JsonFlattener flattener;
        const auto leaves = flattener.flatten(
            "{\"m\":{\"usage\":{\"input_tokens\":3,\"x\":null},\"t\":\"a\\nb\"},\"l\":[1,2],\"e\":{}}");
        QVERIFY(leaves.has_value());
        QCOMPARE(leaves->size(), 5U);
        QCOMPARE((*leaves)[0].path, std::string_view("m.usage.input_tokens"));
        QCOMPARE((*leaves)[0].text, std::string_view("3"));
        QCOMPARE((*leaves)[2].text, std::string_view("a\nb"));
        QCOMPARE((*leaves)[3].text, std::string_view("[1,2]"));
        QVERIFY(!flattener.flatten("{\"a\":").has_value());
    }
};

QTEST_APPLESS_MAIN(TestJsonReader)
#include "tst_json_reader.moc"
