// A text with mistakes, and all that comes of it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/dsl/yaml/reading.hpp"

namespace alur::dsl {

struct Refusal {
  const char* name;
  const char* yaml;
  const char* values;  // the texts that are read, keys aside, with ` | ` between
  const char* rendered;
  bool whole;
};

inline void add_values(const Node& node, std::string& out) {
  if (node.is_scalar()) out += (out.empty() ? "" : " | ") + std::string(node.text());
  for (const Node& item : node.items()) add_values(item, out);
  for (const Entry& entry : node.entries()) add_values(entry.value, out);
}

inline void expect_refusal(const Refusal& refusal) {
  SCOPED_TRACE(refusal.name);
  const Reading reading(refusal.yaml);
  std::string values;
  add_values(reading.root(), values);
  EXPECT_EQ(reading.rendered(), refusal.rendered);
  EXPECT_EQ(values, refusal.values);
  EXPECT_EQ(reading.document.whole(), refusal.whole);
}

}  // namespace alur::dsl
