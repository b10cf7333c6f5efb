// The floor under a durable turn: the same work with nothing around it. A Beast request, the same
// JSON read and written, a switch for the conversation, and the same rows in SQLite, grouped alike
// on a thread of their own; 200 after the commit. Messages are handed out by the same fetching.
//
//   serve_floor PORT STORE
#include <sqlite3.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace json = boost::json;
using asio::ip::tcp;

constexpr std::size_t group_max = 64;
// What a conversation of tests/engine/runtime/small_service.hpp says, turn by turn.
constexpr const char* menu =
    R"(maju is on the list. What would you like?","choices":[{"tap":"2-1abcdef","label":"Ticket"},)"
    R"({"tap":"2-2abcdef","label":"Wait"},{"tap":"2-3abcdef","label":"Person"},)"
    R"({"tap":"2-4abcdef","label":"Nothing"}])";
const std::vector<std::string> words[] = {
    {"Welcome to the register.\"", "Which company shall I look up?\""},
    {menu},
    {"Nobody is here.\"", menu},
    {"Goodbye.\""}};

class Connection;

struct Turn {
  std::int64_t citizen = 0;
  std::int64_t message = 0;
  std::string session, journal;
  std::vector<std::string> outbox;
  std::shared_ptr<Connection> answer_to;
  std::vector<std::int64_t> sent;  // rows that go
};

// The rows of a turn, as alur's store has them.
class Rows {
 public:
  explicit Rows(const char* path) {
    sqlite3_open(path, &db_);
    for (const char* sql :
         {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-32768",
          "PRAGMA wal_autocheckpoint=8000",
          "CREATE TABLE IF NOT EXISTS session(id INTEGER PRIMARY KEY, due INTEGER, body BLOB)",
          "CREATE TABLE IF NOT EXISTS journal(id INTEGER PRIMARY KEY, citizen INTEGER, body BLOB)",
          "CREATE TABLE IF NOT EXISTS outbox(id INTEGER PRIMARY KEY, citizen INTEGER, body "
          "BLOB)"}) {
      sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
    }
    session_ = prepare(
        "INSERT INTO session VALUES(?,?,?) ON CONFLICT(id) DO UPDATE SET "
        "due=excluded.due, body=excluded.body");
    journal_ = prepare("INSERT INTO journal(citizen, body) VALUES(?,?)");
    outbox_ = prepare("INSERT INTO outbox VALUES(?,?,?)");
    sent_ = prepare("DELETE FROM outbox WHERE id=?");
  }

  void commit(const std::vector<Turn>& group) {
    sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (const Turn& turn : group) {
      for (const std::int64_t id : turn.sent) {
        sqlite3_bind_int64(sent_, 1, id);
        step(sent_);
      }
      if (turn.session.empty()) continue;
      sqlite3_bind_int64(session_, 1, turn.citizen);
      sqlite3_bind_int64(session_, 2, turn.message);
      bind(session_, 3, turn.session);
      sqlite3_bind_int64(journal_, 1, turn.citizen);
      bind(journal_, 2, turn.journal);
      for (sqlite3_stmt* one : {session_, journal_}) step(one);
      for (std::size_t i = 0; i < turn.outbox.size(); ++i) {
        sqlite3_bind_int64(outbox_, 1, turn.message + static_cast<std::int64_t>(i));
        sqlite3_bind_int64(outbox_, 2, turn.citizen);
        bind(outbox_, 3, turn.outbox[i]);
        step(outbox_);
      }
    }
    sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr);
  }

 private:
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return statement;
  }
  static void bind(sqlite3_stmt* statement, int at, const std::string& bytes) {
    sqlite3_bind_blob(statement, at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  static void step(sqlite3_stmt* statement) {
    sqlite3_step(statement);
    sqlite3_reset(statement);
  }
  sqlite3* db_ = nullptr;
  sqlite3_stmt *session_, *journal_, *outbox_, *sent_;
};

struct Service {
  asio::io_context io{1};
  std::mutex mutex;
  std::condition_variable work;
  std::deque<Turn> queue;
  std::unordered_map<std::string, int> steps;
  std::deque<std::pair<std::int64_t, std::string>> unsent;
  std::int64_t messages = 0;

  void push(Turn turn) {
    {
      const std::lock_guard lock(mutex);
      queue.push_back(std::move(turn));
    }
    work.notify_one();
  }
  void run_commits(const char* path);
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Service& service)
      : socket_(std::move(socket)), service_(service) {}

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                       if (!error) self->respond();
                     });
  }

  void write(std::string body) {
    response_ = {http::status::ok, 11};
    response_.keep_alive(true);
    response_.body() = std::move(body);
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                        if (!error) self->read();
                      });
  }

 private:
  void respond() {
    if (request_.method() == http::verb::get) return fetch();
    const json::value value = json::parse(request_.body());
    const std::string from = value.at("from").as_string().c_str();
    const int step = service_.steps[from]++ % 4;
    Turn turn;
    turn.citizen = static_cast<std::int64_t>(std::hash<std::string>()(from) >> 1);
    turn.message = service_.messages + 1;
    turn.session = std::string(330, 's');
    turn.journal = request_.body();
    turn.outbox = words[step];
    for (const std::string& text : words[step]) turn.journal += text;  // what was said is kept
    turn.answer_to = shared_from_this();
    for (const std::string& text : words[step]) {
      const std::int64_t id = ++service_.messages;
      service_.unsent.emplace_back(id, "{\"id\":\"" + std::to_string(id) + "\",\"to\":\"" + from +
                                           "\",\"text\":\"" + text + "}");
    }
    service_.push(std::move(turn));
  }

  // The rows of what was fetched go.
  void fetch() {
    std::string body = "{\"messages\":[";
    Turn gone;
    for (int i = 0; i < 1'000 && !service_.unsent.empty(); ++i) {
      body += (i > 0 ? "," : "") + service_.unsent.front().second;
      gone.sent.push_back(service_.unsent.front().first);
      service_.unsent.pop_front();
    }
    if (!gone.sent.empty()) service_.push(std::move(gone));
    write(body + "]}");
  }

  tcp::socket socket_;
  Service& service_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

void Service::run_commits(const char* path) {
  Rows rows(path);
  std::unique_lock lock(mutex);
  for (;;) {
    work.wait(lock, [this] { return !queue.empty(); });
    auto group = std::make_shared<std::vector<Turn>>();
    while (!queue.empty() && group->size() < group_max) {
      group->push_back(std::move(queue.front()));
      queue.pop_front();
    }
    lock.unlock();
    rows.commit(*group);
    asio::post(io, [group] {
      for (const Turn& turn : *group) {
        if (turn.answer_to) turn.answer_to->write("{\"verdict\":\"accepted\"}");
      }
    });
    lock.lock();
  }
}

void accept(tcp::acceptor& acceptor, Service& service) {
  acceptor.async_accept([&](boost::system::error_code error, tcp::socket socket) {
    if (!error) {
      socket.set_option(tcp::no_delay(true));
      std::make_shared<Connection>(std::move(socket), service)->read();
    }
    accept(acceptor, service);
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  Service service;
  tcp::acceptor acceptor(service.io, {asio::ip::address_v4::loopback(),
                                      static_cast<std::uint16_t>(std::atoi(argv[1]))});
  std::thread commits([&] { service.run_commits(argv[2]); });
  accept(acceptor, service);
  service.io.run();
  commits.join();
}
