#include "dsl/yaml/read_yaml.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <istream>
#include <optional>
#include <streambuf>
#include <utility>
#include <vector>

#include "dsl/yaml/bytes.hpp"
#include "dsl/yaml/diagnose.hpp"
#include "dsl/yaml/mended_text.hpp"
#include "dsl/yaml/node_maker.hpp"
#include "dsl/yaml/traps.hpp"
#include "dsl/yaml/tree_builder.hpp"

namespace alur::dsl {
namespace {

// A file is read again after each mistake that stops the parser. More mistakes than these in one
// file, or more bytes read again and again, are not worth the time of whoever waits.
constexpr int passes_max = 64;
constexpr std::size_t reread_bytes_max = 4U << 20;

// A stream over a text that is not copied.
class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // the parser only reads
    setg(begin, begin, begin + text.size());
  }
};

struct ComplaintRow {
  std::string_view words;
  Complaint what;
};

// The parser's own words are looked at and never shown.
const std::array<ComplaintRow, 13> complaints{{
    {YAML::ErrorMsg::MAP_VALUE, Complaint::colon},
    {YAML::ErrorMsg::MAP_KEY, Complaint::line},
    {YAML::ErrorMsg::END_OF_MAP, Complaint::line},
    {YAML::ErrorMsg::END_OF_SEQ, Complaint::line},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, Complaint::line},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, Complaint::line},
    {YAML::ErrorMsg::FLOW_END, Complaint::closing_bracket},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, Complaint::character},
    {YAML::ErrorMsg::DOC_IN_SCALAR, Complaint::open_quote},
    {YAML::ErrorMsg::EOF_IN_SCALAR, Complaint::open_quote},
    {YAML::ErrorMsg::INVALID_HEX, Complaint::escape},
    {YAML::ErrorMsg::INVALID_UNICODE, Complaint::escape},
    {YAML::ErrorMsg::INVALID_ESCAPE, Complaint::escape},
}};

Complaint to_complaint(std::string_view words) {
  for (const ComplaintRow& row : complaints) {
    if (words.starts_with(row.words)) return row.what;
  }
  return Complaint::other;
}

// One pass of the parser over the text. Its complaint, if it has one; a Stop of the builder is
// none.
std::optional<Complained> run_parser(const MendedText& mended, TreeBuilder& builder) {
  TextBuffer buffer(mended.text());
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    builder.finish();
  } catch (const Stop&) {
  } catch (const YAML::Exception& complaint) {
    const bool placed = !complaint.mark.is_null() && complaint.mark.pos >= 0;
    const auto at = placed ? static_cast<std::uint32_t>(complaint.mark.pos) : builder.cursor();
    return Complained{to_complaint(complaint.msg), at, builder.cursor(), builder.last_scalar(),
                      builder.open_bracket()};
  } catch (const std::exception&) {
    return Complained{Complaint::other, builder.cursor(), builder.cursor(), builder.last_scalar(),
                      builder.open_bracket()};
  }
  return std::nullopt;
}

bool contains(const std::vector<std::uint32_t>& lines, std::uint32_t line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

class Reader {
 public:
  Reader(const SourceFile& file, FileId id, Findings& findings, const YamlLimits& limits)
      : file_(file), id_(id), findings_(findings), limits_(limits), mended_(file.text(), id) {}

  Document run() {
    if (!check_bytes(file_, id_, limits_.file_bytes_max, findings_)) return nothing();
    if (auto document = read_quickly()) return std::move(*document);
    std::size_t bytes = 0;
    for (int pass = 0; pass < passes_max && bytes <= reread_bytes_max; ++pass) {
      bytes += file_.text().size();
      NodeMaker maker(id_, file_.text().size());
      TreeBuilder builder(mended_, maker, limits_);
      const auto complained = run_parser(mended_, builder);
      if (complained) builder.troubles().push_back(diagnose(mended_, *complained));
      switch (settle(builder.troubles())) {
        case Next::done:
          return finish(maker, builder);
        case Next::again:
          break;
        case Next::give_up:
          return nothing();
      }
    }
    return nothing();
  }

 private:
  enum class Next { done, again, give_up };

  Document nothing() const {
    NodeMaker maker(id_, 0);
    return maker.finish(maker.make_null({id_, 0, 0}), false);
  }

  // Most files have no mistake, and those can be read abridged.
  std::optional<Document> read_quickly() const {
    const MendedText abridged = MendedText::abridged(file_.text(), id_);
    NodeMaker maker(id_, file_.text().size());
    TreeBuilder builder(abridged, maker, limits_);
    const auto complained = run_parser(abridged, builder);
    const bool good =
        !complained && builder.troubles().empty() && builder.root() && !builder.root()->is_null();
    if (!good) return std::nullopt;
    return maker.finish(*builder.root(), true);
  }

  Document finish(NodeMaker& maker, const TreeBuilder& builder) {
    const Node root = builder.root().value_or(maker.make_null({id_, 0, 0}));
    if (root.is_null() && root.span().empty() && mended_.is_source()) {
      findings_.add(Code::empty_file, {id_, 0, 0}, "there is nothing in this file");
      loses_ = true;
    }
    return maker.finish(root, !loses_);
  }

  // Tells of the troubles of one pass and mends what can be mended. What was only noted in a pass
  // that has to be repeated will be noted again.
  Next settle(std::vector<Trouble>& troubles) {
    const bool fatal = std::any_of(troubles.begin(), troubles.end(),
                                   [](const Trouble& trouble) { return trouble.fatal; });
    const bool mends = std::any_of(troubles.begin(), troubles.end(),
                                   [](const Trouble& trouble) { return !trouble.edits.empty(); });
    std::vector<std::uint32_t> mended_lines;
    for (Trouble& trouble : troubles) {
      if (mends && !fatal && trouble.edits.empty()) continue;
      const std::uint32_t line = file_.line_of(trouble.finding.span.begin);
      loses_ = loses_ || trouble.loses;
      tell(std::move(trouble.finding));
      if (trouble.edits.empty()) continue;
      if (!mend(trouble, contains(mended_lines, line))) return Next::give_up;
      mended_lines.push_back(line);
    }
    if (fatal) return Next::give_up;
    return mends ? Next::again : Next::done;
  }

  // A mistake in writing often looks like several, so of a text with one no other is told. Where
  // one line has a tab many do.
  void tell(Finding finding) {
    const bool about_writing =
        finding.code != Code::duplicate_key && finding.code != Code::scalar_too_long;
    const auto told = [&](const Span& before) {
      return before.begin <= finding.span.begin && finding.span.begin <= before.end;
    };
    const bool again = finding.code == Code::tab_in_indentation && tab_told_;
    if (again || is_same_shift(finding) ||
        (about_writing && std::any_of(told_.begin(), told_.end(), told)))
      return;
    tab_told_ = tab_told_ || finding.code == Code::tab_in_indentation;
    if (about_writing) told_.push_back(range_of_mistake(finding));
    findings_.add(std::move(finding));
  }

  // Lines that are all off by the same are one slip.
  bool is_same_shift(const Finding& finding) {
    if (finding.code != Code::wrong_indentation || !finding.related.empty()) {
      last_shift_.clear();
      return false;
    }
    const std::string shift = finding.message + finding.suggestion;
    const bool same = shift == last_shift_;
    last_shift_ = shift;
    return same;
  }

  // The text that has to be quoted, or else the line.
  Span range_of_mistake(const Finding& finding) const {
    if (finding.fix && finding.fix->span.size() >= finding.span.size()) return finding.fix->span;
    const std::uint32_t line = file_.line_of(finding.span.begin);
    const std::uint32_t begin = file_.line_start(line);
    return {id_, begin, begin + static_cast<std::uint32_t>(file_.line_text(line).size())};
  }

  // False if nothing can be mended any more. What was mended before and is still wrong must go,
  // line and all; unless it was mended just now in this pass, which has not been tried yet.
  bool mend(Trouble& trouble, bool line_mended) {
    const std::uint32_t at = trouble.edits.front().begin;
    if (++mends_ > troubles_max) return false;
    if (mended_.apply(std::move(trouble.edits)) || line_mended) return true;
    loses_ = true;
    return mended_.apply({blank_lines(file_.text(), at)});
  }

  const SourceFile& file_;
  FileId id_;
  Findings& findings_;
  const YamlLimits& limits_;
  MendedText mended_;
  std::vector<Span> told_;
  bool tab_told_ = false;
  std::string last_shift_;
  std::size_t mends_ = 0;
  bool loses_ = false;
};

}  // namespace

Document read_yaml(const SourceFile& file, FileId id, Findings& findings,
                   const YamlLimits& limits) {
  return Reader(file, id, findings, limits).run();
}

}  // namespace alur::dsl
