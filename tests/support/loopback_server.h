// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

class QTcpSocket;

namespace tierwise::test {

/// Certificates for 127.0.0.1 made for one run with the openssl program, in a folder of the caller.
struct TestCertificates {
    std::string authorityFile;  ///< PEM, to hand to the client as its only authority
    std::string goodFile, goodKeyFile;
    std::string expiredFile;    ///< same key as the good one
    std::string wrongHostFile;  ///< same key, names only example.invalid

    /// Nothing when the openssl program is missing.
    static std::optional<TestCertificates> make(const std::string& folder);
};

/// A tiny HTTP/1.1 server on a free port of 127.0.0.1, one thread a connection, for tests of the network client.
class LoopbackServer {
public:
    struct Asked {
        std::string method;
        std::string target;
        std::map<std::string, std::string> headers;  ///< names in lower case
    };
    /// One connection, for handlers that want to misbehave.
    class Connection {
    public:
        Connection(QTcpSocket& socket, const std::atomic<bool>& stop) : m_socket(socket), m_stop(stop) {}
        bool send(std::string_view bytes);
        /// A whole answer with its Content-Length; headers as "Name: value\r\n" lines.
        void answer(int status, std::string_view headers, std::string_view body);
        /// Waits, at most so long, until the server is stopped or the client hangs up.
        void linger(std::chrono::milliseconds atMost);

    private:
        QTcpSocket& m_socket;
        const std::atomic<bool>& m_stop;
    };
    using Handler = std::function<void(const Asked&, Connection&)>;

    /// Plain HTTP.
    explicit LoopbackServer(Handler handler);
    /// HTTPS with this certificate.
    LoopbackServer(Handler handler, std::string certificateFile, std::string keyFile);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    [[nodiscard]] std::string url(const std::string& path) const;
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] int requests() const { return m_requests; }

private:
    void start();
    void acceptLoop();
    void serve(int descriptor);

    Handler m_handler;
    std::string m_certificateFile;
    std::string m_keyFile;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stop{false};
    std::atomic<int> m_requests{0};
    std::vector<std::thread> m_threads;
    std::thread m_acceptor;
};

}  // namespace tierwise::test
