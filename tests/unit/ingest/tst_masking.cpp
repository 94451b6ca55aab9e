// SPDX-License-Identifier: GPL-3.0-or-later
// Masking: what must be found, and what looks like it and must not. Example numbers are the issuers' published ones or
// were worked out by the check rule by hand.
#include "core/ingest/masking.h"
#include "core/ingest/masking_ids.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::ingest;

namespace {

Masker masker(MaskOptions options = {}) {
    if (options.mode == MaskMode::off) {
        options.mode = MaskMode::replace;
    }
    return std::move(*Masker::create(options));
}

std::string masked(const std::string& text) {
    static const Masker kMasker = masker();
    return Masker::replace(text, kMasker.find(text).findings);
}

// A key that no scanner of this repository takes for a real one: put together here.
std::string key(const char* prefix, std::size_t length) {
    static constexpr std::string_view kBytes = "q7Zx2Lm9Kd4Vb8Rt5Wn3Pc6Hf1Jg0SyEuAo";
    std::string text = prefix;
    for (std::size_t i = 0; i < length; ++i) {
        text += kBytes[i % kBytes.size()];
    }
    return text;
}

}  // namespace

class TestMasking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void positives_data();
    void positives();
    void negatives_data();
    void negatives();
    void checkRules();
    void placeholdersAreStable();
    void modes();
    void dataClasses();
    void userHeadersAndClasses();
    void badPattern();
    void hostileBytes();
};

void TestMasking::positives_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* name, const std::string& text, const char* result) {
        QTest::newRow(name) << QString::fromStdString(text) << QString(result);
    };
    row("e-mail", "Write to jane.doe+x@mail.example.com, please.", "Write to [EMAIL_1], please.");
    row("two e-mails", "a@example.org and b@example.org and a@example.org", "[EMAIL_1] and [EMAIL_2] and [EMAIL_1]");
    row("phone +", "Call +49 30 901820 now", "Call [PHONE_1] now");
    row("phone +1", "Call +1 (415) 555-0132.", "Call [PHONE_1].");
    row("phone US", "Call (415) 555-0132.", "Call [PHONE_1].");
    row("phone FR", "Appelez le 06 12 34 56 78.", "Appelez le [PHONE_1].");
    row("phone DE", "Rufen Sie 030/9018200 an", "Rufen Sie [PHONE_1] an");
    row("phone named", "phone: 5550132 99", "phone: [PHONE_1]");
    row("card", "Visa 4111 1111 1111 1111, exp 12/29", "Visa [CARD_1], exp 12/29");
    row("card bare", "pay 5555555555554444 now", "pay [CARD_1] now");
    row("amex", "3782 822463 10005", "[CARD_1]");
    row("iban de", "IBAN DE89 3704 0044 0532 0130 00.", "IBAN [IBAN_1].");
    row("iban gb", "GB82WEST12345698765432", "[IBAN_1]");
    row("ipv4", "from 192.0.2.44 today", "from [IP_1] today");
    row("ipv6", "host 2001:db8::8a2e:370:7334 is up", "host [IP_1] is up");
    row("ssn", "SSN 536-90-4399", "SSN [US_SSN_1]");
    row("de tax id", "IdNr. 86 095 742 719", "IdNr. [DE_TAX_ID_1]");
    row("fr nir", "NIR 2 55 08 14 168 025 38", "NIR [FR_NIR_1]");
    row("es dni", "DNI 12345678Z", "DNI [ES_ID_1]");
    row("es nie", "NIE X1234567L", "NIE [ES_ID_1]");
    row("nl bsn", "BSN: 111222333", "BSN: [NL_BSN_1]");
    row("pl pesel", "PESEL 44051401359", "PESEL [PL_PESEL_1]");
    row("uk nhs", "NHS 943 476 5919", "NHS [UK_NHS_1]");
    row("it cf", "CF RSSMRA85T10A562S", "CF [IT_FISCAL_CODE_1]");
    row("br cpf", "CPF 529.982.247-25", "CPF [BR_CPF_1]");
    row("ch ahv", "AHV 756.9217.0769.85", "AHV [CH_AHV_1]");
    row("openai key", "use " + key("sk-", 40) + " here", "use [SECRET_1] here");
    row("anthropic key", key("sk-ant-", 60), "[SECRET_1]");
    row("github", "git clone with " + key("ghp_", 36), "git clone with [SECRET_1]");
    row("slack", key("xoxb-", 30), "[SECRET_1]");
    row("aws", std::string("id AKIA") + "QWERTYUIOP123456 ok", "id [SECRET_1] ok");
    row("google", key("AIza", 35), "[SECRET_1]");
    row("stripe", key("sk_live_", 24), "[SECRET_1]");
    row("jwt", key("eyJ", 20) + "." + key("eyJ", 30) + "." + key("", 30), "[JWT_1]");
    row("private key", "k:\n-----BEGIN RSA PRIVATE KEY-----\nMIIB\nAAAA\n-----END RSA PRIVATE KEY-----\nend",
        "k:\n[PRIVATE_KEY_1]\nend");
    row("password", "password = \"hunter2!x\"", "password = \"[SECRET_1]\"");
    row("token by name", "export API_TOKEN=" + key("", 32), "export API_TOKEN=[SECRET_1]");
    row("bearer", "Authorization: Bearer " + key("", 40), "Authorization: Bearer [SECRET_1]");
    row("url", "postgres://app:s3cr3tpw@db.internal/x", "postgres://app:[SECRET_1]@db.internal/x");
    row("json", "{\"client_secret\": \"" + key("", 24) + "\"}", "{\"client_secret\": \"[SECRET_1]\"}");
}

void TestMasking::positives() {
    QFETCH(QString, text);
    QFETCH(QString, result);
    QCOMPARE(QString::fromStdString(masked(text.toStdString())), result);
    // Wherever it stands: texts are scanned in blocks.
    for (std::size_t before = 1; before < 70; ++before) {
        const std::string blank(before, '\n');
        const std::string tail(before % 41, ' ');
        QCOMPARE(QString::fromStdString(masked(blank + text.toStdString() + tail)),
                 QString::fromStdString(blank + result.toStdString() + tail));
    }
}

void TestMasking::negatives_data() {
    QTest::addColumn<QString>("text");
    const char* texts[] = {
        "Plain words without anything.",
        "The meeting is at 10:30 on 2026-10-01, room 12.",
        "2026-09-01T08:00:00.123Z and 01.02.2026 12:30",
        "Order BF-12345 costs 1,180.50 EUR for 1234567 units",
        "4111 1111 1111 1112 fails Luhn",
        "0000 0000 0000 0000",
        "IBAN DE89 3704 0044 0532 0130 01 has a wrong check",
        "XX89370400440532013000",
        "000-12-3456 and 666-12-3456 and 912-34-5678 and 123-00-4567",
        "86 095 742 718",
        "12345678A",
        "44051401358",
        "RSSMRA85T10A562T",
        "529.982.247-26",
        "999999999 and 111222333 without its name",
        "version 10.2.3.4 and v1.2.3.4 and 300.1.1.1 and 127.0.0.1",
        "std::vector<a::b> x; ns::c::d",
        "12:30:45:99",
        "user@localhost and @handle and a@b",
        "sk-learn and sk-ipped ghp_short AKIA123",
        "password: required",
        "password = ${DB_PASSWORD}",
        "token: <your-token-here>",
        "api_key = os.environ['KEY']",
        "the secret: patience",
        "max_tokens: 1024, total_tokens=123456789",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "https://example.com/path/to/a/very/long/url/without/any/secret/in/it.html",
        "3.14159265358979323846",
        "[EMAIL_1] and [SECRET_1] are masked already",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "550e8400-e29b-41d4-a716-446655440000",
    };
    for (const char* text : texts) {
        QTest::newRow(text) << QString(text);
    }
}

void TestMasking::negatives() {
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(masked(text.toStdString())), text);
}

void TestMasking::checkRules() {
    QVERIFY(passesLuhn("79927398713"));
    QVERIFY(!passesLuhn("79927398710"));
    QVERIFY(isIban("GB82WEST12345698765432") && isIban("FR1420041010050500013M02606") && isIban("NO9386011117947"));
    QVERIFY(!isIban("GB82WEST1234569876543"));
    QVERIFY(isGermanTaxId("86095742719") && isGermanTaxId("47036892816"));
    QVERIFY(!isGermanTaxId("86095742718") && !isGermanTaxId("8609574271"));
    QVERIFY(isFrenchNir("255081416802538"));
    QVERIFY(!isFrenchNir("255081416802539") && !isFrenchNir("255131416802538"));
    QVERIFY(isSpanishId("Z1234567R"));
    QVERIFY(isDutchBsn("123456782"));
    QVERIFY(!isDutchBsn("123456789"));
    QVERIFY(isBritishNhs("9434765919") && !isBritishNhs("9434765918"));
    QVERIFY(isSwissAhv("7569217076985"));
    QVERIFY(!isSwissAhv("7569217076984"));
    QVERIFY(isIpv6("fe80::1") && isIpv6("2001:db8::1") && isIpv6("1:2:3:4:5:6:7:8"));
    QVERIFY(!isIpv6("a::b") && !isIpv6("::") && !isIpv6("12:30:45"));
}

void TestMasking::placeholdersAreStable() {
    const Masker own = masker();
    Masker::Texts texts;
    texts.prompt = "from a@example.org to b@example.org";
    texts.response = "I wrote to b@example.org, +49 30 901820 and c@example.org";
    own.apply(texts);
    QCOMPARE(*texts.prompt, std::string_view("from [EMAIL_1] to [EMAIL_2]"));
    QCOMPARE(*texts.response, std::string_view("I wrote to [EMAIL_2], [PHONE_1] and [EMAIL_3]"));
    QCOMPARE(texts.dataClass, std::string_view("pii"));
}

void TestMasking::modes() {
    const std::string text = "mail a@example.org";
    for (const MaskMode mode : {MaskMode::off, MaskMode::flag, MaskMode::noText}) {
        MaskOptions options;
        options.mode = mode;
        const auto own = Masker::create(options);
        Masker::Texts texts;
        texts.prompt = text;
        own->apply(texts);
        QCOMPARE(texts.dataClass, std::string_view(mode == MaskMode::off ? "" : "pii"));
        QCOMPARE(texts.prompt.has_value(), mode != MaskMode::noText);
        if (texts.prompt) {
            QCOMPARE(*texts.prompt, std::string_view(text));
        }
    }
}

void TestMasking::dataClasses() {
    const Masker own = masker();
    QCOMPARE(own.find("nothing").dataClass, std::string_view(""));
    QCOMPARE(own.find("a@example.org").dataClass, std::string_view("pii"));
    QCOMPARE(own.find("a@example.org password=abc123!").dataClass, std::string_view("secret"));
    // What the log says stays, unless something graver is found.
    Masker::Texts texts;
    texts.prompt = "nothing";
    texts.dataClass = "confidential";
    own.apply(texts);
    QCOMPARE(texts.dataClass, std::string_view("confidential"));
    texts.prompt = "a@example.org";
    own.apply(texts);
    QCOMPARE(texts.dataClass, std::string_view("pii"));
}

void TestMasking::userHeadersAndClasses() {
    MaskOptions options;
    options.mode = MaskMode::replace;
    options.headerNames = {"X-Internal-Id", "Cookie"};
    options.ownClasses = {{"project[ -]aurora", "confidential"}};
    const auto own = Masker::create(options);
    const std::string text = "GET /\nx-internal-id: 77 ab\nCookie=\"a b c\"\nAccept: */*";
    QCOMPARE(Masker::replace(text, own->find(text).findings),
             std::string("GET /\nx-internal-id: [HEADER_1]\nCookie=\"[HEADER_2]\"\nAccept: */*"));
    QCOMPARE(own->find("About Project Aurora").dataClass, std::string_view("confidential"));
    QCOMPARE(own->find("About Project Borealis").dataClass, std::string_view(""));
    QCOMPARE(own->find("Project Aurora, a@example.org").dataClass, std::string_view("pii"));
}

void TestMasking::badPattern() {
    MaskOptions options;
    options.ownClasses = {{"(open", "x"}};
    const auto own = Masker::create(options);
    QVERIFY(!own);
    QCOMPARE(own.error().code, ErrorCode::invalidArgument);
}

void TestMasking::hostileBytes() {
    const Masker own = masker();
    for (const std::string& text : {std::string(), std::string("@"), std::string("\0\xff\xfe@\x80", 5),
                                    std::string(5000, '1'), std::string(5000, ':'), std::string(5000, '@'),
                                    std::string("-----BEGIN PRIVATE KEY-----"), std::string(3000, '-') + "BEGIN ",
                                    std::string("1.") + std::string(3000, '.'), std::string(200, '+') + "49"}) {
        const auto result = own.find(text);
        std::size_t end = 0;
        for (const auto& finding : result.findings) {
            QVERIFY(finding.begin >= end && finding.end > finding.begin && finding.end <= text.size());
            end = finding.end;
        }
    }
}

QTEST_APPLESS_MAIN(TestMasking)
#include "tst_masking.moc"
