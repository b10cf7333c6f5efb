#include "tests/adapters/telegram/fake_telegram.hpp"

#include "tests/patience.hpp"

namespace alur::tests {
namespace {

std::int64_t offset_of(const std::string& body) {
  const std::size_t at = body.find("\"offset\":");
  return at == body.npos ? 0 : std::stoll(body.substr(at + 9));
}

}  // namespace

std::int64_t FakeTelegram::tell(const std::string& members) {
  const std::lock_guard lock(mutex_);
  updates_[next_] = "{\"update_id\":" + std::to_string(next_) + "," + members + "}";
  return next_++;
}

void FakeTelegram::answer(const std::string& method, FakeGraph::Reply reply) {
  const std::lock_guard lock(mutex_);
  answers_[method] = std::move(reply);
}

std::vector<std::string> FakeTelegram::asked(const std::string& method) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> bodies;
  for (const auto& [name, body] : asked_) {
    if (name == method) bodies.push_back(body);
  }
  return bodies;
}

std::vector<std::string> FakeTelegram::wait_for(const std::string& method,
                                                std::size_t count) const {
  comes([&] { return asked(method).size() >= count; });
  return asked(method);
}

bool FakeTelegram::wait_until_confirmed() const {
  return comes([&] {
    const std::lock_guard lock(mutex_);
    return updates_.empty();
  });
}

FakeGraph::Reply FakeTelegram::serve(const FakeGraph::Request& request) {
  const std::string prefix = std::string("/bot") + token + "/";
  if (request.target.compare(0, prefix.size(), prefix) != 0) {
    ++wrong_tokens_;
    return bot_error(401);
  }
  const std::string method = request.target.substr(prefix.size());
  const std::lock_guard lock(mutex_);
  asked_.emplace_back(method, request.body);
  const auto said = answers_.find(method);
  if (said != answers_.end()) return said->second;
  if (method == "getUpdates") return fetch(request.body);
  return json_reply(200, R"({"ok":true,"result":true})");
}

// With nothing to bring it is as if its time were up.
FakeGraph::Reply FakeTelegram::fetch(const std::string& body) {
  updates_.erase(updates_.begin(), updates_.lower_bound(offset_of(body)));
  std::string result;
  for (const auto& [id, update] : updates_) result += (result.empty() ? "" : ",") + update;
  return json_reply(200, "{\"ok\":true,\"result\":[" + result + "]}");
}

FakeGraph::Reply bot_error(int status, const std::string& more) {
  return json_reply(status, "{\"ok\":false,\"error_code\":" + std::to_string(status) +
                                ",\"description\":\"of secret words\"" + more + "}");
}

}  // namespace alur::tests
