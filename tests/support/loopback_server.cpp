// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loopback_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cctype>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSslKey>
#include <QSslSocket>

namespace tierwise::test {
namespace {

bool openssl(const QString& folder, const QStringList& arguments) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("openssl"), arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

QStringList words(const char* line) {
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

bool makeLeaf(const QString& folder, const char* name, const char* names, const char* days) {
    const QString base = QString::fromLatin1(name);
    return openssl(folder, words("req -new -key server.key -subj /CN=test -out")
                               << base + QStringLiteral(".csr") << QStringLiteral("-addext")
                               << QString::fromLatin1(names)) &&
           openssl(folder, words("x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -copy_extensions copy -days")
                               << QString::fromLatin1(days) << QStringLiteral("-in") << base + QStringLiteral(".csr")
                               << QStringLiteral("-out") << base + QStringLiteral(".pem"));
}

QByteArray fileBytes(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string lowered(std::string text) {
    for (auto& c : text) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return text;
}

LoopbackServer::Asked parseHead(const QByteArray& head) {
    LoopbackServer::Asked asked;
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.value(0).trimmed().split(' ');
    asked.method = first.value(0).toStdString();
    asked.target = first.value(1).toStdString();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].indexOf(':');
        if (colon > 0) {
            asked.headers[lowered(lines[i].left(colon).toStdString())] =
                lines[i].mid(colon + 1).trimmed().toStdString();
        }
    }
    return asked;
}

}  // namespace

std::optional<TestCertificates> TestCertificates::make(const std::string& folder) {
    const QString where = QString::fromStdString(folder);
    const bool made =
        openssl(where, words("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out "
                             "ca.pem -days 2 -subj /CN=TestAuthority")) &&
        openssl(where, words("ecparam -name prime256v1 -genkey -noout -out server.key")) &&
        makeLeaf(where, "good", "subjectAltName=IP:127.0.0.1,DNS:localhost", "2") &&
        makeLeaf(where, "expired", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-1") &&
        makeLeaf(where, "wronghost", "subjectAltName=DNS:example.invalid", "2");
    if (!made) {
        return {};
    }
    return TestCertificates{folder + "/ca.pem", folder + "/good.pem", folder + "/server.key", folder + "/expired.pem",
                            folder + "/wronghost.pem"};
}

bool LoopbackServer::Connection::send(std::string_view bytes) {
    if (m_socket.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0) {
        return false;
    }
    while (m_socket.bytesToWrite() > 0) {
        if (m_stop || !m_socket.waitForBytesWritten(2000)) {
            return false;
        }
    }
    return true;
}

void LoopbackServer::Connection::answer(int status, std::string_view headers, std::string_view body) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " X\r\nConnection: close\r\n" + std::string(headers);
    if (status != 304) {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    text += "\r\n";
    text += body;
    send(text);
}

void LoopbackServer::Connection::linger(std::chrono::milliseconds atMost) {
    QElapsedTimer timer;
    timer.start();
    while (!m_stop && timer.elapsed() < atMost.count() && m_socket.state() == QAbstractSocket::ConnectedState) {
        m_socket.waitForReadyRead(10);
    }
}

LoopbackServer::LoopbackServer(Handler handler) : m_handler(std::move(handler)) {
    start();
}

LoopbackServer::LoopbackServer(Handler handler, std::string certificateFile, std::string keyFile)
    : m_handler(std::move(handler)), m_certificateFile(std::move(certificateFile)), m_keyFile(std::move(keyFile)) {
    start();
}

LoopbackServer::~LoopbackServer() {
    m_stop = true;
    m_acceptor.join();
    for (auto& thread : m_threads) {
        thread.join();
    }
    ::close(m_listener);
}

std::string LoopbackServer::url(const std::string& path) const {
    return (m_certificateFile.empty() ? "http" : "https") + ("://127.0.0.1:" + std::to_string(m_port)) + path;
}

void LoopbackServer::start() {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 16) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0) {
        qFatal("the test server could not listen");
    }
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptLoop(); });
}

void LoopbackServer::acceptLoop() {
    while (!m_stop) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20) > 0) {
            const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (descriptor >= 0) {
                m_threads.emplace_back([this, descriptor] { serve(descriptor); });
            }
        }
    }
}

void LoopbackServer::serve(int descriptor) {
    QSslSocket socket;
    socket.setSocketDescriptor(descriptor);
    if (!m_certificateFile.empty()) {
        socket.setLocalCertificate(QSslCertificate(fileBytes(m_certificateFile)));
        socket.setPrivateKey(QSslKey(fileBytes(m_keyFile), QSsl::Ec));
        socket.startServerEncryption();
        if (!socket.waitForEncrypted(3000)) {
            return;  // the client did not like the certificate
        }
    }
    QByteArray head;
    while (!m_stop && !head.contains("\r\n\r\n")) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(50) &&
            socket.state() != QAbstractSocket::ConnectedState) {
            return;
        }
        head += socket.readAll();
    }
    ++m_requests;
    Connection connection(socket, m_stop);
    m_handler(parseHead(head), connection);
    socket.disconnectFromHost();
    if (socket.state() != QAbstractSocket::UnconnectedState) {
        socket.waitForDisconnected(1000);
    }
}

}  // namespace tierwise::test
