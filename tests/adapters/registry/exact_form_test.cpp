#include "adapters/registry/exact_form.hpp"

#include <gtest/gtest.h>

namespace alur::registry {
namespace {

struct Case {
  const char* name;
  const char* form;
};

TEST(ExactForm, IgnoresOnlyCasePunctuationWidthBlanksAndLegalForms) {
  const Case cases[] = {
      {"BANK CENTRAL ASIA", "bankcentralasia"},
      {"PT. Bank  Central-Asia, Tbk.", "bankcentralasia"},
      {"Bank Central Asia (Persero) Tbk, PT", "bankcentralasia"},
      {"P.T. Bank Central Asia", "bankcentralasia"},
      {"P.T.Bank Central Asia", "bankcentralasia"},
      {"p.t bank central asia", "bankcentralasia"},
      {"bank\tcentral\nasia", "bankcentralasia"},
      {"Ｂａｎｋ　Ｃｅｎｔｒａｌ　Ａｓｉａ", "bankcentralasia"},
      {"Bank\xc2\xa0"
       "Central\xe2\x80\x99"
       "Asia",
       "bankcentralasia"},
      {"Fundtastic+", "fundtastic"},
      {"BNI & Mandiri", "bnimandiri"},
      {"PT", ""},
      {"PT (Persero) Tbk.", ""},
      {"?!", ""},
      {"", ""},
      // What is more than that is another name.
      {"PTBank", "ptbank"},
      {"A.P.T. Finance", "aptfinance"},
      {"P.T.S. Finance", "ptsfinance"},
      {"Koperasi Dana", "koperasidana"},
      {"UD Maju", "udmaju"},
      {"Perseroan", "perseroan"},
      {"B\xc3\xa9"
       "ca",
       "b\xc3\xa9"
       "ca"},
      {"Be\xcc\x81"
       "ca",
       "b\xc3\xa9"
       "ca"},
      {"B\xd0\xa1"
       "A",
       "b\xd1\x81"
       "a"},  // a Cyrillic letter
      {"BC\xe2\x80\x8b"
       "A",
       "bc\xe2\x80\x8b"
       "a"},                                            // an invisible blank
      {"\xc4\xb0zin", "\xc4\xb0zin"},                   // a dotted capital I is no i
      {"Ban\xe2\x84\xaa", "ban\xe2\x84\xaa"},           // the kelvin sign, K once composed
      {"BCA \xf0\x9f\x92\xb0", "bca\xf0\x9f\x92\xb0"},  // an emoji
      {"\xf0\x9d\x97\x95"
       "CA",
       "\xf0\x9d\x97\x95"
       "ca"},                                    // a mathematical B
      {"Dana\xe2\x84\xa2", "dana\xe2\x84\xa2"},  // a trade mark
      {"B\x01"
       "CA",
       "b\x01"
       "ca"},
      {"BC\xff"
       "A",
       "bc\xef\xbf\xbd"
       "a"},
  };
  for (const Case& each : cases) EXPECT_EQ(exact_form(each.name), each.form) << each.name;
}

}  // namespace
}  // namespace alur::registry
