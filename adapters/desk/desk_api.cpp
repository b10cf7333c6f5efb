#include "adapters/desk/desk_api.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "adapters/desk/ask_thread.hpp"
#include "adapters/desk/cookie.hpp"
#include "adapters/desk/desk_replies.hpp"
#include "adapters/desk/sent_file.hpp"
#include "adapters/http/json_text.hpp"
#include "engine/ports/file_type.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::size_t word_bytes_max = 512;
constexpr std::size_t audit_rows = 100;

ApiAnswer refuse_for(AccessFault fault) {
  return refuse_with(http_status(fault), to_text(fault));
}

ApiAnswer refuse_for(ports::StaffFault fault) {
  switch (fault) {
    case ports::StaffFault::gone:
      return refuse_with(404, "gone");
    case ports::StaffFault::full:
      return refuse_with(409, "full");
    default:
      return refuse_with(503, "unavailable");
  }
}

int status_of(ports::FileFault fault) {
  switch (fault) {
    case ports::FileFault::too_large:
      return 413;
    case ports::FileFault::not_taken:
      return 415;
    case ports::FileFault::too_many:
      return 429;
    case ports::FileFault::no_room:
      return 507;
    case ports::FileFault::unavailable:
      break;
  }
  return 503;
}

// An object; empty for what is none, so that what is wanted of it is missing.
json::object object_of(const std::string& body) {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  return !error && value.is_object() ? std::move(value.get_object()) : json::object();
}

std::string word(const json::object& object, const char* name) {
  return text_of(object, name, word_bytes_max).value_or("");
}

std::string query_word(const std::string& query, std::string_view name) {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) == name && equals < pair.size()) {
      return decode_percent(pair.substr(equals + 1));
    }
  }
  return {};
}

std::uint64_t number_of(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::object to_json(const ports::Account& account) {
  return {{"name", account.name},
          {"full_name", account.full_name},
          {"role", ports::to_text(account.role)},
          {"agent", account.agent},
          {"queues", json::array(account.queues.begin(), account.queues.end())},
          {"units", account.units},
          {"disabled", account.disabled},
          {"code", !account.code_secret.empty()}};
}

// False: something in it is not what it can be.
bool read_queues(const json::value& value, AccountChange& change) {
  if (!value.is_array()) return false;
  std::vector<std::string> queues;
  for (const json::value& one : value.get_array()) {
    if (!one.is_string()) return false;
    queues.emplace_back(one.get_string());
  }
  change.queues = std::move(queues);
  return true;
}

bool read_change(const json::object& object, AccountChange& change) {
  if (object.contains("full_name")) change.full_name = word(object, "full_name");
  if (object.contains("role")) {
    change.role = ports::to_role(word(object, "role"));
    if (!change.role) return false;
  }
  if (const json::value* queues = object.if_contains("queues")) {
    if (!read_queues(*queues, change)) return false;
  }
  if (const json::value* units = object.if_contains("units")) {
    if (!units->is_int64() || units->get_int64() < 0 || units->get_int64() > 100'000) return false;
    change.units = static_cast<std::int32_t>(units->get_int64());
  }
  if (const json::value* disabled = object.if_contains("disabled")) {
    if (!disabled->is_bool()) return false;
    change.disabled = disabled->get_bool();
  }
  const json::value* codes = object.if_contains("drop_codes");
  change.drop_codes = codes && codes->is_bool() && codes->get_bool();
  return true;
}

// RFC 6266, with the name as RFC 8187 spells it, so that no name can end the header.
std::string disposition_of(const ports::FileType& type, const std::string& name) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out = type.kind == value::MediaKind::image ? "inline" : "attachment";
  out += "; filename*=UTF-8''";
  std::string cleaned = ports::clean_file_name(name);
  if (cleaned.empty()) cleaned = "file." + std::string(type.ending);
  for (const char c : cleaned) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '.' || c == '-' || c == '_';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

bool is_true(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace

ApiAnswer refuse_with(int status, std::string_view word) {
  return {status, R"({"error":)" + quoted(word) + "}"};
}

std::optional<Entered> DeskApi::admit(const ApiRequest& request, ApiAnswer& answer) {
  const RouteAbout& route = about(request.to.route);
  auto who = parts_.accounts->find(request.cookie, parts_.clock->now());
  if (!who) {
    answer = refuse_with(http_status(who.error()), to_text(who.error()));
    return std::nullopt;
  }
  const bool changes = route.method != "GET";
  if (changes && !is_page_token(request.cookie, request.token)) {
    answer = refuse_with(403, "token");
    return std::nullopt;
  }
  if (!route.action || !may(who->account.role, *route.action)) {
    answer = refuse_with(403, "not_allowed");
    return std::nullopt;
  }
  return *who;
}

DeskApi::DeskApi(DeskParts parts, DeskFloor& floor, DeskThreads threads, const AuditKey* key,
                 std::uint64_t file_bytes_max)
    : parts_(parts),
      floor_(floor),
      threads_(std::move(threads)),
      shelf_(*parts.store, *parts.runtime, parts.find_tickets),
      finder_(parts_, floor_, threads_, shelf_),
      watch_(key),
      room_(file_bytes_max) {}

template <class Ask>
auto DeskApi::on_floor(Ask ask) {
  return ask_thread(threads_.loop, std::move(ask));
}

template <class Ask>
auto DeskApi::on_shelf(Ask ask) {
  return ask_thread(threads_.shelf, std::move(ask));
}

ApiAnswer DeskApi::answer(const ApiRequest& request) {
  switch (request.to.route) {
#define ROUTE(name, method, path, action, bytes)
#define OPEN_ROUTE(name, method, path, bytes) \
  case Route::name:                           \
    return name(request);
#include "adapters/desk/routes.def"
    default:
      break;
  }
  ApiAnswer refused;
  const auto who = admit(request, refused);
  if (!who) return refused;
  switch (request.to.route) {
#define ROUTE(name, method, path, action, bytes) \
  case Route::name:                              \
    return name(request, *who);
#include "adapters/desk/routes.def"
    default:
      return refuse_with(404, "gone");
  }
}

// --- coming in

ApiAnswer DeskApi::let_in(const Entered& who) {
  return {200, R"({"me":)" + me_text(who.account) + R"(,"token":)" + quoted(who.page_token) + "}"};
}

ApiAnswer DeskApi::sign_in(const ApiRequest& request) {
  const json::object body = object_of(request.body);
  const auto who =
      parts_.accounts->sign_in(word(body, "name"), word(body, "password"), word(body, "code"),
                               request.counted, parts_.clock->now());
  if (!who) return refuse_for(who.error());
  ApiAnswer answer = let_in(*who);
  answer.set_cookie = to_set_cookie(who->secret);
  return answer;
}

ApiAnswer DeskApi::first(const ApiRequest& request) {
  const json::object body = object_of(request.body);
  const auto made =
      parts_.accounts->make_first(word(body, "link"), word(body, "name"), word(body, "full_name"),
                                  word(body, "password"), parts_.clock->now());
  if (!made) return refuse_for(made.error());
  floor_.accounts_changed();
  return {};
}

ApiAnswer DeskApi::link(const ApiRequest& request) {
  const json::object body = object_of(request.body);
  const auto used =
      parts_.accounts->use_link(word(body, "link"), word(body, "password"), parts_.clock->now());
  if (!used) return refuse_for(used.error());
  floor_.accounts_changed();
  return {};
}

ApiAnswer DeskApi::me(const ApiRequest&, const Entered& who) {
  return let_in(who);
}

ApiAnswer DeskApi::sign_out(const ApiRequest&, const Entered& who) {
  const auto out = parts_.accounts->sign_out(who.secret, parts_.clock->now());
  if (!out) return refuse_for(out.error());
  threads_.loop([this, secret = who.secret] { floor_.end_sign_in(secret, "signed_out"); });
  return {200, "{}", to_clear_cookie(), "application/json", {}};
}

ApiAnswer DeskApi::password(const ApiRequest& request, const Entered& who) {
  const json::object body = object_of(request.body);
  const auto set = parts_.accounts->set_password(who, word(body, "old"), word(body, "new"),
                                                 request.counted, parts_.clock->now());
  return set ? ApiAnswer{} : refuse_for(set.error());
}

ApiAnswer DeskApi::code(const ApiRequest& request, const Entered& who) {
  const json::object body = object_of(request.body);
  const std::string wanted = word(body, "do");
  const value::Instant now = parts_.clock->now();
  if (wanted == "begin") {
    const auto offer = parts_.accounts->offer_codes(who, now);
    if (!offer) return refuse_for(offer.error());
    return {200, json::serialize(json::object{{"secret", offer->secret}, {"uri", offer->uri}})};
  }
  AccessResult<void> done = AccessFault::wrong;
  if (wanted == "confirm") {
    done = parts_.accounts->confirm_codes(who, word(body, "code"), now);
  } else if (wanted == "off") {
    done = parts_.accounts->drop_codes(who, word(body, "password"), request.counted, now);
  } else {
    return refuse_with(400, "unknown");
  }
  if (!done) return refuse_for(done.error());
  floor_.accounts_changed();
  return {};
}

// --- conversations

ApiAnswer DeskApi::search(const ApiRequest& request, const Entered& who) {
  DeskFloor::Search search;
  search.text = query_word(request.query, "text");
  search.queue = query_word(request.query, "queue");
  search.owner = query_word(request.query, "owner");
  search.channel = query_word(request.query, "channel");
  search.only = query_word(request.query, "only");
  search.before = query_word(request.query, "before");
  search.agent = static_cast<desk::AgentId>(number_of(query_word(request.query, "agent")));
  DeskFinder::Answer found = finder_.find(who.account, search);
  if (found.refused == "too_long") return refuse_with(400, found.refused);
  if (found.refused == "too_many") return refuse_with(429, found.refused);
  if (!found.refused.empty()) return refuse_with(503, found.refused);
  return {200, std::move(found.body)};
}

ApiAnswer DeskApi::read(const ApiRequest& request, const Entered& who) {
  const auto citizen = to_citizen(request.to.pieces[0]);
  if (!citizen) return refuse_with(404, "gone");
  struct Known {
    bool may = false;
    DeskShelf::Known beside;
    std::string row;
    std::shared_ptr<const NameTable> names;
  };
  const Known known = on_floor([this, account = who.account, citizen = *citizen] {
    return Known{floor_.may_look(account, citizen), floor_.known_of(citizen),
                 floor_.row_text(citizen), floor_.names()};
  });
  if (!known.may) return refuse_with(403, "not_allowed");
  const auto noted =
      parts_.accounts->note(parts_.clock->now(), who.account.name, Action::open, *citizen);
  if (!noted) return refuse_for(noted.error());
  const std::uint64_t before = number_of(query_word(request.query, "before"));
  struct Read {
    std::optional<DeskShelf::Page> page;
    std::optional<std::string> panel;
  };
  const Read read = on_shelf([&] {
    const DeskNames names = names_of(known.names);
    return Read{shelf_.lines(*citizen, before, names), shelf_.panel(known.beside, *citizen, names)};
  });
  if (!read.page || !read.panel) return refuse_with(503, "unavailable");
  return {200, R"({"row":)" + known.row + R"(,"lines":)" + read.page->lines + R"(,"panel":)" +
                   *read.panel + R"(,"more":)" + (read.page->more ? "true" : "false") + "}"};
}

// --- files

// A picture is shown as one, all else is a download; what it is, its content says.
ApiAnswer DeskApi::file(const ApiRequest& request, const Entered& who) {
  const auto citizen = to_citizen(request.to.pieces[0]);
  const std::uint64_t number = number_of(request.to.pieces[1]);
  if (!citizen || number == 0 || !parts_.files) return refuse_with(404, "gone");
  const bool may = on_floor(
      [this, account = who.account, key = *citizen] { return floor_.may_look(account, key); });
  if (!may) return refuse_with(403, "not_allowed");
  const auto noted =
      parts_.accounts->note(parts_.clock->now(), who.account.name, Action::fetch_file, *citizen);
  if (!noted) return refuse_for(noted.error());
  const auto line = on_shelf([&] { return shelf_.line(*citizen, number); });
  auto content = line && line->media ? parts_.files->read(line->media->source) : std::nullopt;
  const ports::FileType* type = content ? ports::type_of_content(*content) : nullptr;
  if (!type) return refuse_with(404, "gone");
  ApiAnswer answer;
  answer.held = room_.take(content->size());
  if (!answer.held) return refuse_with(503, "unavailable");
  answer.body = std::move(*content);
  answer.type = type->mime;
  answer.disposition = disposition_of(*type, line->media->file_name);
  return answer;
}

// Kept before it is said: the page says it by the name that it is answered.
ApiAnswer DeskApi::send_file(const ApiRequest& request, const Entered& who) {
  const auto citizen = to_citizen(request.to.pieces[0]);
  if (!citizen) return refuse_with(404, "gone");
  const ports::FileType* type = ports::type_of_content(request.body);
  const std::string_view unfit =
      on_floor([this, account = who.account, key = *citizen, type]() -> std::string_view {
        if (!floor_.owns(account, key)) return "not_owner";
        return floor_.fault_of_file(key, type ? type->mime : "");
      });
  if (unfit == "not_owner") return refuse_with(409, unfit);
  if (!unfit.empty()) return refuse_with(unfit == "unavailable" ? 503 : 415, unfit);
  const value::Instant now = parts_.clock->now();
  const auto kept =
      keep_sent_file(*parts_.files, request.body, request.name, who.account.agent, *citizen, now);
  if (!kept) return refuse_with(status_of(kept.error()), to_text(kept.error()));
  const auto noted = parts_.accounts->note(now, who.account.name, Action::send_file, *citizen);
  if (!noted) return refuse_for(noted.error());
  return {200, R"({"file":)" + quoted(*kept) + "}"};
}

// --- replies that are kept ready

ApiAnswer DeskApi::replies(const ApiRequest&, const Entered&) {
  const auto rows = parts_.staff->replies();
  if (!rows) return refuse_for(rows.error());
  return {200, R"({"replies":)" + replies_text(*rows) + "}"};
}

ApiAnswer DeskApi::set_reply(const ApiRequest& request, const Entered& who) {
  auto reply = to_reply(request.to.pieces[0], request.body);
  if (!reply) return refuse_with(400, "unknown");
  const ports::StaffChange group[] = {
      ports::ReplySet{*reply}, to_note(parts_.clock->now(), who.account.name, Action::set_reply, 0,
                                       "wrote " + reply->shortcut)};
  if (const auto set = parts_.staff->commit(group); !set) return refuse_for(set.error());
  floor_.replies_changed();
  return {};
}

ApiAnswer DeskApi::drop_reply(const ApiRequest& request, const Entered& who) {
  const std::string& shortcut = request.to.pieces[0];
  const ports::StaffChange group[] = {
      ports::ReplyRemoved{shortcut},
      to_note(parts_.clock->now(), who.account.name, Action::set_reply, 0, "removed " + shortcut)};
  if (const auto gone = parts_.staff->commit(group); !gone) return refuse_for(gone.error());
  floor_.replies_changed();
  return {};
}

// --- accounts

ApiAnswer DeskApi::users(const ApiRequest&, const Entered&) {
  const auto accounts = parts_.accounts->list();
  if (!accounts) return refuse_for(accounts.error());
  json::array all;
  for (const ports::Account& one : *accounts) all.push_back(to_json(one));
  return {200, json::serialize(json::object{{"users", std::move(all)}})};
}

ApiAnswer DeskApi::add_user(const ApiRequest& request, const Entered& who) {
  const json::object body = object_of(request.body);
  AccountChange change;
  if (!read_change(body, change)) return refuse_with(400, "bad_account");
  const value::Instant now = parts_.clock->now();
  const auto added = parts_.accounts->add(word(body, "name"), change, who.account.name, now);
  if (!added) return refuse_for(added.error());
  floor_.accounts_changed();
  const auto link = parts_.accounts->make_link(added->name, who.account.name, now);
  if (!link) return refuse_for(link.error());
  return {200, json::serialize(json::object{{"password_link", *link}})};
}

ApiAnswer DeskApi::set_user(const ApiRequest& request, const Entered& who) {
  const json::object body = object_of(request.body);
  AccountChange change;
  if (!read_change(body, change)) return refuse_with(400, "bad_account");
  const value::Instant now = parts_.clock->now();
  const std::string& name = request.to.pieces[0];
  const auto changed = parts_.accounts->change(name, change, who.account.name, now);
  if (!changed) return refuse_for(changed.error());
  floor_.accounts_changed();
  if (!is_true(body, "reset")) return {};
  const auto link = parts_.accounts->make_link(name, who.account.name, now);
  if (!link) return refuse_for(link.error());
  return {200, json::serialize(json::object{{"password_link", *link}})};
}

// --- the audit

ApiAnswer DeskApi::audit(const ApiRequest& request, const Entered& who) {
  ports::AuditQuery query;
  query.before = number_of(query_word(request.query, "before"));
  query.by = query_word(request.query, "by");
  query.citizen = to_citizen(query_word(request.query, "citizen")).value_or(0);
  query.rows_max = audit_rows;
  const auto noted =
      parts_.accounts->note(parts_.clock->now(), who.account.name, Action::see_audit);
  if (!noted) return refuse_for(noted.error());
  const auto rows = parts_.staff->audit(query);
  if (!rows) return refuse_for(rows.error());
  json::array all;
  for (const ports::AuditRow& row : *rows) {
    json::object one{{"count", row.count},
                     {"at", row.at.milliseconds},
                     {"by", row.by},
                     {"did", row.did},
                     {"detail", row.detail}};
    if (row.citizen != 0) one["citizen"] = to_citizen_text(row.citizen);
    all.push_back(std::move(one));
  }
  const std::lock_guard lock(watching_);
  const auto verdict = watch_.go_on(*parts_.staff);
  if (!verdict) return refuse_for(verdict.error());
  json::object out{{"rows", std::move(all)}, {"whole", verdict->whole()}};
  return {200, json::serialize(out)};
}

}  // namespace alur::adapters
