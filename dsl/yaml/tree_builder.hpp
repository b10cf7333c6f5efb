// The parser's events, one pass over one text, into nodes. Checks every event against the source:
// between two scalars there may be nothing but punctuation, blanks and comments. Mistakes that the
// parser itself does not see are noted here; what to make of its own complaints is left to
// diagnose.hpp.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/yaml/mended_text.hpp"
#include "dsl/yaml/node_maker.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "dsl/yaml/scan.hpp"
#include "dsl/yaml/traps.hpp"
#include "dsl/yaml/trouble.hpp"

namespace alur::dsl {

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const MendedText& mended, NodeMaker& maker, const YamlLimits& limits);

  // To be called after the last document: what is left of the text must be blank.
  void finish();

  // Nothing if there was none.
  const std::optional<Node>& root() const { return root_; }
  std::vector<Trouble>& troubles() { return troubles_; }
  // Everything before this place in the text has been understood.
  std::uint32_t cursor() const { return cursor_; }
  Range last_scalar() const { return last_scalar_; }
  // Where the outermost `[` or `{` stands that is open at the cursor.
  std::optional<std::uint32_t> open_bracket() const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  static constexpr std::uint32_t no_place = UINT32_MAX;

  // A list or map that is open.
  struct Frame {
    bool is_map = false;
    bool in_brackets = false;  // its own
    bool in_flow = false;      // its own or those around it
    bool wants_key = false;
    std::uint32_t begin = 0;
    std::size_t first_node = 0;
    std::uint32_t keys = 0;
    // For texts with commas inside `{ }`: where the last plain value began; up to where commas have
    // been told of; the first key without a value.
    std::uint32_t plain_value = no_place;
    std::uint32_t comma_text_end = 0;
    std::optional<Range> bare_key;
  };

  std::uint32_t place(const YAML::Mark& mark) const;
  bool wants_key() const { return !frames_.empty() && frames_.back().wants_key; }
  bool in_flow() const { return !frames_.empty() && frames_.back().in_flow; }

  void open(const YAML::Mark& mark, bool is_map, YAML::EmitterStyle::value style);
  Span close();
  void add(const Node& node);

  // Takes everything from the cursor to `end` for punctuation, and moves the cursor there.
  void cross_gap(std::uint32_t end);
  [[noreturn]] void refuse_odd_byte(std::uint32_t at);
  void note_tab(std::uint32_t tab);
  void refuse_properties(std::uint32_t at);
  [[noreturn]] void refuse_as_key(std::uint32_t at);

  Node make_scalar(std::uint32_t begin, const ScannedScalar& scalar, std::string_view value);
  bool is_verbatim(const TextRun& run) const;
  std::string_view restore(std::string_view value);
  void check_lines_of_scalar(std::uint32_t begin, const ScannedScalar& scalar);
  [[noreturn]] void refuse_scalar(std::uint32_t at);
  void note_long_scalar(Span span);

  void add_word(std::uint32_t at, std::uint32_t size, bool is_key);
  void add_empty_value();
  void add_bare_key();
  void note_comma(Range key);
  void note_braces(Range braces);

  void note(Trouble trouble);
  [[noreturn]] void stop(Trouble trouble);
  [[noreturn]] void stop_at_limit(Code code, Span span, std::string message);

  const MendedText& mended_;
  std::string_view text_;
  NodeMaker& maker_;
  const YamlLimits& limits_;
  std::vector<Frame> frames_;
  std::vector<Node> nodes_;  // finished, waiting for the end of their list or map
  std::vector<TextRun> runs_;
  std::string restored_;
  std::vector<RepeatedKey> repeated_;
  std::vector<Trouble> troubles_;
  std::optional<Node> root_;
  Range last_scalar_{};
  std::uint32_t cursor_ = 0;
  std::size_t node_count_ = 0;
  bool tab_noted_ = false;
  bool after_plain_ = false;  // a plain scalar ends at the cursor
};

}  // namespace alur::dsl
