// Frames of the desk's pages: what is taken, and that nothing else is.
#include "adapters/desk/wish.hpp"

#include <gtest/gtest.h>

#include <random>

#include "adapters/desk/route.hpp"

namespace alur::adapters {
namespace {

using Kind = Wish::Kind;

constexpr const char* citizen = R"("citizen":"00000000000000ab")";

std::string fault_of(const std::string& frame) {
  std::uint64_t n = 0;
  std::string why;
  return decode_wish(frame, n, why) ? "taken" : why;
}

Wish taken(const std::string& frame) {
  std::uint64_t n = 0;
  std::string why;
  const auto wish = decode_wish(frame, n, why);
  EXPECT_TRUE(wish) << why;
  return wish.value_or(Wish{});
}

std::string with_citizen(const std::string& rest) {
  return std::string("{") + citizen + "," + rest + "}";
}

TEST(Wish, SaysWhatItHas) {
  const Wish say = taken(with_citizen(
      R"("do":"say","n":7,"epoch":"18446744073709551615","key":"k1","text":"Halo \u00e9")"));
  EXPECT_EQ(say.kind, Kind::do_say);
  EXPECT_EQ(say.n, 7u);
  EXPECT_EQ(say.citizen, 0xabu);
  EXPECT_EQ(say.epoch, UINT64_MAX);
  EXPECT_EQ(say.key, "k1");
  EXPECT_EQ(say.text, "Halo é");
  const Wish assign =
      taken(with_citizen(R"("do":"assign","n":8,"epoch":"3","to_agent":12,"overfill":true)"));
  EXPECT_EQ(assign.to_agent, 12u);
  EXPECT_TRUE(assign.overfill);
  EXPECT_EQ(taken(R"({"do":"ping","n":1})").kind, Kind::do_ping);
}

// A field that may be missing may be null as well.
TEST(Wish, LeavesOutWhatMayBeMissing) {
  const Wish transfer =
      taken(with_citizen(R"("do":"transfer","n":1,"epoch":"1","to_agent":null,"note":"x")"));
  EXPECT_EQ(transfer.to_agent, 0u);
  EXPECT_EQ(transfer.note, "x");
}

TEST(Wish, IsRefusedInPlainWords) {
  const struct {
    std::string frame;
    const char* why;
  } cases[] = {
      {"", "the frame is no JSON object with `do` and `n`"},
      {"[]", "the frame is no JSON object with `do` and `n`"},
      {R"({"do":"ping"})", "the frame is no JSON object with `do` and `n`"},
      {R"({"do":"ping","n":-1})", "the frame is no JSON object with `do` and `n`"},
      {R"({"do":"ping","n":1.5})", "the frame is no JSON object with `do` and `n`"},
      {R"({"do":"pong","n":1})", "there is nothing of that name to be done"},
      {R"({"do":"accept","n":1})", "accept: `citizen` is missing"},
      {with_citizen(R"("do":"accept","n":1)"), "accept: `epoch` is missing"},
      {with_citizen(R"("do":"accept","n":1,"epoch":3)"), "accept: `epoch` is not what it can be"},
      {with_citizen(R"("do":"accept","n":1,"epoch":"-3")"),
       "accept: `epoch` is not what it can be"},
      {R"({"do":"shut","n":1,"citizen":"ab"})", "shut: `citizen` is not what it can be"},
      {R"({"do":"shut","n":1,"citizen":"00000000000000AB"})",
       "shut: `citizen` is not what it can be"},
      {with_citizen(R"("do":"note","n":1,"key":"","text":"x")"),
       "note: `key` is not what it can be"},
      {with_citizen(R"("do":"note","n":1,"key":"a b","text":"x")"),
       "note: `key` is not what it can be"},
      {with_citizen(R"("do":"note","n":1,"key":"k","text":")" + std::string(17 * 1024, 'x') + "\""),
       "note: `text` is not what it can be"},
      {with_citizen(R"("do":"assign","n":1,"epoch":"1","to_agent":0)"),
       "assign: `to_agent` is not what it can be"},
      {with_citizen(R"("do":"assign","n":1,"epoch":"1","to_agent":4294967296)"),
       "assign: `to_agent` is not what it can be"},
      {with_citizen(R"("do":"assign","n":1,"epoch":"1","to_agent":1,"overfill":1)"),
       "assign: `overfill` is not what it can be"},
  };
  for (const auto& one : cases) EXPECT_EQ(fault_of(one.frame), one.why) << one.frame.substr(0, 99);
}

// The number is known, so that the refusal can be told from others.
TEST(Wish, KeepsTheNumberOfWhatItRefuses) {
  std::uint64_t n = 0;
  std::string why;
  EXPECT_FALSE(decode_wish(R"({"do":"nothing","n":41})", n, why));
  EXPECT_EQ(n, 41u);
}

TEST(Wish, BearsAnyBytes) {
  std::mt19937 chance(7);
  const std::string good = with_citizen(R"("do":"say","n":7,"epoch":"5","key":"k1","text":"Halo")");
  for (int i = 0; i < 20'000; ++i) {
    std::string frame = good;
    for (std::uint32_t many = 1 + chance() % 4; many > 0; --many) {
      frame[chance() % frame.size()] = static_cast<char>(chance());
    }
    fault_of(frame.substr(0, chance() % (frame.size() + 1)));
    fault_of(frame);
  }
  EXPECT_NE(fault_of(std::string(60'000, '[')), "taken");
}

TEST(Wish, CitizensAreTexts) {
  EXPECT_EQ(to_citizen_text(0xfedcba9876543210), "fedcba9876543210");
  EXPECT_EQ(to_citizen("fedcba9876543210"), 0xfedcba9876543210);
  EXPECT_EQ(to_citizen("fedcba987654321"), std::nullopt);
  EXPECT_EQ(to_citizen("fedcba98765432100"), std::nullopt);
  EXPECT_EQ(to_citizen("0xfedcba98765432"), std::nullopt);
}

// --- routes

std::string route_of(const char* method, const char* path) {
  int status = 0;
  const auto found = find_route(method, path, status);
  if (!found) return std::to_string(status);
  std::string out(about(found->route).name);
  for (const std::string& piece : found->pieces) out += " " + piece;
  return out;
}

TEST(Routes, AreFoundPieceByPiece) {
  EXPECT_EQ(route_of("GET", "/api/me"), "me");
  EXPECT_EQ(route_of("POST", "/api/me"), "405");
  EXPECT_EQ(route_of("GET", "/api/me/"), "me");
  EXPECT_EQ(route_of("GET", "/api/mee"), "404");
  EXPECT_EQ(route_of("GET", "/api/"), "404");
  EXPECT_EQ(route_of("GET", "/api/conversations"), "search");
  EXPECT_EQ(route_of("GET", "/api/conversations/ab"), "read ab");
  EXPECT_EQ(route_of("GET", "/api/conversations/ab/cd"), "404");
  EXPECT_EQ(route_of("GET", "/api/files/ab/a%20b%2Fc"), "file ab a b/c");
  EXPECT_EQ(route_of("DELETE", "/api/replies/halo"), "drop_reply halo");
  EXPECT_EQ(route_of("GET", "/api/files//x"), "404");
}

}  // namespace
}  // namespace alur::adapters
