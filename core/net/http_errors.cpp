// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_errors.h"

#include <curl/curl.h>
#include <fmt/format.h>

namespace tierwise::net {
namespace {

// From openssl/x509_vfy.h; spelled out so that core needs libcurl's headers alone.
constexpr long kChainFineSoFar = 1;  // libcurl's start value: it checks the host after OpenSSL accepted the chain
constexpr long kCertificateNotYetValid = 9;
constexpr long kCertificateExpired = 10;
constexpr long kSelfSigned = 18;
constexpr long kSelfSignedInChain = 19;
constexpr long kIssuerUnknown = 20;
constexpr long kHostMismatch = 62;

Error networkError(std::string what, std::string hint, std::string url) {
    return {ErrorCode::network, std::move(what), std::move(hint), std::move(url), {}, {}};
}

Error certificateError(const TransferFacts& facts) {
    switch (facts.certificateCheck) {
        case kCertificateExpired:
            return networkError("the server's certificate has expired",
                                "Check this machine's date; if it is right, the server must renew its certificate",
                                facts.url);
        case kCertificateNotYetValid:
            return networkError("the server's certificate is not valid yet", "Check this machine's date", facts.url);
        case kSelfSigned:
        case kSelfSignedInChain:
        case kIssuerUnknown:
            return networkError("the server's certificate is not signed by an authority this machine trusts",
                                "A proxy of your company may be in the way: add its authority to the system's, or name "
                                "its file; never continue if you do not know it",
                                facts.url);
        case kChainFineSoFar:
        case kHostMismatch:
            return networkError("the server's certificate is for another host",
                                "Check the address; a proxy or portal may be in the way", facts.url);
        default:
            return networkError(
                fmt::format("the server's certificate was not accepted (OpenSSL check {})", facts.certificateCheck),
                "Check the address, this machine's date and its authorities (package ca-certificates)", facts.url);
    }
}

Error timeoutError(const TransferFacts& facts, const Request& request) {
    if (!facts.connected) {
        return networkError(
            fmt::format("no connection within {} s", static_cast<double>(request.connectTimeout.count()) / 1000),
            "Check the network and the proxy settings, then try again", facts.url);
    }
    return networkError(fmt::format("the answer did not arrive within {} s ({} bytes did)",
                                    static_cast<double>(request.totalTimeout.count()) / 1000, facts.received),
                        "Try again later, or on a faster connection", facts.url);
}

bool looksLikeMarkup(std::string_view body) {
    const auto first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string_view::npos && body[first] == '<';
}

}  // namespace

Error transferError(const TransferFacts& facts, const Request& request) {
    if (facts.tooBig || facts.curlCode == CURLE_FILESIZE_EXCEEDED) {
        return networkError(fmt::format("the answer is larger than the cap of {} bytes", request.maxBytes),
                            "This is not the document that was expected; check the address", facts.url);
    }
    switch (facts.curlCode) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return networkError("the host name is not known", "Check the address and the network connection",
                                facts.url);
        case CURLE_COULDNT_RESOLVE_PROXY:
            return networkError("the proxy's host name is not known",
                                "Check the environment variables https_proxy and all_proxy", facts.url);
        case CURLE_COULDNT_CONNECT:
            return networkError("the server refused the connection",
                                "Check the address, the network and the proxy settings", facts.url);
        case CURLE_OPERATION_TIMEDOUT:
            return timeoutError(facts, request);
        case CURLE_PEER_FAILED_VERIFICATION:
            return certificateError(facts);
        case CURLE_SSL_CACERT_BADFILE:
            return networkError("the file of certificate authorities cannot be read",
                                "Check that it exists and holds certificates in PEM form", request.trust.caFile);
        case CURLE_SSL_CONNECT_ERROR:
            return networkError("no secure connection could be made",
                                "The server may be too old for TLS 1.2, or a proxy may be in the way", facts.url);
        case CURLE_TOO_MANY_REDIRECTS:
            return networkError(fmt::format("the server redirected more than {} times", request.maxRedirects),
                                "The address leads in a circle; check it in a browser", facts.url);
        case CURLE_UNSUPPORTED_PROTOCOL:
            return networkError("the server redirected to an address that is not HTTPS",
                                "It was not followed, because anyone on the way could change the answer", facts.url);
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_BAD_CONTENT_ENCODING:
            return networkError(fmt::format("the answer was cut short after {} bytes", facts.received),
                                "The connection broke; try again", facts.url);
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2:
            return networkError("the answer is not HTTP", "Check the address and the port", facts.url);
        default:
            return networkError(
                std::string("the transfer failed: ") + curl_easy_strerror(static_cast<CURLcode>(facts.curlCode)),
                "Check the address, the network and the proxy settings", facts.url);
    }
}

Error statusError(const Refusal& refusal, const std::string& url) {
    const std::string wait = refusal.retryAfter
                                 ? fmt::format("Try again in {} s, as the server asks", refusal.retryAfter->count())
                                 : std::string("Try again later");
    switch (refusal.status) {
        case 401:
        case 403:
        case 407:
            return networkError(fmt::format("the server refused access (HTTP {})", refusal.status),
                                "Check the address; the proxy may want you to log in", url);
        case 404:
        case 410:
            return networkError(fmt::format("there is no such document (HTTP {})", refusal.status),
                                "The source may have moved; check its address", url);
        case 429:
            return networkError("the server asks for fewer requests (HTTP 429)", wait, url);
        default:
            return networkError(fmt::format("the server answered with HTTP {}", refusal.status),
                                refusal.status >= 500 ? wait : std::string("Check the address"), url);
    }
}

std::optional<Error> contentError(const Response& response, const Request& request) {
    if (request.mediaType.empty()) {
        return {};
    }
    // Raw file hosts send JSON as text/plain, so plain text passes when it does not look like a page.
    const bool declared =
        response.mediaType.empty() || response.mediaType == request.mediaType || response.mediaType == "text/plain";
    const bool page = response.mediaType == "text/html" || response.mediaType == "application/xhtml+xml" ||
                      (request.mediaType == "application/json" && looksLikeMarkup(response.body));
    if (page) {
        return networkError(fmt::format("the server sent a web page instead of {}", request.mediaType),
                            "A login page or portal may be in the way; open the address in a browser", response.url);
    }
    if (!declared) {
        return networkError(fmt::format("the server sent {} instead of {}", response.mediaType, request.mediaType),
                            "Check the address", response.url);
    }
    return {};
}

}  // namespace tierwise::net
