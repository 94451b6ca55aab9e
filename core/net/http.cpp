// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include <curl/curl.h>

#include "core/net/http_errors.h"

namespace tierwise::net {
namespace {

template <auto function>
struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
        function(pointer);
    }
};
using Easy = std::unique_ptr<CURL, Deleter<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Deleter<curl_multi_cleanup>>;
using List = std::unique_ptr<curl_slist, Deleter<curl_slist_free_all>>;
using Url = std::unique_ptr<CURLU, Deleter<curl_url_cleanup>>;

bool curlIsReady() {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;  // thread-safe: a static's first use
    return ready;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string urlPart(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) {
        return {};
    }
    std::string result(text);
    curl_free(text);
    return result;
}

bool isLoopback(const std::string& host) {
    return host == "localhost" || host == "[::1]" ||
           (host.rfind("127.", 0) == 0 && host.find_first_not_of("0123456789.") == std::string::npos);
}

// Nothing where the address may be fetched.
std::optional<Error> addressError(const Request& request) {
    const auto wrong = [&](std::string what, std::string hint) {
        return Error{ErrorCode::invalidArgument, std::move(what), std::move(hint), request.url, {}, {}};
    };
    const Url url(curl_url());
    if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, request.url.c_str(), 0) != CURLUE_OK) {
        return wrong("this is not a web address", "Give a whole one, such as https://example.org/prices.json");
    }
    if (!urlPart(url.get(), CURLUPART_USER).empty() || !urlPart(url.get(), CURLUPART_PASSWORD).empty()) {
        Error error = wrong("the address holds a user name or password", "Give an address without them");
        error.source.clear();  // a password belongs in no message
        return error;
    }
    const std::string scheme = lowered(urlPart(url.get(), CURLUPART_SCHEME));
    if (scheme == "https") {
        return {};
    }
    if (scheme != "http") {
        return wrong("'" + scheme + "' addresses are not fetched", "Give an https:// address");
    }
    if (request.trust.plainHttp == PlainHttp::loopbackOnly && isLoopback(lowered(urlPart(url.get(), CURLUPART_HOST)))) {
        return {};
    }
    return wrong("the address is plain HTTP, which anyone on the way can change", "Give an https:// address");
}

/// One GET under way; its address is handed to libcurl, so it stays where it is.
class Transfer {
public:
    Transfer(const Request& request, TaskContext& context) : m_request(request), m_context(context) {}
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    bool prepare();
    [[nodiscard]] Result<Response> run(Refusal& refusal);

private:
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    template <typename T>
    bool set(CURLoption option, T value) {
        return curl_easy_setopt(m_easy.get(), option, value) == CURLE_OK;
    }
    bool setAddress();
    bool setLimits();
    [[nodiscard]] bool pump(int& code);
    [[nodiscard]] TransferFacts facts(int code) const;
    [[nodiscard]] Result<Response> answer(Refusal& refusal);

    const Request& m_request;
    TaskContext& m_context;
    Easy m_easy{curl_easy_init()};
    List m_headers;
    Response m_response;
    bool m_tooBig = false;
};

std::size_t Transfer::onBody(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    auto& body = transfer.m_response.body;
    if (bytes > static_cast<std::size_t>(transfer.m_request.maxBytes) - body.size()) {
        transfer.m_tooBig = true;
        return 0;  // anything but count ends the transfer
    }
    body.append(data, bytes);
    curl_off_t expected = -1;
    curl_easy_getinfo(transfer.m_easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expected);
    transfer.m_context.report(
        {"Fetching", static_cast<std::int64_t>(body.size()), std::max<std::int64_t>(expected, 0), 0});
    return bytes;
}

std::size_t Transfer::onHeader(char* data, std::size_t size, std::size_t count, void* self) {
    auto& response = static_cast<Transfer*>(self)->m_response;
    const std::string_view line(data, size * count);
    const auto colon = line.find(':');
    if (line.rfind("HTTP/", 0) == 0) {
        response = Response{};  // the head of another answer: after a redirect, a proxy's CONNECT, or 100 Continue
    } else if (colon != std::string_view::npos) {
        const std::string name = lowered(trimmed(line.substr(0, colon)));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "etag") {
            response.etag = value;
        } else if (name == "content-type") {
            response.mediaType = lowered(trimmed(value.substr(0, value.find(';'))));
        }
    }
    return size * count;
}

bool Transfer::setAddress() {
    curl_slist* headers = nullptr;
    const auto add = [&headers](const std::string& line) {
        curl_slist* longer = curl_slist_append(headers, line.c_str());
        headers = longer != nullptr ? longer : headers;
    };
    if (!m_request.mediaType.empty()) {
        add("Accept: " + m_request.mediaType);
    }
    const bool printable = std::all_of(m_request.etag.begin(), m_request.etag.end(), [](char c) { return c >= ' '; });
    if (!m_request.etag.empty() && printable) {  // a line break would be a header of its own
        add("If-None-Match: " + m_request.etag);
    }
    m_headers.reset(headers);
    return set(CURLOPT_URL, m_request.url.c_str()) && set(CURLOPT_HTTPHEADER, headers) &&
           set(CURLOPT_USERAGENT, "Tierwise") && set(CURLOPT_PROTOCOLS_STR, "https,http") &&
           set(CURLOPT_REDIR_PROTOCOLS_STR, "https") && set(CURLOPT_FOLLOWLOCATION, 1L) &&
           set(CURLOPT_MAXREDIRS, static_cast<long>(m_request.maxRedirects));
}

bool Transfer::setLimits() {
    return set(CURLOPT_SSL_VERIFYPEER, 1L) && set(CURLOPT_SSL_VERIFYHOST, 2L) &&
           set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
           (m_request.trust.caFile.empty() || (set(CURLOPT_CAINFO, m_request.trust.caFile.c_str()) &&
                                               set(CURLOPT_CAPATH, static_cast<const char*>(nullptr)))) &&
           set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_request.connectTimeout.count())) &&
           set(CURLOPT_TIMEOUT_MS, static_cast<long>(m_request.totalTimeout.count())) &&
           set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(m_request.maxBytes)) && set(CURLOPT_NOSIGNAL, 1L) &&
           set(CURLOPT_QUICK_EXIT, 1L);  // a stopped fetch does not wait for a slow name server
}

bool Transfer::prepare() {
    return m_easy != nullptr && setAddress() && setLimits() && set(CURLOPT_ACCEPT_ENCODING, "") &&
           set(CURLOPT_WRITEFUNCTION, &Transfer::onBody) && set(CURLOPT_WRITEDATA, static_cast<void*>(this)) &&
           set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader) && set(CURLOPT_HEADERDATA, static_cast<void*>(this)) &&
           set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

// Drives the transfer to its end (true, code set) or to the user's stop (false).
bool Transfer::pump(int& code) {
    const Multi multi(curl_multi_init());
    code = CURLE_FAILED_INIT;
    if (multi == nullptr || curl_multi_add_handle(multi.get(), m_easy.get()) != CURLM_OK) {
        return true;
    }
    bool stopped = false;
    {
        const std::stop_callback wake(m_context.stop, [&multi] { curl_multi_wakeup(multi.get()); });
        int running = 1;
        while (!stopped && curl_multi_perform(multi.get(), &running) == CURLM_OK && running > 0) {
            curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
            stopped = m_context.stopRequested();
        }
    }
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
        if (message->msg == CURLMSG_DONE) {
            code = message->data.result;
        }
    }
    curl_multi_remove_handle(multi.get(), m_easy.get());
    return !stopped;
}

TransferFacts Transfer::facts(int code) const {
    TransferFacts found;
    found.curlCode = code;
    found.tooBig = m_tooBig;
    found.received = static_cast<std::int64_t>(m_response.body.size());
    curl_easy_getinfo(m_easy.get(), CURLINFO_SSL_VERIFYRESULT, &found.certificateCheck);
    curl_off_t connectMicros = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connectMicros);
    found.connected = connectMicros > 0;
    char* url = nullptr;
    curl_easy_getinfo(m_easy.get(), CURLINFO_EFFECTIVE_URL, &url);
    found.url = url != nullptr ? url : m_request.url;
    return found;
}

Result<Response> Transfer::answer(Refusal& refusal) {
    long status = 0;
    curl_off_t retryAfter = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(m_easy.get(), CURLINFO_RETRY_AFTER, &retryAfter);
    m_response.status = static_cast<int>(status);
    m_response.url = facts(CURLE_OK).url;
    refusal.status = m_response.status;
    if (retryAfter > 0) {
        refusal.retryAfter = std::chrono::seconds(retryAfter);
    }
    if (status == 304 && !m_request.etag.empty()) {
        m_response.notModified = true;
        m_response.body.clear();
        return std::move(m_response);
    }
    if (status != 200) {
        return fail(statusError(refusal, m_response.url));
    }
    if (auto error = contentError(m_response, m_request)) {
        return fail(std::move(*error));
    }
    return std::move(m_response);
}

Result<Response> Transfer::run(Refusal& refusal) {
    int code = CURLE_OK;
    if (!pump(code)) {
        return TaskContext::cancelled();
    }
    if (code != CURLE_OK) {
        return fail(transferError(facts(code), m_request));
    }
    return answer(refusal);
}

}  // namespace

Result<Response> fetch(const Request& request, TaskContext& context, Refusal* refusal) {
    Refusal ignored;
    Refusal& details = refusal != nullptr ? *refusal : ignored;
    details = {};
    if (auto error = addressError(request)) {
        return fail(std::move(*error));
    }
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    if (!curlIsReady()) {
        return fail(ErrorCode::internal, "libcurl could not be started", "Check the installation of libcurl");
    }
    Transfer transfer(request, context);
    if (!transfer.prepare()) {
        return fail(ErrorCode::internal, "libcurl does not know an option this program needs",
                    "Install libcurl 7.87 or newer", request.url);
    }
    return transfer.run(details);
}

}  // namespace tierwise::net
