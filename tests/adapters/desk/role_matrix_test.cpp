// Every request and every message of the socket, as every role: what roles.def allows is taken, and
// all else is refused. The table of routes.def makes the list: what is not in it is not taken, and
// what is in it cannot be left out here.
#include <gtest/gtest.h>

#include "adapters/desk/route.hpp"
#include "adapters/desk/wish.hpp"
#include "tests/adapters/desk/running_desk.hpp"

namespace alur::tests {
namespace {

using adapters::Action;
using ports::Role;

struct Asked {
  const char* name;
  const char* method;
  const char* path;
  Action action;
};

constexpr Asked routes[] = {
#define ROUTE(name, method, path, action, bytes) {#name, method, path, Action::action},
#include "adapters/desk/routes.def"
};

struct Wanted {
  const char* name;
  Action action;
  const char* fields;
};

constexpr Wanted wishes[] = {
#define WISH(name, action, fields) {#name, Action::action, fields},
#include "adapters/desk/routes.def"
};

// With something in each `*`.
std::string path_of(const Asked& route) {
  std::string path = route.path;
  for (std::size_t at; (at = path.find('*')) != std::string::npos;) {
    path.replace(at, 1, "00000000000000ab");
  }
  return path;
}

json::object wish_of(const Wanted& wanted) {
  json::object wish{{"do", wanted.name}};
  const std::string fields = std::string(" ") + wanted.fields + " ";
  const auto has = [&](const char* name) {
    return fields.find(std::string(" ") + name + " ") != std::string::npos;
  };
  if (has("citizen")) wish["citizen"] = "00000000000000ab";
  if (has("epoch")) wish["epoch"] = "1";
  if (has("to_agent")) wish["to_agent"] = 1;
  if (has("before")) wish["before"] = 1;
  for (const char* text : {"key", "text", "template", "presence", "code"}) {
    if (has(text)) wish[text] = "x";
  }
  return wish;
}

TEST(RoleMatrix, RequestsAreTakenAsTheTableSays) {
  RunningDesk desk;
  for (const Role role : ports::all_roles) {
    const auto who = desk.enter(std::string(to_text(role)), role);
    for (const Asked& route : routes) {
      if (route.action == Action::sign_out) continue;  // the last of all
      const bool has_body = std::string_view(route.method) != "GET";
      const HttpSaid said =
          desk.ask(route.method, path_of(route), who.secret, who.page_token, has_body ? "{}" : "");
      const bool refused = said.status == 403 && text_in(said.object(), "error") == "not_allowed";
      // Of a conversation that nobody knows, an agent may see nothing, whatever the role.
      const bool of_conversation =
          route.action == Action::open || route.action == Action::fetch_file;
      const bool may = adapters::may(role, route.action);
      if (!may || !of_conversation) {
        EXPECT_EQ(refused, !may) << to_text(role) << " " << route.name << " " << said.status << " "
                                 << said.body;
      }
      EXPECT_NE(said.status, 0) << route.name;
      EXPECT_LT(said.status, 500 + 4) << route.name;
    }
    for (const Asked& route : routes) {
      if (route.action != Action::sign_out) continue;
      EXPECT_EQ(desk.ask(route.method, path_of(route), who.secret, who.page_token, "{}").status,
                200);
      EXPECT_EQ(desk.ask("GET", "/api/me", who.secret).status, 401);
    }
  }
}

TEST(RoleMatrix, NothingIsTakenOfWhoIsNotSignedIn) {
  RunningDesk desk;
  const auto who = desk.enter("ani", Role::administrator);
  for (const Asked& route : routes) {
    const bool changes = std::string_view(route.method) != "GET";
    const std::string body = changes ? "{}" : "";
    EXPECT_EQ(desk.ask(route.method, path_of(route), "", "", body).status, 401) << route.name;
    if (!changes) continue;
    EXPECT_EQ(desk.ask(route.method, path_of(route), who.secret, "", body).body,
              R"({"error":"token"})")
        << route.name;
    EXPECT_EQ(desk.ask(route.method, path_of(route), who.secret, who.page_token, body,
                       {"Origin: https://evil.example", "Content-Type: application/json"})
                  .body,
              R"({"error":"origin"})")
        << route.name;
  }
}

TEST(RoleMatrix, MessagesAreTakenAsTheTableSays) {
  RunningDesk desk;
  for (const Role role : ports::all_roles) {
    DeskPage page(desk.port(), desk.enter(std::string(to_text(role)), role).secret);
    ASSERT_EQ(page.open(), 101) << to_text(role);
    for (const Wanted& wanted : wishes) {
      const std::string answer = page.wants(wish_of(wanted));
      const bool may = adapters::may(role, wanted.action);
      if (!may) {
        EXPECT_EQ(answer, "not_allowed") << to_text(role) << " " << wanted.name;
      }
      // Nobody may look at a conversation that they do not see; supervisors see all.
      const bool of_conversation = wanted.action == Action::open || wanted.action == Action::note;
      if (may && !of_conversation) {
        EXPECT_NE(answer, "not_allowed") << to_text(role) << " " << wanted.name;
      }
      EXPECT_NE(answer, "") << to_text(role) << " " << wanted.name << " " << page.end;
    }
  }
}

TEST(RoleMatrix, WhatIsNotInTheTableIsNotTaken) {
  RunningDesk desk;
  const auto who = desk.enter("ani", Role::administrator);
  for (const char* path : {"/api/", "/api/x", "/api/me/x", "/api/users/a/b", "/api/../etc"}) {
    const HttpSaid said = desk.ask("GET", path, who.secret);
    EXPECT_TRUE(said.status == 404 || said.status == 400) << path << " " << said.status;
  }
  EXPECT_EQ(desk.ask("PUT", "/api/me", who.secret, who.page_token, "{}").status, 405);
  EXPECT_EQ(
      desk.ask("POST", "/api/password", who.secret, who.page_token, std::string(5'000, ' ')).status,
      413);
  EXPECT_EQ(desk.ask("POST", "/api/password", who.secret, who.page_token, "a=b",
                     {"Content-Type: application/x-www-form-urlencoded"})
                .status,
            415);
}

// Nothing is kept by browsers, run out of place, or shown in somebody's frame.
TEST(RoleMatrix, AnswersSayHowTheyAreToBeTaken) {
  RunningDesk desk;
  const auto who = desk.enter("ani", Role::agent);
  const std::string header = desk.ask("GET", "/api/me", who.secret).header;
  for (const char* line : {"Cache-Control: no-store", "X-Content-Type-Options: nosniff",
                           "Cross-Origin-Opener-Policy: same-origin", "frame-ancestors 'none'",
                           "require-trusted-types-for 'script'", "Referrer-Policy: no-referrer"}) {
    EXPECT_NE(header.find(line), std::string::npos) << line;
  }
}

TEST(RoleMatrix, SigningInGivesACookieThatOnlyThisSiteGets) {
  RunningDesk desk;
  desk.enter("ani", Role::agent);
  const HttpSaid wrong =
      desk.ask("POST", "/api/sign-in", "", "", R"({"name":"ani","password":"something else"})");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, R"({"error":"wrong"})");
  const HttpSaid right = desk.ask("POST", "/api/sign-in", "", "",
                                  R"({"name":"ani","password":"sebuah kata sandi panjang"})");
  EXPECT_EQ(right.status, 200) << right.body;
  EXPECT_NE(right.header.find("Set-Cookie: __Host-alur-desk="), std::string::npos);
  EXPECT_NE(right.header.find("HttpOnly"), std::string::npos);
  EXPECT_NE(right.header.find("SameSite=Strict"), std::string::npos);
  EXPECT_EQ(text_in(right.object().at("me").as_object(), "name"), "ani");
}

}  // namespace
}  // namespace alur::tests
