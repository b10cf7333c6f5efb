#include "dsl/yaml/tree_builder.hpp"

#include <fmt/format.h>
#include <yaml-cpp/emitterstyle.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "dsl/yaml/gap.hpp"
#include "dsl/yaml/line_shape.hpp"
#include "dsl/yaml/lines.hpp"
#include "dsl/yaml/scan.hpp"
#include "dsl/yaml/traps.hpp"

namespace alur::dsl {
namespace {

constexpr std::array<std::string_view, 4> null_words{"~", "null", "Null", "NULL"};

// The size of the word at `at` that YAML reads as nothing; 0 if it is another.
std::uint32_t null_word_at(std::string_view text, std::uint32_t at) {
  for (const std::string_view word : null_words) {
    if (text.substr(at, word.size()) != word) continue;
    const auto end = static_cast<std::uint32_t>(at + word.size());
    const bool ends = at_line_end(text, end) || is_blank(text[end]) ||
                      std::string_view(":,]}").find(text[end]) != std::string_view::npos;
    if (ends) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

bool is_key_end(std::string_view text, std::uint32_t at) {
  at = skip_blanks(text, at);
  return at < text.size() && text[at] == ':' && is_indicator_at(text, at);
}

// Where a text with commas in it ends, inside `{ }`: before the `}` or the comma before the next
// key.
std::uint32_t find_comma_text_end(std::string_view text, std::uint32_t comma) {
  std::uint32_t end = comma;
  for (std::uint32_t at = comma; at < text.size() && text[at] != '}'; ++at) {
    if (at > comma && text[at] == ',') end = at;
    if (text[at] == ':' && is_indicator_at(text, at)) return end;
    if (line_break_at(text, at) > 0) return at;
    if (at + 1 == text.size() || text[at + 1] == '}') end = at + 1;
  }
  return end;
}

// The rest of the line inside brackets, from a `#` on, goes on as the brackets do.
bool rest_belongs_to_brackets(std::string_view text, std::uint32_t hash) {
  const std::string_view rest = text.substr(hash, find_line_end(text, hash) - hash);
  return rest.find_first_of(",]}") != std::string_view::npos;
}

}  // namespace

TreeBuilder::TreeBuilder(const MendedText& mended, NodeMaker& maker, const YamlLimits& limits)
    : mended_(mended), text_(mended.text()), maker_(maker), limits_(limits) {}

// At the end of the text the parser may count one byte too many.
std::uint32_t TreeBuilder::place(const YAML::Mark& mark) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  return mark.pos < 0 ? size : std::min(static_cast<std::uint32_t>(mark.pos), size);
}

void TreeBuilder::note(Trouble trouble) {
  if (troubles_.size() < troubles_max) troubles_.push_back(std::move(trouble));
}

void TreeBuilder::stop(Trouble trouble) {
  troubles_.push_back(std::move(trouble));
  throw Stop{};
}

void TreeBuilder::stop_at_limit(Code code, Span span, std::string message) {
  Trouble trouble;
  trouble.finding = {code, span, std::move(message), {}, {}, {}};
  trouble.fatal = true;
  stop(std::move(trouble));
}

std::optional<std::uint32_t> TreeBuilder::open_bracket() const {
  const auto found = std::find_if(frames_.begin(), frames_.end(),
                                  [](const Frame& frame) { return frame.in_brackets; });
  if (found == frames_.end()) return std::nullopt;
  return found->begin;
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (!root_) return;
  const std::uint32_t at = place(mark);
  const bool marked = text_.substr(at, 3) == "---" && is_indicator_at(text_, at + 2);
  stop(marked ? second_document(mended_, at) : stray_line(mended_, at));
}

void TreeBuilder::finish() {
  cross_gap(static_cast<std::uint32_t>(text_.size()));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  const std::uint32_t at = place(mark);
  stop(anchor_or_alias(mended_, {at, shape_of_line(text_, at).end}));
}

void TreeBuilder::refuse_properties(std::uint32_t at) {
  if (at >= text_.size() || (text_[at] != '&' && text_[at] != '!')) return;
  const Range range{at, shape_of_line(text_, at).end};
  stop(text_[at] == '&' ? anchor_or_alias(mended_, range) : yaml_tag(mended_, range));
}

void TreeBuilder::refuse_odd_byte(std::uint32_t at) {
  if (text_[at] == '?') stop(bad_key(mended_, at));
  if (text_[at] == '%') stop(directive(mended_, at));
  stop(unreadable(mended_, at));
}

void TreeBuilder::cross_gap(std::uint32_t end) {
  end = std::max(end, cursor_);
  const Gap gap = scan_gap(text_, cursor_, end, after_plain_, in_flow());
  if (gap.odd) refuse_odd_byte(*gap.odd);
  if (gap.tab) note_tab(*gap.tab);
  if (gap.hash) {
    note(hash_in_text(mended_, *gap.hash,
                      in_flow() && !after_plain_ && rest_belongs_to_brackets(text_, *gap.hash)));
  }
  cursor_ = end;
  after_plain_ = false;
}

// Where one line has a tab many do: once in a file is enough.
void TreeBuilder::note_tab(std::uint32_t tab) {
  if (!tab_noted_) note(tab_in_indentation(mended_, tab));
  tab_noted_ = true;
}

void TreeBuilder::add(const Node& node) {
  if (++node_count_ > limits_.nodes_max) {
    stop_at_limit(Code::file_too_large, node.span(),
                  fmt::format("a file can hold at most {} values", limits_.nodes_max));
  }
  if (frames_.empty()) {
    root_ = node;
    return;
  }
  Frame& frame = frames_.back();
  if (frame.wants_key && ++frame.keys > std::min(limits_.keys_max, keys_indexed_max)) {
    stop_at_limit(Code::too_many_keys, node.span(),
                  fmt::format("one place can hold at most {} keys", limits_.keys_max));
  }
  nodes_.push_back(node);
  frame.wants_key = frame.is_map && !frame.wants_key;
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                           const std::string& value) {
  const std::uint32_t at = place(mark);
  refuse_properties(at);
  cross_gap(at);
  const ScannedScalar scalar = scan_scalar(text_, at, value, runs_);
  if (!scalar.agrees) refuse_scalar(at);
  const std::string_view all = text_.substr(at, scalar.end - at);
  if (all.find('\n') != std::string_view::npos) check_lines_of_scalar(at, scalar);
  const Node node = make_scalar(at, scalar, value);
  last_scalar_ = {at, scalar.end};
  if (node.text().size() > limits_.scalar_bytes_max) note_long_scalar(node.span());
  cursor_ = scalar.end;
  after_plain_ = scalar.style == ScalarStyle::plain;
  if (in_flow() && !wants_key()) frames_.back().plain_value = after_plain_ ? at : no_place;
  add(node);
}

// The parser lets a quote that is never closed pass if the file ends with a line break.
void TreeBuilder::refuse_scalar(std::uint32_t at) {
  const bool quoted = at < text_.size() && (text_[at] == '"' || text_[at] == '\'');
  stop(quoted ? unterminated_quote(mended_, at) : unreadable(mended_, at));
}

void TreeBuilder::note_long_scalar(Span span) {
  Trouble trouble;
  trouble.finding.code = Code::scalar_too_long;
  trouble.finding.span = {span.file, span.begin, span.begin + 1};
  trouble.finding.message =
      fmt::format("a single text can hold at most {} bytes", limits_.scalar_bytes_max);
  note(std::move(trouble));
}

// A quote that was forgotten takes in the lines below up to the next quote; a line that is indented
// too far becomes part of the plain text above it.
void TreeBuilder::check_lines_of_scalar(std::uint32_t begin, const ScannedScalar& scalar) {
  const bool quoted =
      scalar.style == ScalarStyle::single_quoted || scalar.style == ScalarStyle::double_quoted;
  if (!quoted && scalar.style != ScalarStyle::plain) return;
  for (std::uint32_t at = find_next_line(text_, begin); at < scalar.end;
       at = find_next_line(text_, at)) {
    const LineShape line = shape_of_line(text_, at);
    if (const auto tab = find_tab_in_indentation(text_, at)) note_tab(*tab);
    if (!looks_like_structure(text_, line)) continue;
    if (quoted) stop(unterminated_quote(mended_, begin));
    if (const auto bracket = open_bracket()) stop(unclosed_bracket(mended_, *bracket));
    return note(continued_as_text(mended_, line.first));
  }
}

Node TreeBuilder::make_scalar(std::uint32_t begin, const ScannedScalar& scalar,
                              std::string_view value) {
  const Span span = mended_.to_source(begin, scalar.end);
  if (runs_.empty()) {
    const bool quoted = text_[begin] == '"' || text_[begin] == '\'';
    return maker_.make_slice(span, scalar.style, {}, quoted ? span.begin + 1 : span.end);
  }
  value = value.substr(0, scalar.text_size);
  if (runs_.size() == 1 && is_verbatim(runs_[0])) {
    const Span slice = mended_.to_source(runs_[0].source_begin, runs_[0].source_end);
    return maker_.make_slice(span, scalar.style, mended_.source().substr(slice.begin, slice.size()),
                             slice.begin);
  }
  return maker_.make_text(span, scalar.style, restore(value), runs_);
}

// A line break that reads as a space is as long as one but is none. Where an edit has changed the
// length, the text stays as it was given to the parser.
bool TreeBuilder::is_verbatim(const TextRun& run) const {
  const std::uint32_t size = run.text_end - run.text_begin;
  if (size != run.source_end - run.source_begin || text_[run.source_begin] == '\n') return false;
  return mended_.is_abridged() ||
         mended_.to_source(run.source_begin, run.source_end).size() == size;
}

// The text as its author wrote it, without the edits that let the parser read on, and its runs with
// their places in the source.
std::string_view TreeBuilder::restore(std::string_view value) {
  restored_.clear();
  for (TextRun& run : runs_) {
    const Span place = mended_.to_source(run.source_begin, run.source_end);
    const std::string_view part = is_verbatim(run)
                                      ? mended_.source().substr(place.begin, place.size())
                                      : value.substr(run.text_begin, run.text_end - run.text_begin);
    const auto begin = static_cast<std::uint32_t>(restored_.size());
    restored_ += part;
    run = {begin, static_cast<std::uint32_t>(restored_.size()), place.begin, place.end};
  }
  return restored_;
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
  const std::uint32_t at = place(mark);
  refuse_properties(at);
  const std::uint32_t size = at < cursor_ ? 0 : null_word_at(text_, at);
  if (wants_key()) {
    if (size == 0) stop(bad_key(mended_, std::max(at, cursor_)));
    return add_word(at, size, true);
  }
  // The word may be the key that comes after a value that is not written.
  if (size > 0 && !is_key_end(text_, at + size)) return add_word(at, size, false);
  add_empty_value();
}

void TreeBuilder::add_word(std::uint32_t at, std::uint32_t size, bool is_key) {
  cross_gap(at);
  cursor_ = at + size;
  last_scalar_ = {at, cursor_};
  const Span span = mended_.to_source(at, cursor_);
  if (!is_key) return add(maker_.make_null(span));
  after_plain_ = true;
  add(maker_.make_slice(span, ScalarStyle::plain, mended_.source().substr(span.begin, size),
                        span.begin));
}

void TreeBuilder::add_empty_value() {
  if (!frames_.empty()) {
    const Frame& frame = frames_.back();
    const char wanted = frame.is_map ? ':' : (frame.in_flow ? ',' : '-');
    const std::uint32_t indicator = skip_to_token(text_, cursor_);
    const bool found = indicator < text_.size() && text_[indicator] == wanted;
    if (!found && frame.is_map) return add_bare_key();
    if (found) cross_gap(indicator + 1);
  }
  const std::uint32_t next = skip_blanks(text_, cursor_);
  const bool hash = next > cursor_ && next + 1 < text_.size() && text_[next] == '#' &&
                    is_letter_or_digit(text_[next + 1]);
  if (hash && !in_flow()) note(hash_in_text(mended_, next, true));
  add(maker_.make_null(mended_.to_source(cursor_, cursor_)));
}

// A key without a `:`. Inside `{ }`: a text with a comma in it, a text with a placeholder, or a
// forgotten value. The key is taken out again, so that nobody complains of it twice.
void TreeBuilder::add_bare_key() {
  Frame& frame = frames_.back();
  const Range key = last_scalar_;
  const auto colon = text_.substr(key.begin, key.end - key.begin).find(':');
  const auto at = static_cast<std::uint32_t>(key.begin + colon);
  const bool has_colon = colon != std::string_view::npos && colon > 0;
  if (!frame.in_flow) {
    stop(has_colon ? missing_space(mended_, {key.begin, at}, at) : stray_line(mended_, key.begin));
  }
  nodes_.pop_back();
  --frame.keys;
  frame.wants_key = true;
  if (key.begin < frame.comma_text_end) return;
  if (has_colon) return note(missing_space(mended_, {key.begin, at}, at));
  if (frame.plain_value != no_place) return note_comma(key);
  if (!frame.bare_key) frame.bare_key = key;
}

void TreeBuilder::note_comma(Range key) {
  Frame& frame = frames_.back();
  std::uint32_t comma = key.begin - 1;
  while (text_[comma] != ',') --comma;
  const Range text{frame.plain_value, find_comma_text_end(text_, comma)};
  frame.comma_text_end = text.end;
  note(comma_in_text(mended_, text, comma));
}

// The parser takes a bracket that is never closed for the beginning of a key.
void TreeBuilder::refuse_as_key(std::uint32_t at) {
  const bool bracket = at < text_.size() && (text_[at] == '[' || text_[at] == '{');
  if (bracket && !match_brackets(text_, at, find_line_end(text_, at)).closing) {
    stop(unclosed_bracket(mended_, at));
  }
  stop(bad_key(mended_, at));
}

void TreeBuilder::open(const YAML::Mark& mark, bool is_map, YAML::EmitterStyle::value style) {
  const std::uint32_t at = place(mark);
  refuse_properties(at);
  if (wants_key()) refuse_as_key(at);
  cross_gap(at);
  if (!frames_.empty()) frames_.back().plain_value = no_place;
  if (frames_.size() >= limits_.depth_max) {
    stop_at_limit(
        Code::nested_too_deep, mended_.to_source(at, at + 1),
        fmt::format("things can stand inside things at most {} levels deep", limits_.depth_max));
  }
  Frame frame;
  frame.is_map = is_map;
  frame.in_brackets =
      style == YAML::EmitterStyle::Flow && at < text_.size() && text_[at] == (is_map ? '{' : '[');
  frame.in_flow = in_flow() || style == YAML::EmitterStyle::Flow;
  frame.wants_key = is_map;
  frame.begin = at;
  frame.first_node = nodes_.size();
  frames_.push_back(frame);
  if (frame.in_brackets) cursor_ = at + 1;
}

// Ends the innermost list or map, and says where it ends in the source.
Span TreeBuilder::close() {
  const Frame frame = frames_.back();
  if (frame.in_brackets) {
    std::uint32_t at = skip_to_token(text_, cursor_);
    if (at < text_.size() && text_[at] == ',') at = skip_to_token(text_, at + 1);
    cross_gap(at);
    if (at >= text_.size() || text_[at] != (frame.is_map ? '}' : ']')) {
      stop(unreadable(mended_, frame.begin));
    }
    cursor_ = at + 1;
  }
  frames_.pop_back();
  Span span = mended_.to_source(frame.begin, std::max(cursor_, frame.begin));
  if (!frame.in_brackets && nodes_.size() > frame.first_node) span.end = nodes_.back().span().end;
  return span;
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                                  YAML::EmitterStyle::value style) {
  open(mark, false, style);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                             YAML::EmitterStyle::value style) {
  open(mark, true, style);
}

void TreeBuilder::OnSequenceEnd() {
  const std::size_t first = frames_.back().first_node;
  const Span span = close();
  const Node list = maker_.make_list(span, std::span(nodes_).subspan(first));
  nodes_.resize(first);
  add(list);
}

// A text with nothing but a placeholder, or one that begins with it.
void TreeBuilder::note_braces(Range braces) {
  if (in_flow()) return note(text_in_braces(mended_, braces));
  const std::uint32_t line_end = shape_of_line(text_, braces.begin).end;
  if (line_end <= braces.end) return note(text_in_braces(mended_, braces));
  stop(text_in_brackets(mended_, {braces.begin, line_end}));
}

void TreeBuilder::OnMapEnd() {
  const Frame frame = frames_.back();
  const Span span = close();
  if (frame.bare_key && frame.keys == 0) {
    note_braces({frame.begin, cursor_});
  } else if (frame.bare_key) {
    note(key_without_value(mended_, *frame.bare_key));
  }
  repeated_.clear();
  const Node map = maker_.make_map(span, std::span(nodes_).subspan(frame.first_node), repeated_);
  for (const RepeatedKey& key : repeated_) note(repeated_key(key.first, key.again));
  nodes_.resize(frame.first_node);
  add(map);
}

}  // namespace alur::dsl
