// The text as the parser is given it: the source without its byte order mark, and with the edits by
// which a mistake, once told, is taken out of the way so that the rest of the file can be read.
// Places in the mended text and places in the source are two different things; this file turns one
// into the other.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/finding/source.hpp"

namespace alur::dsl {

// Replaces the bytes [begin, end) of the source.
struct Edit {
  std::uint32_t begin;
  std::uint32_t end;
  std::string text;
};

class MendedText {
 public:
  // The source must outlive this.
  MendedText(std::string_view source, FileId file);
  // With every word of ASCII letters and digits cut down to its first letter. YAML does not look
  // inside words, so the tree is the same, and the parser, which is slow for each byte, has half of
  // them to read. Cannot be edited: a file that turns out to have a mistake is read again,
  // unabridged.
  static MendedText abridged(std::string_view source, FileId file);

  std::string_view text() const { return is_source() ? unmended_ : made_; }
  std::string_view source() const { return source_; }
  // The text is the source as it is, byte order mark aside.
  bool is_source() const { return edits_.empty() && places_.empty(); }
  bool is_abridged() const { return !places_.empty(); }

  // A place in the text -> a place in the source; past its end counts as its end. Inside an edit of
  // equal length byte for byte, inside any other edit its beginning.
  std::uint32_t to_source(std::uint32_t at) const {
    at = std::min(at, static_cast<std::uint32_t>(text().size()));
    return is_abridged() ? places_[at] : to_source_through_edits(at);
  }
  Span to_source(std::uint32_t begin, std::uint32_t end) const {
    return {file_, to_source(begin), to_source(end)};
  }
  // An edit of the bytes [begin, end) of the text.
  Edit edit(std::uint32_t begin, std::uint32_t end, std::string with) const {
    return {to_source(begin), to_source(end), std::move(with)};
  }

  // An edit replaces earlier ones that lie wholly inside it. False, and nothing is done, if one
  // touches an earlier edit in any other way.
  bool apply(std::vector<Edit> edits);

 private:
  struct Placed {
    Edit edit;
    std::uint32_t begin;  // in the mended text
  };

  std::uint32_t to_source_through_edits(std::uint32_t at) const;
  bool put(Edit edit);
  void rebuild();

  FileId file_;
  std::string_view source_;
  std::string_view unmended_;
  std::string made_;
  std::vector<Placed> edits_;          // by place
  std::vector<std::uint32_t> places_;  // of each byte of an abridged text, and of its end
};

}  // namespace alur::dsl
