// The table of actions by role, and that it is told as it is meant: what is here is written by
// hand.
#include "adapters/desk/roles.hpp"

#include <gtest/gtest.h>

#include <set>

namespace alur::adapters {
namespace {

using ports::Role;

std::set<std::string> of(Role role) {
  std::set<std::string> names;
  for (const Action action : all_actions) {
    if (may(role, action)) names.insert(std::string(to_text(action)));
  }
  return names;
}

const std::set<std::string> of_everybody = {"sign_in",      "sign_out",  "see_self",
                                            "set_password", "set_codes", "see_replies"};

std::set<std::string> with(std::set<std::string> names, const std::set<std::string>& more) {
  names.insert(more.begin(), more.end());
  return names;
}

TEST(Roles, EachMayWhatItIsFor) {
  const auto agent =
      with(of_everybody, {"see_own", "see_agents", "open", "fetch_file", "search", "set_presence",
                          "accept", "decline", "say", "send_file", "send_template", "note",
                          "show_typing", "transfer", "give_back", "close"});
  EXPECT_EQ(of(Role::agent), agent);
  EXPECT_EQ(of(Role::supervisor), with(agent, {"see_all", "assign", "overfill", "set_reply"}));
  EXPECT_EQ(of(Role::content), with(of_everybody, {"set_reply"}));
  // Who keeps the accounts reads no conversations.
  EXPECT_EQ(of(Role::administrator),
            with(of_everybody, {"set_reply", "see_users", "add_user", "set_user", "disable_user",
                                "enable_user", "make_link", "drop_codes", "see_audit"}));
  // Who looks after others changes nothing.
  EXPECT_EQ(of(Role::auditor), with(of_everybody, {"see_own", "see_all", "see_agents", "open",
                                                   "fetch_file", "search", "see_audit"}));
}

TEST(Roles, ARoleThatIsNoneMayNothing) {
  for (const Action action : all_actions) EXPECT_FALSE(may(static_cast<Role>(77), action));
}

TEST(Roles, WordsComeBack) {
  for (const Action action : all_actions) {
    EXPECT_EQ(to_action(to_text(action)), action);
    EXPECT_FALSE(meaning_of(action).empty());
  }
  EXPECT_FALSE(to_action("fly"));
  for (const Role role : ports::all_roles) EXPECT_EQ(ports::to_role(to_text(role)), role);
  EXPECT_FALSE(ports::to_role("god"));
}

}  // namespace
}  // namespace alur::adapters
