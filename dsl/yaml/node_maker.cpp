#include "dsl/yaml/node_maker.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <utility>

namespace alur::dsl {
namespace {

constexpr std::size_t keys_without_index_max = 8;
// Nodes of ordinary flows take about three bytes for each byte of source.
constexpr std::size_t arena_bytes_per_source_byte = 3;

// FNV-1a. Keys come from an author, not from an attacker with a grudge, and a map has at most
// 1,000.
std::size_t hash(std::string_view key) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : key) {
    value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return static_cast<std::size_t>(value ^ (value >> 32U));
}

// The slot of the key, or the free one where it would go. There is always a free one.
std::size_t find_slot(std::span<const std::uint16_t> slots, std::span<const Entry> entries,
                      std::string_view key) {
  std::size_t slot = hash(key) & (slots.size() - 1);
  while (slots[slot] != 0 && entries[slots[slot] - 1U].key.text() != key) {
    slot = (slot + 1) & (slots.size() - 1);
  }
  return slot;
}

const Entry* find_linear(std::span<const Entry> entries, std::string_view key) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key.text() == key; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

std::size_t KeyIndex::slots_for(std::size_t keys) {
  assert(keys <= keys_indexed_max);
  return keys <= keys_without_index_max ? 0 : std::bit_ceil(keys * 2);
}

const Entry* KeyIndex::find_or_put(std::string_view key, std::span<const Entry> entries,
                                   std::size_t number) {
  const std::size_t slot = find_slot(slots_, entries, key);
  if (slots_[slot] != 0) return &entries[slots_[slot] - 1U];
  slots_[slot] = static_cast<std::uint16_t>(number + 1);
  return nullptr;
}

const Entry* find_in_index(std::span<const std::uint16_t> slots, std::span<const Entry> entries,
                           std::string_view key) {
  if (slots.empty()) return find_linear(entries, key);
  const std::size_t slot = find_slot(slots, entries, key);
  return slots[slot] == 0 ? nullptr : &entries[slots[slot] - 1U];
}

NodeMaker::NodeMaker(FileId file, std::size_t source_bytes)
    : file_(file),
      arena_(std::make_unique<std::pmr::monotonic_buffer_resource>(
          source_bytes * arena_bytes_per_source_byte + sizeof(Node))) {}

template <typename T>
T* NodeMaker::allocate(std::size_t count) {
  return static_cast<T*>(arena_->allocate(count * sizeof(T), alignof(T)));
}

Node NodeMaker::make_null(Span span) const {
  Node node;
  node.span_ = span;
  return node;
}

Node NodeMaker::make_slice(Span span, ScalarStyle style, std::string_view text,
                           std::uint32_t text_begin) const {
  Node node;
  node.kind_ = NodeKind::scalar;
  node.style_ = style;
  node.span_ = span;
  node.text_begin_ = text_begin;
  node.data_ = text.data();
  node.count_ = static_cast<std::uint32_t>(text.size());
  return node;
}

Node NodeMaker::make_text(Span span, ScalarStyle style, std::string_view text,
                          std::span<const TextRun> runs) {
  char* const kept_text = allocate<char>(text.size());
  std::copy(text.begin(), text.end(), kept_text);
  TextRun* const kept_runs = allocate<TextRun>(runs.size());
  std::uninitialized_copy(runs.begin(), runs.end(), kept_runs);
  Node node = make_slice(span, style, {kept_text, text.size()}, span.begin);
  node.extra_ = kept_runs;
  node.extra_count_ = static_cast<std::uint32_t>(runs.size());
  return node;
}

Node NodeMaker::make_list(Span span, std::span<const Node> items) {
  Node* const kept = allocate<Node>(items.size());
  std::uninitialized_copy(items.begin(), items.end(), kept);
  Node node;
  node.kind_ = NodeKind::list;
  node.span_ = span;
  node.data_ = kept;
  node.count_ = static_cast<std::uint32_t>(items.size());
  return node;
}

Node NodeMaker::make_map(Span span, std::span<const Node> keys_and_values,
                         std::vector<RepeatedKey>& repeated) {
  const std::size_t most = keys_and_values.size() / 2;
  Entry* const kept = allocate<Entry>(most);
  const std::size_t slot_count = KeyIndex::slots_for(most);
  const std::span<std::uint16_t> slots(allocate<std::uint16_t>(slot_count), slot_count);
  std::fill(slots.begin(), slots.end(), std::uint16_t{0});
  KeyIndex index(slots);
  std::size_t count = 0;
  for (std::size_t i = 0; i < most; ++i) {
    const Node& key = keys_and_values[2 * i];
    const std::span<const Entry> so_far(kept, count);
    const Entry* const first = slots.empty() ? find_linear(so_far, key.text())
                                             : index.find_or_put(key.text(), so_far, count);
    if (first != nullptr) {
      repeated.push_back({first->key, key});
    } else {
      new (kept + count++) Entry{key, keys_and_values[2 * i + 1]};
    }
  }
  Node node;
  node.kind_ = NodeKind::map;
  node.span_ = span;
  node.data_ = kept;
  node.count_ = static_cast<std::uint32_t>(count);
  node.extra_ = slots.data();
  node.extra_count_ = static_cast<std::uint32_t>(slots.size());
  return node;
}

Document NodeMaker::finish(const Node& root, bool whole) {
  Document document;
  document.root_ = new (allocate<Node>(1)) Node(root);
  document.whole_ = whole;
  document.arena_ = std::move(arena_);
  return document;
}

}  // namespace alur::dsl
