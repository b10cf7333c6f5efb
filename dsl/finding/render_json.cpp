#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string_view>

#include "dsl/finding/render.hpp"
#include "dsl/finding/utf8.hpp"

namespace alur::dsl {
namespace {

namespace json = boost::json;

json::object position_json(const SourceFile& file, std::uint32_t offset) {
  const Position at = file.position(offset);
  return {{"line", at.line}, {"column", at.column}, {"offset", offset}};
}

json::object place_json(const Sources& sources, Span span) {
  const SourceFile& file = sources.at(span.file);
  return {{"file", to_valid_utf8(file.path())},
          {"begin", position_json(file, span.begin)},
          {"end", position_json(file, span.end)}};
}

json::value text_or_null(std::string_view text) {
  if (text.empty()) return nullptr;
  return json::value(to_valid_utf8(text));
}

json::array related_json(const Sources& sources, const Finding& finding) {
  json::array out;
  for (const Related& related : finding.related) {
    out.push_back(json::object{{"message", to_valid_utf8(related.message)},
                               {"place", place_json(sources, related.span)}});
  }
  return out;
}

json::value fix_json(const Sources& sources, const Finding& finding) {
  if (!finding.fix) return nullptr;
  return json::object{{"place", place_json(sources, finding.fix->span)},
                      {"text", to_valid_utf8(finding.fix->text)}};
}

json::object finding_json(const Sources& sources, const Finding& finding) {
  const CodeRow& kind = row(finding.code);
  return {{"code", kind.text},
          {"name", kind.name},
          {"severity", to_text(kind.severity)},
          {"group", to_text(kind.group)},
          {"message", to_valid_utf8(finding.message)},
          {"suggestion", text_or_null(finding.suggestion)},
          {"place", place_json(sources, finding.span)},
          {"related", related_json(sources, finding)},
          {"fix", fix_json(sources, finding)},
          {"page", "docs/checks/" + std::string(kind.text) + ".md"}};
}

json::object figure_json(const Sources& sources, const Figure& figure) {
  json::object out{{"name", figure.name}, {"value", figure.value}};
  out.emplace("bound", figure.bound ? json::value(*figure.bound) : json::value(nullptr));
  out.emplace("place", figure.span ? json::value(place_json(sources, *figure.span)) : nullptr);
  return out;
}

}  // namespace

std::string render_json(const Sources& sources, const Findings& findings, const Figures& figures) {
  json::array list;
  for (const Finding& finding : findings) list.push_back(finding_json(sources, finding));
  json::array counted;
  for (const Figure& figure : figures) counted.push_back(figure_json(sources, figure));
  const json::object log{{"version", 1},
                         {"errors", findings.error_count()},
                         {"warnings", findings.warning_count()},
                         {"dropped", findings.dropped_count()},
                         {"findings", std::move(list)},
                         {"figures", std::move(counted)}};
  return json::serialize(log) + '\n';
}

}  // namespace alur::dsl
