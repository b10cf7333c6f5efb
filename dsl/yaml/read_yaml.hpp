// A YAML file to its marked tree. Strict: anchors, aliases, tags, several documents, tabs in
// indentation and duplicate keys are refused, and so is what YAML reads in another way than people
// do. What the keys mean is left to the layer above.
#pragma once

#include <cstddef>
#include <cstdint>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"
#include "dsl/yaml/node.hpp"

namespace alur::dsl {

struct YamlLimits {
  std::size_t file_bytes_max = 1U << 20;
  std::size_t depth_max = 32;
  std::size_t keys_max = 1000;
  std::size_t scalar_bytes_max = 64U << 10;
  std::size_t nodes_max = 2'000'000;
};

// Total: any bytes give a document and findings, never an exception. The file must outlive the
// document. After a mistake reading goes on as if it were mended, so one run finds the mistakes of
// the whole file and each is told once. May run for different files in parallel, each with its own
// Findings.
Document read_yaml(const SourceFile& file, FileId id, Findings& findings,
                   const YamlLimits& limits = {});

// A plain word that other YAML readers take for true or false: yes, no, on, off, y, n, in any case.
// It is read as text here; the layer above knows whether a text was wanted. `true` and `false` are
// not traps.
bool looks_like_boolean_trap(const Node& node);
// A plain text like `goto:menu`, which would have been a key and its value with a space after the
// `:`.
bool looks_like_missing_space(const Node& node);
// Plain digits that begin with 0 and have more to come, like 0812: other readers drop the 0 or read
// it as octal.
bool looks_like_number_trap(const Node& node);

}  // namespace alur::dsl
