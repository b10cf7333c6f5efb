// Whatever bytes come, the readers of the desk's accounts answer, and what they give back is sound.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "adapters/desk/accounts.hpp"
#include "adapters/desk/cookie.hpp"
#include "adapters/desk/desk_audit.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {
namespace {

// Bytes, with pieces among them that mean something to one of the readers.
rc::Gen<std::string> bytes() {
  const auto piece = rc::gen::oneOf(
      rc::gen::container<std::string>(rc::gen::arbitrary<char>()),
      rc::gen::element<std::string>("__Host-alur-desk", "=", ";", " ", "ani", "A", "password",
                                    "123", "\xc3\xa9", "e\xcc\x81", "\xe2\x82\xac",
                                    "\xf0\x9f\x98\x80", "\xff", "\xe2\x82", "\n", "-", "."));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string all;
                        for (const std::string& one : pieces) all += one;
                        return all;
                      });
}

TEST(AnyBytes, ACookieIsAPieceOfItsHeader) {
  EXPECT_TRUE(rc::check([] {
    const std::string header = *bytes();
    const std::string value(read_cookie(header));
    RC_ASSERT(value.empty() || header.find("__Host-alur-desk=" + value) != std::string::npos);
  }));
}

TEST(AnyBytes, ANameStaysWhatItIs) {
  EXPECT_TRUE(rc::check([] {
    const auto name = to_account_name(*bytes());
    if (!name) return;
    RC_ASSERT(to_account_name(*name) == name);
    RC_ASSERT(value::is_ascii(*name) && name->size() >= 2 && name->size() <= 32);
  }));
}

TEST(AnyBytes, APasswordIsRefusedOrVerified) {
  Passwords passwords({8'192, 1});
  EXPECT_TRUE(rc::check([&] {
    const std::string password = *bytes();
    if (check_password(password, *bytes(), *bytes())) return;
    const std::size_t length = value::code_point_length(value::to_nfc(password));
    RC_ASSERT(length >= password_length_min && length <= password_length_max);
    RC_ASSERT(passwords.verify(passwords.hash(password), password));
    RC_ASSERT(!passwords.verify(passwords.hash(password), password + "x"));
  }));
}

TEST(AnyBytes, ARowOfTheAuditIsTextOfABoundedLength) {
  EXPECT_TRUE(rc::check([] {
    const ports::AuditRow row = to_note({1}, *bytes(), Action::open, 1, *bytes()).row;
    for (const std::string& text : {row.by, row.detail}) {
      RC_ASSERT(value::is_valid_utf8(text));
      for (const char c : text) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    }
    RC_ASSERT(row.by.size() <= audit_by_bytes_max);
    RC_ASSERT(row.detail.size() <= audit_detail_bytes_max);
  }));
}

}  // namespace
}  // namespace alur::adapters
