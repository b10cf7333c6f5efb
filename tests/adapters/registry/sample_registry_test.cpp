#include "adapters/registry/sample_registry.hpp"

#include <gtest/gtest.h>

namespace alur::adapters {
namespace {

using value::make_type;
using value::plain_type;
using value::Type;
using value::TypeKind;

constexpr std::string_view institutions =
    "key,name,aliases,category,standing,licence,date,note\n"
    "bca,BANK CENTRAL ASIA,BCA|Bank BCA,Bank umum,full,C-1,2020-01-02,\n"
    "kilat,RUPIAH CONTOH KILAT,,Pinjaman,full,C-2,2020-01-02,\n"
    "nusa,KRIPTO NUSA,,Kripto,candidate,,2025-02-03,\n"
    "btpn,BANK BTPN,,Bank umum,renamed,C-3,2024-09-27,BANK SMBC\n"
    "mega,BANK MEGA,,Bank umum,full,C-4,2020-01-02,\n";
constexpr std::string_view alerts =
    "key,name,aliases,category,date,note\n"
    "a_kilat,RUPIAH CONTOH KILAT,,Pinjaman,2025-08-01,\n"
    "a_sulap,UANG SULAP,UangSulap,Pinjaman,2025-01-06,\n";

value::TypeField field(std::string name, Type type, bool optional = false) {
  type.optional = optional;
  const value::NameKey key = value::name_key(name);
  return {std::move(name), key, make_type(std::move(type))};
}

program::Service service() {
  Type standing;
  standing.kind = TypeKind::choice;
  standing.members = {"full", "restricted", "candidate", "sandbox"};
  Type record;
  record.kind = TypeKind::record;
  record.name = "institution";
  record.fields = {field("name", plain_type(TypeKind::text)), field("standing", standing, true),
                   field("licence", plain_type(TypeKind::text), true),
                   field("as_of", plain_type(TypeKind::date)),
                   field("stale", plain_type(TypeKind::boolean))};
  const value::TypeRef payload = make_type(record);
  program::Service made;
  made.name = "registry.lookup";
  for (const char* outcome : {"licensed", "alert", "both", "former", "not_found"}) {
    const bool nothing = std::string_view(outcome) == "not_found";
    made.outcomes.push_back({outcome, value::name_key(outcome), nothing ? nullptr : payload});
  }
  return made;
}

const SampleRegistry& registry() {
  static const SampleRegistry made(institutions, alerts);
  return made;
}

constexpr value::Date today{20'000};

RegistryAnswer lookup(std::string_view name) {
  return registry().lookup(service(), name, today);
}

std::string name_of(const RegistryAnswer& answer) {
  return answer.payload.record().find(value::name_key("name"))->text();
}

TEST(SampleRegistry, NamesMatchWhenNormalised) {
  for (const char* name : {"bank central asia", "PT  Bank Central-Asia Tbk.", "bca", "BANK BCA",
                           "P\u0301T Bank Central Asia (Persero)"}) {
    EXPECT_EQ(lookup(name).outcome, "licensed") << name;
    EXPECT_EQ(name_of(lookup(name)), "BANK CENTRAL ASIA") << name;
  }
}

TEST(SampleRegistry, SimilarNamesAreNotAnsweredFor) {
  for (const char* name : {"bank centrl asia", "central asia", "bank central asia jaya"}) {
    EXPECT_EQ(lookup(name).outcome, "not_found") << name;
    EXPECT_FALSE(lookup(name).payload.is_set()) << name;
  }
}

TEST(SampleRegistry, BothListsCount) {
  EXPECT_EQ(lookup("uangsulap").outcome, "alert");
  EXPECT_EQ(lookup("rupiah contoh kilat").outcome, "both");
  EXPECT_EQ(lookup("bank btpn").outcome, "former");
  EXPECT_EQ(lookup("kripto nusa").outcome, "licensed");
}

TEST(SampleRegistry, FieldsAreThoseOfTheDeclaredType) {
  EXPECT_EQ(
      lookup("kripto nusa").payload.to_text(),
      value::Value(value::Record{{{value::name_key("name"), value::Value("KRIPTO NUSA")},
                                  {value::name_key("standing"), value::Value::choice("candidate")},
                                  {value::name_key("as_of"), value::Value(today)},
                                  {value::name_key("stale"), value::Value(false)}}})
          .to_text());
  // `renamed` is no standing of this type.
  EXPECT_EQ(lookup("bank btpn").payload.record().find(value::name_key("standing")), nullptr);
}

TEST(SampleRegistry, AWordOfManyNamesIsTooGeneric) {
  EXPECT_EQ(lookup("bank").outcome, "too_generic");
  EXPECT_EQ(lookup("PT").outcome, "too_generic");
  EXPECT_EQ(lookup("kripto").outcome, "not_found");
}

TEST(SampleRegistry, ConfirmsByKey) {
  EXPECT_EQ(registry().confirm(service(), "bca", today).outcome, "licensed");
  EXPECT_EQ(registry().confirm(service(), "a_kilat", today).outcome, "both");
  EXPECT_EQ(registry().confirm(service(), "kilat", today).outcome, "both");
  EXPECT_EQ(registry().confirm(service(), "xyz", today).outcome, "not_found");
}

TEST(SampleRegistry, MayBeEmpty) {
  EXPECT_EQ(SampleRegistry("", "").lookup(service(), "bca", today).outcome, "not_found");
}

}  // namespace
}  // namespace alur::adapters
