// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hardware.h"

#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::catalog;

namespace {

HardwareTable shipped() {
    const auto table = HardwareTable::load(tierwise::test::sourcePath("resources/catalog/hardware.json"));
    if (!table) {
        qFatal("%s", table.error().describe().c_str());
    }
    return *table;
}

// Names in the measurements' file.
const std::map<std::string, std::string> kNames = {{"2080", "rtx-2080"},
                                                   {"3070", "rtx-3070"},
                                                   {"3080", "rtx-3080"},
                                                   {"3080Ti", "rtx-3080-ti"},
                                                   {"3090", "rtx-3090"},
                                                   {"4070Ti", "rtx-4070-ti"},
                                                   {"4080", "rtx-4080"},
                                                   {"4090", "rtx-4090"},
                                                   {"5070", "rtx-5070"},
                                                   {"5090", "rtx-5090"},
                                                   {"RTX4000Ada", "rtx-4000-ada"},
                                                   {"RTX5000Ada", "rtx-5000-ada"},
                                                   {"6000Ada", "rtx-6000-ada"},
                                                   {"A6000", "rtx-a6000"},
                                                   {"A40", "a40"},
                                                   {"L40S", "l40s"},
                                                   {"A100PCIe", "a100-pcie-80"},
                                                   {"A100SXM", "a100-sxm-80"},
                                                   {"H100PCIe", "h100-pcie"},
                                                   {"7900XT", "rx-7900-xt"}};

Model fourteenBillion() {
    Model model;
    model.id = "m-14b";
    model.totalParametersB = 14.8;
    model.activeParametersB = 14.8;
    model.kv = KvShape{40, 8, 128, 0};
    return model;
}

}  // namespace

class TestHardware : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The worked figures of the domain note.
    void kvCache() {
        QCOMPARE(kvBytesPerToken({36, 8, 128, 0}, 2), qint64{144 * 1024});  // Qwen3-8B
        QCOMPARE(kvBytesPerToken({32, 8, 128, 0}, 2), qint64{128 * 1024});  // Llama-3.1-8B
        QCOMPARE(kvBytesPerToken({61, 0, 0, 512 + 64}, 2), qint64{70272});  // DeepSeek-V3: 61 x 576 x 2
        QCOMPARE(kvBytesPerToken({12, 2, 256, 0}, 2), qint64{24 * 1024});   // hybrid: 12 attention layers of 48
        QCOMPARE(kvBytesPerToken({36, 8, 128, 0}, 1), qint64{72 * 1024});
    }

    void weights() {
        QCOMPARE(weightBytes(8, 16), 16e9);
        QCOMPARE(weightBytes(70, 4), 35e9);
    }

    void speedsAgreeWithTheMeasurements_data() {
        QTest::addColumn<QByteArray>("memory");
        QTest::addColumn<int>("points");
        QTest::addColumn<double>("error");
        QTest::newRow("GDDR") << QByteArray("gddr") << 37 << 0.066;
        QTest::newRow("HBM") << QByteArray("hbm") << 9 << 0.056;
        QTest::newRow("AMD") << QByteArray("gddr-amd") << 4 << 0.013;
    }
    void speedsAgreeWithTheMeasurements() {
        TIERWISE_NEEDS_SHARED_DATA();
        QFETCH(QByteArray, memory);
        QFETCH(int, points);
        QFETCH(double, error);
        const auto table = shipped();
        std::ifstream file(tierwise::test::sharedData() / "pricing/local/roofline_points.json");
        double sum = 0;
        int found = 0;
        for (const auto& point : nlohmann::json::parse(file)) {
            const auto name = kNames.find(point.at("gpu"));
            const Gpu* gpu = name != kNames.end() ? table.gpu(name->second) : nullptr;
            if (gpu == nullptr || gpu->memory != memory.toStdString()) {
                continue;
            }
            QCOMPARE(gpu->bandwidthGbps, point.at("bw_gbps").get<double>());
            const double seconds =
                decodeSeconds(point.at("weights_gb").get<double>() * 1e9, *gpu, *table.fit(gpu->memory));
            sum += std::abs(1 / seconds / point.at("tok_s").get<double>() - 1);
            ++found;
        }
        QCOMPARE(found, points);
        qInfo("mean error %.4f over %d points", sum / found, found);
        QVERIFY(std::abs(sum / found - error) < 0.0006);
        QCOMPARE(table.fit(memory.toStdString())->points, points);
        QCOMPARE(table.fit(memory.toStdString())->meanError, error);
    }

    // By hand: 14.8e9 x 16 / 8 = 29.6 GB at 0.5 x 1000 GB/s + 0.8 ms = 60 ms a token = 16.667 tokens/s, 60,000 an hour.
    // 300 W x 1.2 x 0.15 $/kWh = 0.054 $/h: 0.9 $/M. 8760 $ over 1 year is 1 $/h; at 50 % with idle share 0.1 the power
    // is 0.054 x 0.55 = 0.0297 $/h: 1.0297 $ for 30,000 tokens is 34.323 $/M.
    void economics() {
        const Gpu gpu{"g", "G", "x", 32, 1000, 300, 8760, 100, "test"};
        const DecodeFit fit{"x", 0.5, 0.0008, 0.1, 1, "test"};
        LocalSetup setup;
        setup.bitsPerWeight = 16;
        setup.contextTokens = 0;
        setup.utilization = 0.5;
        setup.yearsOfUse = 1;
        const auto found = localEconomics(fourteenBillion(), gpu, fit, setup);
        TIERWISE_VERIFY_OK(found);
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9 * std::abs(b); };
        QVERIFY(near(found->secondsPerToken, 0.060));
        QVERIFY(near(found->marginalPerMillion, 0.9));
        QVERIFY(near(*found->fullPerMillion, 1.0297 / 30'000 * 1e6));
        QVERIFY(near(*found->prefillTokensPerSecond, 100e12 * 0.4 / (2 * 14.8e9)));
        QVERIFY(near(found->memoryNeededGb, 30.6));
        QVERIFY(found->fits);
        QVERIFY(found->warnings.empty());
        // A long context must fit too, and is read with every token: 160 KiB x 100,000 = 16.384 GB.
        setup.contextTokens = 100'000;
        const auto longer = localEconomics(fourteenBillion(), gpu, fit, setup);
        QVERIFY(!longer->fits);
        QVERIFY(near(longer->secondsPerToken, (29.6 + 16.384) / 500 + 0.0008));
    }

    void batchesShareTheWeights() {
        const Gpu gpu{"g", "G", "x", 1000, 1000, 300, 8760, 100, "test"};
        const DecodeFit fit{"x", 0.5, 0.0008, 0.1, 1, "test"};
        LocalSetup setup;
        setup.bitsPerWeight = 16;
        setup.contextTokens = 0;
        setup.streams = 10;
        QCOMPARE(localEconomics(fourteenBillion(), gpu, fit, setup)->tokensPerSecond, 10 / 0.06);
        Model experts = fourteenBillion();  // 10 streams may touch all of 148 billion
        experts.totalParametersB = 148;
        QCOMPARE(localEconomics(experts, gpu, fit, setup)->secondsPerToken, 296.0 / 500 + 0.0008);
        setup.streams = 1;
        QCOMPARE(localEconomics(experts, gpu, fit, setup)->secondsPerToken, 29.6 / 500 + 0.0008);
    }

    // Domain note: a 4090 with a 14B model at batch 1 costs more per output token than tier 2's cheapest API.
    void freeIsNotFree() {
        const auto table = shipped();
        const Gpu* gpu = table.gpu("RTX 4090") != nullptr ? table.gpu("RTX 4090") : table.gpu("rtx4090");
        QVERIFY(gpu != nullptr);
        const auto found = localEconomics(fourteenBillion(), *gpu, *table.fit("gddr"), {});
        TIERWISE_VERIFY_OK(found);
        QVERIFY(found->fits);
        QVERIFY(*found->fullPerMillion > 0.5);
        QVERIFY(found->marginalPerMillion > 0 && found->marginalPerMillion < *found->fullPerMillion);
    }

    void nonsenseIsRefused() {
        const auto table = shipped();
        LocalSetup setup;
        setup.utilization = 0;
        QCOMPARE(localEconomics(fourteenBillion(), *table.gpu("a40"), *table.fit("gddr"), setup).error().code,
                 ErrorCode::invalidArgument);
        Model closed;
        closed.id = "closed";
        QCOMPARE(localEconomics(closed, *table.gpu("a40"), *table.fit("gddr"), {}).error().code, ErrorCode::infeasible);
        QVERIFY(table.gpu("abacus") == nullptr);
        for (const char* json :
             {"", "{}", "[]", "{\"format\":\"tierwise-hardware\",\"version\":1,\"fits\":[{}],\"gpus\":[]}"}) {
            QCOMPARE(HardwareTable::parse(json, "test").error().code, ErrorCode::badFormat);
        }
    }
};

QTEST_GUILESS_MAIN(TestHardware)
#include "tst_hardware.moc"
