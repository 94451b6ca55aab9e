// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "core/report/focus.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::report;

namespace {

// Splits a CSV line whose quoted fields hold no line breaks.
QStringList split(const std::string& line) {
    QStringList fields{QString()};
    bool quoted = false;
    const QString text = QString::fromStdString(line).trimmed();
    for (int i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('"')) {
            if (quoted && i + 1 < text.size() && text[i + 1] == c) {
                fields.last() += c;
                ++i;
            } else {
                quoted = !quoted;
            }
        } else if (c == QLatin1Char(',') && !quoted) {
            fields << QString();
        } else {
            fields.last() += c;
        }
    }
    return fields;
}

}  // namespace

class TestFocus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasEveryMandatoryColumnOfFocus12() {
        const QStringList header = split(focusHeader());
        for (const char* name :
             {"BilledCost",         "EffectiveCost",   "ListCost",           "ContractedCost",    "BillingAccountId",
              "BillingAccountName", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd",  "ChargePeriodStart",
              "ChargePeriodEnd",    "ChargeCategory",  "ChargeClass",        "ChargeDescription", "InvoiceIssuerName",
              "PricingQuantity",    "PricingUnit",     "ProviderName",       "PublisherName",     "ServiceCategory",
              "ServiceName"}) {
            QVERIFY2(header.contains(QLatin1String(name)), name);
        }
        bool own = false;
        for (const QString& name : header) {
            own = own || name.startsWith(QLatin1String("x_"));
            QCOMPARE(name.startsWith(QLatin1String("x_")), own);  // custom columns come last
        }
    }

    void aRowIsExactAndMarkedSimulated() {
        FocusLine line;
        line.day = *Timestamp::parseIso("2026-12-31T15:00:00Z");
        line.provider = "openai";
        line.model = "openai/o3";
        line.serviceTier = "standard";
        line.team = "=cmd";
        line.meter = "Output Tokens";
        line.quantity = 1234567;
        line.listRate = *Rate::parsePerMillion("8");
        line.contractedRate = *Rate::parsePerMillion("7.2");
        const QStringList header = split(focusHeader());
        const QStringList row = split(focusRow(line));
        QCOMPARE(row.size(), header.size());
        const auto at = [&](const char* name) { return row[header.indexOf(QLatin1String(name))]; };
        QCOMPARE(at("ListCost"), QStringLiteral("9.876536"));        // 1.234567 x 8
        QCOMPARE(at("EffectiveCost"), QStringLiteral("8.8888824"));  // 1.234567 x 7.2
        QCOMPARE(at("PricingQuantity"), QStringLiteral("1.234567"));
        QCOMPARE(at("BilledCost"), QStringLiteral("0"));
        QCOMPARE(at("x_Simulated"), QStringLiteral("true"));
        QCOMPARE(at("x_FocusVersion"), QStringLiteral("1.2"));
        QCOMPARE(at("BillingPeriodStart"), QStringLiteral("2026-12-01T00:00:00Z"));
        QCOMPARE(at("BillingPeriodEnd"), QStringLiteral("2027-01-01T00:00:00Z"));
        QCOMPARE(at("ChargePeriodStart"), QStringLiteral("2026-12-31T00:00:00Z"));
        QCOMPARE(at("ChargePeriodEnd"), QStringLiteral("2027-01-01T00:00:00Z"));
        QCOMPARE(at("SubAccountName"), QStringLiteral("'=cmd"));
    }
};

QTEST_APPLESS_MAIN(TestFocus)
#include "tst_focus.moc"
