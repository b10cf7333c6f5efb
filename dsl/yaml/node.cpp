#include "dsl/yaml/node.hpp"

#include <algorithm>
#include <cassert>

#include "dsl/yaml/node_maker.hpp"

namespace alur::dsl {
namespace {

// The run that holds the byte at `at`, which lies inside the text.
const TextRun& run_at(std::span<const TextRun> runs, std::uint32_t at) {
  const auto after = std::upper_bound(
      runs.begin(), runs.end(), at,
      [](std::uint32_t place, const TextRun& run) { return place < run.text_end; });
  assert(after != runs.end());
  return *after;
}

bool is_verbatim(const TextRun& run) {
  return run.text_end - run.text_begin == run.source_end - run.source_begin;
}

std::uint32_t source_begin_of(std::span<const TextRun> runs, std::uint32_t at) {
  const TextRun& run = run_at(runs, at);
  return is_verbatim(run) ? run.source_begin + (at - run.text_begin) : run.source_begin;
}

// Where the byte before `end` ends; `end` is not 0.
std::uint32_t source_end_of(std::span<const TextRun> runs, std::uint32_t end) {
  const TextRun& run = run_at(runs, end - 1);
  return is_verbatim(run) ? run.source_begin + (end - run.text_begin) : run.source_end;
}

}  // namespace

std::string_view to_text(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "null";
    case NodeKind::scalar:
      return "scalar";
    case NodeKind::list:
      return "list";
    case NodeKind::map:
      return "map";
  }
  return "";
}

std::string_view to_text(ScalarStyle style) {
  switch (style) {
    case ScalarStyle::plain:
      return "plain";
    case ScalarStyle::single_quoted:
      return "single";
    case ScalarStyle::double_quoted:
      return "double";
    case ScalarStyle::literal:
      return "literal";
    case ScalarStyle::folded:
      return "folded";
  }
  return "";
}

std::string_view Node::text() const {
  if (!is_scalar()) return {};
  return {static_cast<const char*>(data_), count_};
}

std::span<const TextRun> Node::runs() const {
  if (!is_scalar()) return {};
  return {static_cast<const TextRun*>(extra_), extra_count_};
}

Span Node::source_span(std::size_t begin, std::size_t end) const {
  assert(is_scalar() && begin <= end && end <= count_);
  const auto from = static_cast<std::uint32_t>(begin);
  const auto to = static_cast<std::uint32_t>(end);
  if (extra_count_ == 0) {
    return {span_.file, text_begin_ + from, text_begin_ + to};
  }
  if (to == 0) return {span_.file, runs().front().source_begin, runs().front().source_begin};
  if (from == to) {
    const std::uint32_t at =
        from == count_ ? source_end_of(runs(), from) : source_begin_of(runs(), from);
    return {span_.file, at, at};
  }
  return {span_.file, source_begin_of(runs(), from), source_end_of(runs(), to)};
}

std::span<const Node> Node::items() const {
  if (!is_list()) return {};
  return {static_cast<const Node*>(data_), count_};
}

std::span<const Entry> Node::entries() const {
  if (!is_map()) return {};
  return {static_cast<const Entry*>(data_), count_};
}

const Entry* Node::find_entry(std::string_view key) const {
  if (!is_map()) return nullptr;
  return find_in_index({static_cast<const std::uint16_t*>(extra_), extra_count_}, entries(), key);
}

const Node* Node::find(std::string_view key) const {
  const Entry* const entry = find_entry(key);
  return entry == nullptr ? nullptr : &entry->value;
}

}  // namespace alur::dsl
