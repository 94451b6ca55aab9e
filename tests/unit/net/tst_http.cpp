// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "tests/support/loopback_server.h"
#include "tests/support/support.h"

using namespace std::chrono_literals;
using tierwise::ErrorCode;
using tierwise::TaskContext;
using tierwise::net::fetch;
using tierwise::net::PlainHttp;
using tierwise::net::Refusal;
using tierwise::net::Request;
using tierwise::test::LoopbackServer;

namespace {

constexpr const char* kJson = "Content-Type: application/json; charset=utf-8\r\n";

// What the server does for each path.
void behave(const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
    const std::string& path = asked.target;
    const auto header = [&asked](const char* name) {
        const auto found = asked.headers.find(name);
        return found != asked.headers.end() ? found->second : std::string();
    };
    if (path == "/ok") {
        connection.answer(200, std::string(kJson) + "ETag: \"v1\"\r\n", "{}");
    } else if (path == "/tagged") {
        const bool same = header("if-none-match") == "\"v1\"";
        connection.answer(same ? 304 : 200, std::string(kJson) + "ETag: \"v1\"\r\n", same ? "" : "{}");
    } else if (path == "/304") {
        connection.answer(304, kJson, "");
    } else if (path == "/text") {
        connection.answer(200, "Content-Type: text/plain\r\n", "{}");
    } else if (path == "/png") {
        connection.answer(200, "Content-Type: image/png\r\n", "PNG");
    } else if (path == "/page") {
        connection.answer(200, "Content-Type: text/html\r\n", "<html>log in</html>");
    } else if (path == "/page-as-json") {
        connection.answer(200, kJson, " \n<!DOCTYPE html><html>sorry</html>");
    } else if (path == "/error-page") {
        connection.answer(503, "Content-Type: text/html\r\nRetry-After: 7\r\n", "<html>sorry</html>");
    } else if (path == "/429") {
        connection.answer(429, "Retry-After: 30\r\n", "slow down");
    } else if (path == "/404") {
        connection.answer(404, kJson, "{}");
    } else if (path == "/loop") {
        connection.answer(302, "Location: /loop\r\n", "");
    } else if (path == "/to-ok") {
        connection.answer(301, "Location: /ok\r\nETag: \"stale\"\r\n", "");
    } else if (path.rfind("/to?", 0) == 0) {
        connection.answer(302, "Location: " + path.substr(4) + "\r\n", "");
    } else if (path == "/truncated") {
        connection.send("HTTP/1.1 200 OK\r\n" + std::string(kJson) + "Content-Length: 100\r\n\r\n{\"a\": ");
    } else if (path == "/truncated-chunks") {
        connection.send("HTTP/1.1 200 OK\r\n" + std::string(kJson) + "Transfer-Encoding: chunked\r\n\r\n6\r\n{\"a\": ");
    } else if (path == "/announced-huge") {
        connection.send("HTTP/1.1 200 OK\r\n" + std::string(kJson) + "Content-Length: 99999999999\r\n\r\n{");
        connection.linger(5s);
    } else if (path == "/endless") {
        connection.send("HTTP/1.1 200 OK\r\n" + std::string(kJson) + "\r\n");
        const std::string block(1 << 16, ' ');
        while (connection.send(block)) {
        }
    } else if (path == "/drip") {
        connection.send("HTTP/1.1 200 OK\r\n" + std::string(kJson) + "Content-Length: 100000\r\n\r\n");
        while (connection.send(" ")) {
            connection.linger(20ms);
        }
    } else if (path == "/silent") {
        connection.linger(10s);
    } else if (path == "/nonsense") {
        connection.send("SSH-2.0-OpenSSH_9.2\r\n");
    }
}

}  // namespace

class TestHttp : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::optional<tierwise::test::TestCertificates> m_certificates;
    std::unique_ptr<LoopbackServer> m_server;

    Request to(const std::string& path) const {
        Request request;
        request.url = path[0] == '/' ? m_server->url(path) : path;
        request.mediaType = "application/json";
        request.trust.caFile = m_certificates->authorityFile;
        request.connectTimeout = 3s;
        request.totalTimeout = 3s;
        return request;
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("no_proxy", "127.0.0.1,localhost");
        m_certificates = tierwise::test::TestCertificates::make(m_folder.path().toStdString());
        QVERIFY2(m_certificates.has_value(), "the openssl program is needed");
        m_server = std::make_unique<LoopbackServer>(behave, m_certificates->goodFile, m_certificates->goodKeyFile);
    }

    void fetchesOverTls() {
        TaskContext context;
        const auto response = fetch(to("/ok"), context);
        TIERWISE_VERIFY_OK(response);
        QCOMPARE(response->status, 200);
        QCOMPARE(response->body, std::string("{}"));
        QCOMPARE(response->etag, std::string("\"v1\""));
        QCOMPARE(response->mediaType, std::string("application/json"));
        QVERIFY(!response->notModified);
    }

    void followsARedirectAndForgetsItsHeaders() {
        TaskContext context;
        const auto response = fetch(to("/to-ok"), context);
        TIERWISE_VERIFY_OK(response);
        QCOMPARE(response->url, m_server->url("/ok"));
        QCOMPARE(response->etag, std::string("\"v1\""));
    }

    void plainTextPassesAsJson() {
        TaskContext context;
        TIERWISE_VERIFY_OK(fetch(to("/text"), context));
    }

    void anUnchangedDocumentIsNotSentAgain() {
        TaskContext context;
        auto request = to("/tagged");
        TIERWISE_VERIFY_OK(fetch(request, context));
        request.etag = "\"v1\"";
        const auto same = fetch(request, context);
        TIERWISE_VERIFY_OK(same);
        QVERIFY(same->notModified);
        QVERIFY(same->body.empty());
        QCOMPARE(same->etag, std::string("\"v1\""));
        request.etag = "\"v0\"";
        const auto newer = fetch(request, context);
        TIERWISE_VERIFY_OK(newer);
        QCOMPARE(newer->body, std::string("{}"));
    }

    void failuresAreExplained_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<int>("status");
        const auto row = [](const char* path, const char* what, int status) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(what) << status;
        };
        row("/png", "image/png instead of application/json", 200);
        row("/page", "web page instead of", 200);
        row("/page-as-json", "web page instead of", 200);
        row("/error-page", "HTTP 503", 503);
        row("/429", "HTTP 429", 429);
        row("/404", "no such document", 404);
        row("/304", "HTTP 304", 304);  // it was not asked to compare
        row("/loop", "redirected more than 5 times", 0);
        row("/to?http://127.0.0.1:1/x", "not HTTPS", 0);
        row("/to?file:///etc/passwd", "not HTTPS", 0);
        row("/truncated", "cut short after 6 bytes", 0);
        row("/truncated-chunks", "cut short after 6 bytes", 0);
        row("/announced-huge", "larger than the cap of 1048576 bytes", 0);
        row("/endless", "larger than the cap of 1048576 bytes", 0);
        row("/nonsense", "not HTTP", 0);
        row("/hangs-up", "cut short after 0 bytes", 0);
        row("https://127.0.0.1:1/", "refused the connection", 0);
        row("https://does-not-exist.invalid/", "host name is not known", 0);
    }
    void failuresAreExplained() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, what);
        QFETCH(int, status);
        TaskContext context;
        auto request = to(path.toStdString());
        request.maxBytes = 1 << 20;
        Refusal refusal;
        const auto response = fetch(request, context, &refusal);
        QVERIFY(!response.has_value());
        QCOMPARE(response.error().code, ErrorCode::network);
        QVERIFY2(response.error().what.find(what.toStdString()) != std::string::npos, response.error().what.c_str());
        QVERIFY(!response.error().fixHint.empty());
        QVERIFY(!response.error().source.empty());
        QCOMPARE(refusal.status, status);
    }

    void theServersWaitIsPassedOn() {
        TaskContext context;
        Refusal refusal;
        const auto limited = fetch(to("/429"), context, &refusal);
        QVERIFY(!limited.has_value());
        QVERIFY(refusal.retryAfter == 30s);
        QVERIFY(limited.error().fixHint.find("30 s") != std::string::npos);
        QVERIFY(!fetch(to("/error-page"), context, &refusal).has_value());
        QVERIFY(refusal.retryAfter == 7s);
        QVERIFY(!fetch(to("/404"), context, &refusal).has_value());
        QVERIFY(!refusal.retryAfter.has_value());
    }

    void addressesThatAreNotFetched_data() {
        QTest::addColumn<QByteArray>("url");
        for (const char* url : {"http://example.org/", "http://127.0.0.1.example.org/", "ftp://example.org/",
                                "file:///etc/passwd", "not an address", "", "https://user:secret@example.org/"}) {
            QTest::newRow(url) << QByteArray(url);
        }
    }
    void addressesThatAreNotFetched() {
        QFETCH(QByteArray, url);
        TaskContext context;
        Request request;
        request.url = url.toStdString();
        request.trust.plainHttp = PlainHttp::loopbackOnly;
        const auto response = fetch(request, context);
        QVERIFY(!response.has_value());
        QCOMPARE(response.error().code, ErrorCode::invalidArgument);
        QVERIFY(response.error().describe().find("secret") == std::string::npos);
    }

    void plainHttpOnlyWhereAllowedAndOnlyToThisMachine() {
        LoopbackServer plain(behave);
        TaskContext context;
        Request request;
        request.url = plain.url("/ok");
        const auto refused = fetch(request, context);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::invalidArgument);
        QCOMPARE(plain.requests(), 0);
        request.trust.plainHttp = PlainHttp::loopbackOnly;
        TIERWISE_VERIFY_OK(fetch(request, context));
        request.url = plain.url("/to-ok");  // even here no redirect is followed to plain HTTP
        const auto redirected = fetch(request, context);
        QVERIFY(!redirected.has_value());
        QVERIFY(redirected.error().what.find("not HTTPS") != std::string::npos);
    }

    void certificatesAreChecked() {
        TaskContext context;
        const auto failure = [&](const std::string& certificate, bool ownAuthority) {
            LoopbackServer server(behave, certificate, m_certificates->goodKeyFile);
            auto request = to(server.url("/ok"));
            if (!ownAuthority) {
                request.trust.caFile.clear();
            }
            const auto response = fetch(request, context);
            return response.has_value() ? std::string("accepted") : response.error().what;
        };
        QVERIFY(failure(m_certificates->expiredFile, true).find("expired") != std::string::npos);
        QVERIFY(failure(m_certificates->goodFile, false).find("not signed by an authority") != std::string::npos);
        const std::string host = failure(m_certificates->wrongHostFile, true);
        QVERIFY2(host.find("for another host") != std::string::npos, host.c_str());
        QCOMPARE(failure(m_certificates->goodFile, true), std::string("accepted"));
        auto request = to("/ok");
        request.trust.caFile = m_folder.path().toStdString() + "/missing.pem";
        const auto response = fetch(request, context);
        QVERIFY(!response.has_value());
        QVERIFY2(response.error().what.find("authorities cannot be read") != std::string::npos,
                 response.error().describe().c_str());
    }

    void slowAnswersEnd_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("no answer at all") << QByteArray("/silent");
        QTest::newRow("a byte now and then") << QByteArray("/drip");
    }
    void slowAnswersEnd() {
        QFETCH(QByteArray, path);
        TaskContext context;
        auto request = to(path.toStdString());
        request.totalTimeout = 300ms;
        QElapsedTimer timer;
        timer.start();
        const auto response = fetch(request, context);
        QVERIFY(!response.has_value());
        QVERIFY2(response.error().what.find("within 0.3 s") != std::string::npos, response.error().what.c_str());
        QVERIFY(timer.elapsed() < 1500);
    }

    void stoppingEndsItAtOnce_data() { slowAnswersEnd_data(); }
    void stoppingEndsItAtOnce() {
        QFETCH(QByteArray, path);
        std::stop_source stop;
        TaskContext context{stop.get_token(), {}};
        const auto request = to(path.toStdString());
        QElapsedTimer sinceStop;
        std::thread stopper([&] {
            std::this_thread::sleep_for(150ms);
            sinceStop.start();
            stop.request_stop();
        });
        const auto response = fetch(request, context);
        const qint64 took = sinceStop.isValid() ? sinceStop.nsecsElapsed() / 1'000 : -1;
        stopper.join();
        QVERIFY(!response.has_value());
        QCOMPARE(response.error().code, ErrorCode::cancelled);
        qInfo("stopped after %lld us", static_cast<long long>(took));
        QVERIFY(took >= 0 && took < 50'000);
        QCOMPARE(fetch(request, context).error().code, ErrorCode::cancelled);  // before it starts, too
    }

    void theEnvironmentsProxyIsUsed() {
        std::string asked;
        LoopbackServer proxy([&asked](const LoopbackServer::Asked& head, LoopbackServer::Connection& connection) {
            asked = head.method + " " + head.target;
            connection.answer(407, "", "");
        });
        qputenv("no_proxy", "");
        qputenv("https_proxy", QByteArray::fromStdString(proxy.url("")));
        TaskContext context;
        const auto response = fetch(to("/ok"), context);
        qunsetenv("https_proxy");
        qputenv("no_proxy", "127.0.0.1,localhost");
        QVERIFY(!response.has_value());
        QCOMPARE(asked, "CONNECT 127.0.0.1:" + std::to_string(m_server->port()));
    }

    void progressCountsBytes() {
        std::vector<tierwise::Progress> steps;
        TaskContext context{{}, [&steps](const tierwise::Progress& step) { steps.push_back(step); }};
        TIERWISE_VERIFY_OK(fetch(to("/ok"), context));
        QVERIFY(!steps.empty());
        QCOMPARE(steps.back().done, qint64{2});
        QCOMPARE(steps.back().total, qint64{2});
    }
};

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"
