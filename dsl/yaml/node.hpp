// The marked tree: what a YAML file says, and exactly where it says it. Immutable, in one arena;
// text that stands in the source as it is, is a view of the source. Knows nothing of what the
// language means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>

#include "dsl/finding/source.hpp"

namespace alur::dsl {

enum class NodeKind : std::uint8_t { null, scalar, list, map };
enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

std::string_view to_text(NodeKind kind);
std::string_view to_text(ScalarStyle style);

struct Entry;

// A run of a scalar's text and the bytes of the source that it came from. Of equal length: byte for
// byte. Otherwise one thing: an escape, or a line break and what belongs to it.
struct TextRun {
  std::uint32_t text_begin;
  std::uint32_t text_end;
  std::uint32_t source_begin;
  std::uint32_t source_end;
};

// A value of a few words, cheap to copy. It, and all that hangs on it, lives as long as its
// Document; its text as long as the SourceFile too.
class Node {
 public:
  NodeKind kind() const { return kind_; }
  bool is_null() const { return kind_ == NodeKind::null; }
  bool is_scalar() const { return kind_ == NodeKind::scalar; }
  bool is_list() const { return kind_ == NodeKind::list; }
  bool is_map() const { return kind_ == NodeKind::map; }

  // A scalar's range includes its quotes, or the `|` and all its lines without the last line break.
  // A list's or map's range goes from its first byte to the end of its last part or bracket. The
  // range of a value that is not written is the empty place after its `:` or `-`; of `~` or `null`,
  // that word.
  Span span() const { return span_; }

  // Scalars only; empty for others. The text as YAML means it, with this one change: the last line
  // break of a `|` or `>` text is dropped (`|+` keeps all of its own).
  std::string_view text() const;
  ScalarStyle style() const { return style_; }
  bool is_plain() const { return is_scalar() && style_ == ScalarStyle::plain; }
  // Where the bytes [begin, end) of text() stand in the source, exactly: through escapes, quotes,
  // folds and indentation. An empty range gives the empty place before the byte at `begin`.
  Span source_span(std::size_t begin, std::size_t end) const;
  // The whole text without its quotes or its `|`.
  Span text_span() const { return source_span(0, text().size()); }
  // How the text was made when it is not a slice of the source; empty when it is one.
  std::span<const TextRun> runs() const;

  // Lists only; empty for others.
  std::span<const Node> items() const;
  // Maps only; empty for others. In the order of the file, each key once: of several equal keys the
  // first stays. Every key is a scalar.
  std::span<const Entry> entries() const;
  // The value of a key, or nullptr. Constant time.
  const Node* find(std::string_view key) const;
  // The key with its value, or nullptr.
  const Entry* find_entry(std::string_view key) const;

 private:
  friend class NodeMaker;

  Span span_;
  NodeKind kind_ = NodeKind::null;
  ScalarStyle style_ = ScalarStyle::plain;
  std::uint32_t text_begin_ = 0;   // where the slice of the source begins, for a text without runs
  std::uint32_t count_ = 0;        // bytes, items or entries
  std::uint32_t extra_count_ = 0;  // runs, or slots of the index of keys
  const void* data_ = nullptr;     // text, Node[] or Entry[]
  const void* extra_ = nullptr;    // TextRun[], or the index of keys
};

struct Entry {
  Node key;
  Node value;
};

// One file, read. Owns the tree; nodes stay where they are when it is moved.
class Document {
 public:
  // A null node for an empty or unreadable file.
  const Node& root() const { return *root_; }
  // False when a part of the file could not be read. What is in the tree is still right, but
  // something may be missing from it: a check must not complain that something is missing or
  // unused.
  bool whole() const { return whole_; }

 private:
  friend class NodeMaker;

  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
  const Node* root_ = nullptr;
  bool whole_ = true;
};

}  // namespace alur::dsl
