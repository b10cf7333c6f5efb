// What is answered to what is typed. A name that is not a listed one is never answered for.
#include "adapters/registry/lookup.hpp"

#include <gtest/gtest.h>

#include "tests/adapters/registry/sample_lists.hpp"

namespace alur::registry {
namespace {

using tests::list_day;
using tests::small_lists;

// The outcome, and whom it speaks of: `licensed bca`, `near bca danamas`, `near! a_sulap` with a
// warning.
std::string told(const Snapshot& lists, const Answer& answer) {
  std::string out(to_text(answer.outcome));
  const auto key = [&](RecordRef ref) {
    return " " + std::string(lists.records(ref.list).cell(ref.row, Column::key));
  };
  if (answer.warned) out += "!";
  if (answer.about) out += key(*answer.about);
  for (const Candidate& candidate : answer.candidates) out += key(candidate.record);
  return out;
}

std::string told(std::string_view typed) {
  return told(*small_lists(), look_up(*small_lists(), typed, list_day));
}

struct Case {
  const char* typed;
  const char* told;
};

TEST(Lookup, ExactNames) {
  const Case cases[] = {
      {"bank central asia", "licensed bca"},
      {"PT Bank Central Asia (Persero), Tbk.", "licensed bca"},
      {"BankCentralAsia", "licensed bca"},
      {"bca", "licensed bca"},
      {"Bank BCA", "licensed bca"},
      {"danamas", "licensed danamas"},
      {"bank dana mitra utama", "licensed dmu"},
      {"bank mitra dana utama", "licensed mdu"},
      {"asuransi senja", "licensed senja"},
      {"rupiah kilat", "both kilat"},
      {"uangsulap", "alert a_sulap"},
      {"Uang Sulap 88", "alert a_sulap"},
      {"bpr mawar", "alert a_mawar"},
      {"gadai pelita", "former pelita"},
      {"bank syariah mandiri", "former bsm"},
      {"bank btpn", "former smbc"},
  };
  for (const Case& each : cases) EXPECT_EQ(told(each.typed), each.told) << each.typed;
}

TEST(Lookup, SimilarNamesHaveNoStatus) {
  const Case cases[] = {
      {"bank centrl asia", "near bca"},
      {"bank asia central", "near bca"},
      {"central asia", "near bca"},
      {"bank central asia jaya", "near bca"},
      {"koperasi bank central asia", "near bca"},
      {"danamass", "near danamas"},
      {"dana mas official", "near danamas"},
      {"danamasofficial", "near danamas"},
      {"d4namas", "near danamas"},
      {"dan\xd0\xb0mas", "near danamas"},
      {"ajaib kripto resmi jakarta", "near ajaib"},
      {"min, apa bca legal ya?", "near bca"},
      {"apakah danamas aman", "near danamas"},
      {"uang sulapp", "near! a_sulap"},
      {"bpr rukun", "near rukun_a rukun_b"},
      {"rupiah kilatt", "near! a_kilat"},
  };
  for (const Case& each : cases) EXPECT_EQ(told(each.typed), each.told) << each.typed;
}

TEST(Lookup, NothingLikeIt) {
  const Case cases[] = {
      {"dana", "too_generic"},
      {"pinjam uang cepat", "too_generic"},
      {"PT", "too_generic"},
      {"", "too_generic"},
      {"\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "too_generic"},
      {"toko wijaya kusuma", "not_found"},
      {"koperasi bunga entah", "out_of_scope"},
      {"'; DROP TABLE institutions; --", "not_found"},
      {"\x01\x02\x03", "too_generic"},
  };
  for (const Case& each : cases) EXPECT_EQ(told(each.typed), each.told) << each.typed;
}

TEST(Lookup, LinksAppsAndNumbersOutrankNames) {
  const Case cases[] = {
      {"https://www.bca.co.id/promo?x=1", "licensed bca"},
      {"ibank.bca.co.id", "licensed bca"},
      {"BCA https://bca.co.id", "licensed bca"},
      {"com.bca", "near bca"},
      {"https://play.google.com/store/apps/details?id=id.danamas.app&hl=id", "licensed danamas"},
      {"id.danamas.app", "licensed danamas"},
      {"https://t.me/danamas", "licensed danamas"},
      {"KEP-100/D.03/2001", "licensed bca"},
      {"kep 100 d.03 2001", "licensed bca"},
      {"KEP-200/D.03/2002", "former mawar"},
      {"https://bprmawar.id", "former mawar"},
      {"rupiahkilat.xyz", "alert a_kilat"},
      {"bca rupiahkilat.xyz", "alert a_kilat"},
      {"https://danakilat.xyz/daftar", "alert a_site"},
      {"com.rupiahkilat.palsu", "alert a_kilat"},
      // More than the link is in it, or the link is not what it looks like.
      {"undian berhadiah bca.co.id", "near bca"},
      {"danamas https://bca.co.id", "near bca danamas"},
      {"bca.co.id.hadiah.xyz", "near bca"},
      {"https://bca.co.id@hadiah.xyz/", "near bca"},
      {"https://hadiah.xyz/bca.co.id", "near bca"},
      {"https://hadiah.xyz\\@bca.co.id", "near bca"},
      {"https://bc\xd0\xb0.co.id", "near bca"},
      {"https://t.me/danamas_official", "near danamas"},
      {"bca https://hadiah.xyz", "near bca"},
      {"bca.co.id https://hadiah.xyz", "near bca"},
  };
  for (const Case& each : cases) EXPECT_EQ(told(each.typed), each.told) << each.typed;
}

// Addresses that lead elsewhere than where an institution's own seems to stand in them; some of
// these were once answered with "licensed".
TEST(Lookup, AnAddressThatLeadsElsewhereIsNobodysOwn) {
  const auto lists = tests::make_lists(
      "key,name,links,apps\n"
      "bca,BANK CENTRAL ASIA,bca.co.id|facebook.com/bankbca|co.id,com.bca|id12345678\n",
      "key,name,links\n"
      "a_kilat,RUPIAH KILAT,rupiahkilat.xyz/?ref=1|facebook.com/profile.php?id=7\n");
  const auto asked = [&](std::string_view typed) {
    return to_text(look_up(*lists, typed, list_day).outcome);
  };
  for (const std::string_view own :
       {"https://bca.co.id", "https://bca.co.id:443/x", "bca.co.id/a/../b",
        "https://bca.co.id/masuk?ke=https://bca.co.id/b", "https://facebook.com/bankbca?a=1",
        "https://play.google.com/store/apps/details?hl=id&id=com.bca",
        "https://apps.apple.com/id/app/bca-mobile/id12345678?l=id",
        "BANK CENTRAL ASIA: https://bca.co.id"}) {
    EXPECT_EQ(asked(own), "licensed") << own;
  }
  for (const std::string_view elsewhere :
       {"https://bca.co.id:80@hadiah.xyz/", "https://bca.co.id:x@hadiah.xyz", "https://a@bca.co.id",
        "hadiah.xyz/?ke=https://bca.co.id", "hadiah.xyz/https://bca.co.id",
        "https:hadiah.xyz/?ke=https://bca.co.id", "Pinjaman:https://bca.co.id",
        "rupiahcepat://bca.co.id", "javascript://bca.co.id/%0aalert(1)", "https://bca.co.id:x",
        "https://facebook.com/bankbca/../hadiah", "https://facebook.com/bankbca/%2E%2e/hadiah",
        "https://facebook.com/bankbca\\..\\hadiah", "hadiah.co.id",
        "https://apps.apple.com/id/app/hadiah/id666?x=/id12345678",
        "https://play.google.com/store/search?q=hadiah&id=com.bca",
        "https://play.google.com/store/apps/details#?id=com.bca",
        "https://play.google.com/store/apps/details?id=com.bca&id=com.hadiah"}) {
    EXPECT_NE(asked(elsewhere), "licensed") << elsewhere;
  }
  for (const std::string_view warned :
       {"rupiahkilat.xyz", "https://rupiahkilat.xyz/masuk", "https://bca.co.id@rupiahkilat.xyz",
        "cek:https://rupiahkilat.xyz", "hxxp://rupiahkilat.xyz",
        "https://facebook.com/profile.php?id=7&from=x#top"}) {
    EXPECT_EQ(asked(warned), "alert") << warned;
  }
  EXPECT_NE(asked("https://facebook.com/profile.php?id=8"), "alert");
}

TEST(Lookup, ConfirmsByKey) {
  const auto confirmed = [](std::string_view key) {
    return told(*small_lists(), confirm(*small_lists(), key, list_day));
  };
  EXPECT_EQ(confirmed("bca"), "licensed bca");
  EXPECT_EQ(confirmed("kilat"), "both kilat");
  EXPECT_EQ(confirmed("a_kilat"), "both kilat");
  EXPECT_EQ(confirmed("a_sulap"), "alert a_sulap");
  EXPECT_EQ(confirmed("pelita"), "former pelita");
  EXPECT_EQ(confirmed("mawar"), "alert a_mawar");
  EXPECT_EQ(confirmed("xyz"), "not_found");
  EXPECT_EQ(confirmed(""), "not_found");
}

// An institution of which one name, link or app was warned of is told as such by whichever of its
// names it is asked for, and whether it is asked for or chosen: these once differed.
TEST(Lookup, OneNameThatWasWarnedOfIsEnoughForBoth) {
  const auto lists = tests::make_lists(
      "key,name,brands,former_names,standing,licence,links,apps\n"
      "pintar,PINTAR INOVASI DIGITAL,Rupiah Pintar|RuPin,,full,KEP-300/D.03/2003,pintar.id,\n"
      "lama,BANK BARU,,BANK LAMA,full,,,\n"
      "tautan,TAUTAN JAYA,,,full,,tautan.id,id.tautan.app\n"
      "cabut,GADAI CABUT,Gadai Kilat,,revoked,,,\n",
      "key,name,aliases,links,apps\n"
      "a_rupiah,Uang Palsu,Rupiah Pintar,,\n"
      "a_lama,Bank Lama,,,\n"
      "a_app,Tautan Palsu,,,id.tautan.app\n"
      "a_gadai,Gadai Kilat,,,\n");
  const auto asked = [&](std::string_view typed) {
    const Answer answer = look_up(*lists, typed, list_day);
    return told(*lists, answer) +
           (answer.misused ? ": " + std::string(lists->names().text(*answer.misused)) : "");
  };
  const auto chosen = [&](std::string_view key) {
    const Answer answer = confirm(*lists, key, list_day);
    return told(*lists, answer) +
           (answer.misused ? ": " + std::string(lists->names().text(*answer.misused)) : "");
  };
  for (const char* typed : {"rupiah pintar", "rupin", "pintar inovasi digital", "pintar.id",
                            "KEP-300/D.03/2003", "RuPin pintar.id"}) {
    EXPECT_EQ(asked(typed), "both pintar: Rupiah Pintar") << typed;
  }
  EXPECT_EQ(chosen("pintar"), "both pintar: Rupiah Pintar");
  EXPECT_EQ(chosen("a_rupiah"), "both pintar: Rupiah Pintar");
  EXPECT_EQ(asked("uang palsu"), "alert a_rupiah");
  for (const char* typed : {"tautan jaya", "tautan.id", "id.tautan.app"}) {
    EXPECT_EQ(asked(typed), "both tautan: Tautan Palsu") << typed;
  }
  EXPECT_EQ(chosen("tautan"), "both tautan: Tautan Palsu");
  // A name that it no longer has is another matter, and so is one that serves no more.
  EXPECT_EQ(asked("bank baru"), "licensed lama");
  EXPECT_EQ(chosen("lama"), "licensed lama");
  EXPECT_EQ(asked("bank lama"), "alert a_lama");
  EXPECT_EQ(asked("gadai cabut"), "former cabut");
  EXPECT_EQ(asked("gadai kilat"), "alert a_gadai");
  EXPECT_EQ(chosen("cabut"), "alert a_gadai");
}

TEST(Lookup, AnOldListIsStale) {
  const value::Date fresh = value::add_days(list_day, 30);
  EXPECT_FALSE(look_up(*small_lists(), "bca", fresh).stale);
  EXPECT_TRUE(look_up(*small_lists(), "bca", value::add_days(fresh, 1)).stale);
}

TEST(Lookup, WithoutAList) {
  const auto none = tests::make_lists("");
  EXPECT_EQ(look_up(*none, "bca", list_day).outcome, Outcome::unavailable);
  const auto empty = tests::make_lists("key,name\n");
  EXPECT_EQ(look_up(*empty, "bca", list_day).outcome, Outcome::not_found);
}

TEST(Lookup, NamesThatMayBeMistakenAreMarked) {
  const auto imitates = [](std::string_view typed) {
    return look_up(*small_lists(), typed, list_day).candidates.at(0).imitates;
  };
  EXPECT_TRUE(imitates("d4n4mas"));
  EXPECT_TRUE(imitates("dan\xd0\xb0mas"));
  EXPECT_TRUE(imitates("danarnas"));
  EXPECT_FALSE(imitates("danamass"));
  EXPECT_FALSE(imitates("danamas resmi"));
}

TEST(Lookup, WhatIsTooLongIsNeverAnsweredFor) {
  const std::string padded = "bca" + std::string(typed_bytes_max, ' ');
  EXPECT_EQ(told(padded), "near bca");
  EXPECT_EQ(told(std::string(10'000, 'x')), "not_found");
}

}  // namespace
}  // namespace alur::registry
