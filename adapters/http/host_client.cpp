#include "adapters/http/host_client.hpp"

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <thread>

#include "adapters/http/outbound.hpp"
#include "adapters/http/web_address.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using ports::Fault;
using ports::Result;

namespace {

constexpr std::size_t piece_bytes = 16 * 1024;
constexpr std::int64_t nudge_ms_max = 5'000;

// One connection: it carries one request at a time, and is opened again when it has closed.
struct Line {
  Line(asio::io_context& io, std::size_t buffer_bytes) : rest(io), buffer(buffer_bytes) {}

  std::optional<Outbound::Stream> stream;
  bool open = false;
  asio::steady_timer rest;
  bool woken = false;
  boost::beast::flat_buffer buffer;
  std::array<char, piece_bytes> piece{};

  void close() {
    open = false;
    error_code ignored;
    if (stream) stream->next_layer().close(ignored);
  }
  // Between two requests the host has nothing to say but that it closes.
  bool quiet() {
    char byte = 0;
    const auto count =
        recv(stream->next_layer().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return buffer.size() == 0 && count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }
};
using LineRef = std::shared_ptr<Line>;

// One request. Whoever is first, the answer or the clock, settles it.
struct Job {
  explicit Job(asio::io_context& io) : timer(io) {}

  WebRequest request;
  std::size_t bytes_max = 0;
  Sink sink;
  HostClient::Done done;
  asio::steady_timer timer;
  bool written = false;
  LineRef line;  // that carries it

  bool over() const { return !done; }
  void settle(Result<HostAnswer> answer) {
    if (over()) return;
    const auto told = std::exchange(done, nullptr);
    timer.cancel();
    if (!answer && line) line->close();
    told({std::move(answer), written});
  }
};
using JobRef = std::shared_ptr<Job>;

}  // namespace

struct HostClient::State {
  explicit State(HostSettings how)
      : settings(std::move(how)), outbound(io, settings.guard, settings.resolve) {}

  HostSettings settings;
  std::string base = "/";
  std::atomic<int> nudges{0};
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(io);
  Outbound outbound;
  std::deque<JobRef> waiting;
  std::vector<LineRef> idle;
  std::size_t lines = 0;
  std::thread thread;

  void take(JobRef job, std::int64_t ms_max);
  asio::awaitable<void> carry(LineRef line);
  asio::awaitable<bool> rest(LineRef line);
  asio::awaitable<void> serve(LineRef line, JobRef job);
  asio::awaitable<Result<void>> open(LineRef line, JobRef job);
  template <class Stream>
  asio::awaitable<Result<HostAnswer>> talk(Stream& stream, Line& line, Job& job);
  template <class Stream>
  asio::awaitable<Result<HostAnswer>> read(Stream& stream, Line& line, Job& job);
};

void HostClient::State::take(JobRef job, std::int64_t ms_max) {
  job->timer.expires_after(std::chrono::milliseconds(std::max<std::int64_t>(0, ms_max)));
  job->timer.async_wait([job](error_code error) {
    if (!error) job->settle(Fault::timed_out);
  });
  if (waiting.size() >= settings.waiting_max) return job->settle(Fault::unavailable);
  waiting.push_back(std::move(job));
  if (!idle.empty()) {
    idle.back()->woken = true;
    idle.back()->rest.cancel();
    idle.pop_back();
  } else if (lines < settings.connections_max) {
    ++lines;
    auto line = std::make_shared<Line>(io, settings.header_bytes_max + piece_bytes);
    asio::co_spawn(io, carry(std::move(line)), asio::detached);
  }
}

asio::awaitable<void> HostClient::State::carry(LineRef line) {
  for (;;) {
    if (waiting.empty()) {
      const bool needed = co_await rest(line);
      if (!needed) break;
      continue;
    }
    const JobRef job = std::move(waiting.front());
    waiting.pop_front();
    if (!job->over()) co_await serve(line, job);
  }
  line->close();
  --lines;
}

// False: nobody has needed it for long.
asio::awaitable<bool> HostClient::State::rest(LineRef line) {
  line->woken = false;
  idle.push_back(line);
  line->rest.expires_after(std::chrono::milliseconds(settings.idle_ms));
  co_await line->rest.async_wait(quietly);
  if (line->woken) co_return true;
  std::erase(idle, line);
  co_return false;
}

asio::awaitable<Result<void>> HostClient::State::open(LineRef line, JobRef job) {
  if (line->open && line->quiet()) co_return Result<void>();
  line->close();
  line->buffer.clear();
  line->stream.emplace(io, outbound.trust());
  const WebOrigin& origin = settings.origin;
  const std::function<bool()> over = [job] { return job->over(); };
  Result<void> ready = co_await outbound.connect(line->stream->next_layer(), origin, over);
  if (ready && origin.tls) ready = co_await outbound.greet(*line->stream, origin.host);
  line->open = ready.has_value() && !job->over();
  co_return ready;
}

asio::awaitable<void> HostClient::State::serve(LineRef line, JobRef job) {
  job->line = line;
  const Result<void> ready = co_await open(line, job);
  if (!ready) {
    job->settle(ready.error());
  } else if (!job->over()) {
    if (settings.origin.tls) {
      job->settle(co_await talk(*line->stream, *line, *job));
    } else {
      job->settle(co_await talk(line->stream->next_layer(), *line, *job));
    }
  }
  job->line.reset();
}

template <class Stream>
asio::awaitable<Result<HostAnswer>> HostClient::State::talk(Stream& stream, Line& line, Job& job) {
  http::request<http::string_body> out(http::string_to_verb(job.request.method), job.request.target,
                                       11);
  out.set(http::field::host, host_header_of(settings.origin));
  for (const auto& [name, value] : job.request.headers) out.set(name, value);
  out.body() = std::move(job.request.body);
  out.prepare_payload();
  // From here on: the clock may strike when all has left and we have not been told yet.
  job.written = true;
  const auto [unsent, sent] = co_await http::async_write(stream, out, quietly);
  if (unsent) {
    job.written = false;
    co_return fault_of(unsent);
  }
  co_return co_await read(stream, line, job);
}

template <class Stream>
asio::awaitable<Result<HostAnswer>> HostClient::State::read(Stream& stream, Line& line, Job& job) {
  http::response_parser<http::buffer_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(settings.header_bytes_max));
  parser.body_limit(std::max(job.bytes_max, settings.body_bytes_max));
  const auto [unread, count] =
      co_await http::async_read_header(stream, line.buffer, parser, quietly);
  if (unread) co_return fault_of(unread);
  HostAnswer answer;
  answer.status = static_cast<int>(parser.get().result_int());
  if (answer.status < 200) co_return Fault::unreadable;
  answer.retry_after = parser.get()[http::field::retry_after];
  answer.content_type = parser.get()[http::field::content_type];
  const bool sinks = job.sink && answer.status < 300;
  std::size_t left = sinks ? job.bytes_max : settings.body_bytes_max;
  while (!parser.is_done()) {
    parser.get().body().data = line.piece.data();
    parser.get().body().size = line.piece.size();
    const auto [broken, ignored] = co_await http::async_read(stream, line.buffer, parser, quietly);
    if (broken && broken != http::error::need_buffer) co_return fault_of(broken);
    const std::size_t got = line.piece.size() - parser.get().body().size;
    if (job.over()) co_return Fault::timed_out;  // nobody may be called any more
    if (got > left) co_return Fault::unreadable;
    left -= got;
    const std::string_view bytes(line.piece.data(), got);
    if (!sinks) {
      answer.body += bytes;
    } else if (!bytes.empty() && !job.sink(bytes)) {
      co_return Fault::refused;
    }
  }
  if (!parser.keep_alive()) line.close();
  co_return answer;
}

WebRequest json_post(std::string target, std::string body) {
  WebRequest request;
  request.method = "POST";
  request.target = std::move(target);
  request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
  request.body = std::move(body);
  return request;
}

HostClient::HostClient(HostSettings settings, std::string& error)
    : state_(std::make_unique<State>(std::move(settings))) {
  error = state_->outbound.take_certificates(state_->settings.certificates);
  state_->thread = std::thread([this] { state_->io.run(); });
}

std::unique_ptr<HostClient> HostClient::open(const std::string& url, HostSettings settings,
                                             std::string& error) {
  const auto address = parse_web_address(url);
  if (!address) {
    error = url + ": https://host is wanted";
    return nullptr;
  }
  if (!address->origin.tls && !is_loopback(address->origin.host)) {
    error = url + ": https is wanted: it would carry tokens for all to read";
    return nullptr;
  }
  settings.origin = address->origin;
  settings.guard = guard_for(address->origin.host);
  auto client = std::make_unique<HostClient>(std::move(settings), error);
  if (!error.empty()) return nullptr;
  client->state_->base = address->target + (address->target.back() == '/' ? "" : "/");
  return client;
}

HostClient::~HostClient() {
  stop();
}

void HostClient::ask(WebRequest request, std::int64_t ms_max, Done done) {
  download(std::move(request), ms_max, 0, nullptr, std::move(done));
}

void HostClient::download(WebRequest request, std::int64_t ms_max, std::size_t bytes_max, Sink sink,
                          Done done) {
  auto job = std::make_shared<Job>(state_->io);
  job->request = std::move(request);
  job->bytes_max = bytes_max;
  job->sink = std::move(sink);
  job->done = std::move(done);
  asio::post(state_->io, [state = state_.get(), job, ms_max] { state->take(job, ms_max); });
}

void HostClient::nudge(WebRequest request) {
  State* const state = state_.get();
  if (++state->nudges > nudges_max) {
    --state->nudges;
    return;
  }
  ask(std::move(request), nudge_ms_max, [state](const HostOutcome&) { --state->nudges; });
}

const WebOrigin& HostClient::origin() const {
  return state_->settings.origin;
}

const std::string& HostClient::base() const {
  return state_->base;
}

void HostClient::after(std::int64_t ms, std::function<void()> work) {
  auto timer = std::make_shared<asio::steady_timer>(state_->io, std::chrono::milliseconds(ms));
  timer->async_wait([timer, work = std::move(work)](error_code error) {
    if (!error) work();
  });
}

Later HostClient::later() {
  return [this](std::int64_t ms, std::function<void()> work) { after(ms, std::move(work)); };
}

void HostClient::stop() {
  State& state = *state_;
  if (!state.thread.joinable()) return;
  state.io.stop();
  state.thread.join();
  state.outbound.stop();
}

}  // namespace alur::adapters
