// The form for people. The forms for programs are in render_json.cpp and render_sarif.cpp.
#include "dsl/finding/render.hpp"

#include <fmt/format.h>

#include <string_view>

#include "dsl/finding/excerpt.hpp"

namespace alur::dsl {
namespace {

struct Paint {
  bool on;

  std::string operator()(std::string_view colour, std::string_view text) const {
    if (!on || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
  }
};

constexpr std::string_view bold = "1";
constexpr std::string_view red = "1;31";
constexpr std::string_view yellow = "1;33";
constexpr std::string_view blue = "34";

std::string_view colour_of(Severity severity) {
  return severity == Severity::error ? red : yellow;
}

std::string place_text(const Sources& sources, Span span) {
  const SourceFile& file = sources.at(span.file);
  const Position at = file.position(span.begin);
  return fmt::format("{}:{}:{}:", to_visible(file.path()), at.line, at.column);
}

// Beside the carets: where a range of several lines ends, and the suggestion.
std::string beside_carets(const SourceFile& file, const Finding& finding) {
  std::string out;
  const std::uint32_t last =
      file.line_of(finding.span.empty() ? finding.span.begin : finding.span.end - 1);
  if (last > file.line_of(finding.span.begin)) out += fmt::format(" (to line {})", last);
  if (!finding.suggestion.empty()) out += ' ' + to_visible(finding.suggestion);
  return out;
}

std::string excerpt_text(const SourceFile& file, const Finding& finding, const Paint& paint) {
  const Excerpt excerpt = make_excerpt(file, finding.span);
  const std::string number = fmt::format("{:>4}", file.line_of(finding.span.begin));
  const std::string_view colour = colour_of(row(finding.code).severity);
  std::string out = paint(blue, number + " |");
  if (!excerpt.line.empty()) out += ' ' + excerpt.line;
  out += '\n' + paint(blue, std::string(number.size(), ' ') + " |") + ' ';
  out += paint(colour, excerpt.carets + beside_carets(file, finding)) + '\n';
  return out;
}

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string closing_line(const Findings& findings) {
  std::string out;
  if (findings.dropped_count() > 0) {
    out += fmt::format("only the first {} are shown\n", findings.size());
  }
  const bool both = findings.error_count() > 0 && findings.warning_count() > 0;
  if (findings.error_count() > 0) out += plural(findings.error_count(), "error");
  if (both) out += ", ";
  if (findings.warning_count() > 0) out += plural(findings.warning_count(), "warning");
  return out + '\n';
}

}  // namespace

std::string render_finding(const Sources& sources, const Finding& finding, RenderStyle style) {
  const Paint paint{style.colour};
  const CodeRow& kind = row(finding.code);
  std::string out = paint(bold, place_text(sources, finding.span));
  out += ' ' +
         paint(colour_of(kind.severity), fmt::format("{}[{}]:", to_text(kind.severity), kind.text));
  out += ' ' + paint(bold, to_visible(finding.message)) + '\n';
  out += excerpt_text(sources.at(finding.span.file), finding, paint);
  for (const Related& related : finding.related) {
    out += fmt::format("  related: {} {}\n", place_text(sources, related.span),
                       to_visible(related.message));
  }
  return out;
}

std::string render_text(const Sources& sources, const Findings& findings, RenderStyle style) {
  if (findings.empty()) return {};
  std::string out;
  for (const Finding& finding : findings) {
    out += render_finding(sources, finding, style) + '\n';
  }
  return out + closing_line(findings);
}

}  // namespace alur::dsl
