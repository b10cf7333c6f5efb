// Makes nodes in an arena. For read_yaml alone: everybody else sees nodes finished.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "dsl/yaml/node.hpp"

namespace alur::dsl {

// The keys of a map by their text: a hash table of entry numbers plus one, open addressing, at most
// half full. A map of few keys has none: looking at each of them is quicker.
class KeyIndex {
 public:
  explicit KeyIndex(std::span<std::uint16_t> slots) : slots_(slots) {}

  static std::size_t slots_for(std::size_t keys);
  // The entry of the key if it is there; else puts `number` in its slot and gives nullptr.
  const Entry* find_or_put(std::string_view key, std::span<const Entry> entries,
                           std::size_t number);

 private:
  std::span<std::uint16_t> slots_;
};

const Entry* find_in_index(std::span<const std::uint16_t> slots, std::span<const Entry> entries,
                           std::string_view key);

// The index counts in 16 bits.
inline constexpr std::size_t keys_indexed_max = 30'000;

// The same key twice: where it stood first and where it stands again.
struct RepeatedKey {
  Node first;
  Node again;
};

class NodeMaker {
 public:
  // `source_bytes` says how much room the arena should begin with.
  NodeMaker(FileId file, std::size_t source_bytes);

  Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }
  Node make_null(Span span) const;
  // A text that stands in the source as it is, from `text_begin` on.
  Node make_slice(Span span, ScalarStyle style, std::string_view text,
                  std::uint32_t text_begin) const;
  // A text made of runs. `text` and `runs` are copied.
  Node make_text(Span span, ScalarStyle style, std::string_view text,
                 std::span<const TextRun> runs);
  Node make_list(Span span, std::span<const Node> items);
  // Of a key written twice the first entry is kept and the later ones are appended to `repeated`.
  Node make_map(Span span, std::span<const Node> keys_and_values,
                std::vector<RepeatedKey>& repeated);

  // Hands the arena over: nothing can be made after.
  Document finish(const Node& root, bool whole);

 private:
  template <typename T>
  T* allocate(std::size_t count);

  FileId file_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
};

}  // namespace alur::dsl
