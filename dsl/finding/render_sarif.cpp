// SARIF 2.1.0 (OASIS, March 2020). Regions: section 3.30; fixes: 3.55; paths as URIs: 3.4.
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string_view>

#include "dsl/finding/render.hpp"
#include "dsl/finding/utf8.hpp"

namespace alur::dsl {
namespace {

namespace json = boost::json;

constexpr std::string_view schema_uri = "https://json.schemastore.org/sarif-2.1.0.json";

bool stays_in_uri(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

std::string to_uri(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (stays_in_uri(c)) {
      out.push_back(c);
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

json::object artifact_json(const SourceFile& file) {
  return {{"uri", to_uri(file.path())}};
}

json::object region_json(const SourceFile& file, Span span) {
  const Position begin = file.position(span.begin);
  const Position end = file.position(span.end);
  const std::string_view before = file.text().substr(0, span.begin);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column},
          {"charOffset", count_code_points(before)},
          {"charLength", count_code_points(file.text(span))},
          {"byteOffset", span.begin},
          {"byteLength", span.size()}};
}

json::object physical_json(const Sources& sources, Span span) {
  const SourceFile& file = sources.at(span.file);
  return {{"artifactLocation", artifact_json(file)}, {"region", region_json(file, span)}};
}

json::object text_json(std::string_view text) {
  return {{"text", to_valid_utf8(text)}};
}

json::array rules_json() {
  json::array rules;
  for (const CodeRow& kind : all_codes()) {
    rules.push_back(
        json::object{{"id", kind.text},
                     {"name", kind.name},
                     {"shortDescription", text_json(kind.title)},
                     {"helpUri", "docs/checks/" + std::string(kind.text) + ".md"},
                     {"defaultConfiguration", json::object{{"level", to_text(kind.severity)}}},
                     {"properties", json::object{{"group", to_text(kind.group)}}}});
  }
  return rules;
}

json::array related_json(const Sources& sources, const Finding& finding) {
  json::array out;
  for (const Related& related : finding.related) {
    out.push_back(json::object{{"id", out.size()},
                               {"physicalLocation", physical_json(sources, related.span)},
                               {"message", text_json(related.message)}});
  }
  return out;
}

json::object fix_json(const Sources& sources, const Finding& finding) {
  const SourceFile& file = sources.at(finding.fix->span.file);
  const json::object replacement{{"deletedRegion", region_json(file, finding.fix->span)},
                                 {"insertedContent", text_json(finding.fix->text)}};
  const json::object change{{"artifactLocation", artifact_json(file)},
                            {"replacements", json::array{replacement}}};
  json::object fix{{"artifactChanges", json::array{change}}};
  if (!finding.suggestion.empty()) fix.emplace("description", text_json(finding.suggestion));
  return fix;
}

std::string message_text(const Finding& finding) {
  if (finding.suggestion.empty()) return finding.message;
  return finding.message + "; " + finding.suggestion;
}

json::object result_json(const Sources& sources, const Finding& finding) {
  const CodeRow& kind = row(finding.code);
  const json::object location{{"physicalLocation", physical_json(sources, finding.span)}};
  json::object result{{"ruleId", kind.text},
                      {"ruleIndex", static_cast<std::size_t>(finding.code)},
                      {"level", to_text(kind.severity)},
                      {"message", text_json(message_text(finding))},
                      {"locations", json::array{location}}};
  if (!finding.related.empty()) {
    result.emplace("relatedLocations", related_json(sources, finding));
  }
  if (finding.fix) result.emplace("fixes", json::array{fix_json(sources, finding)});
  return result;
}

}  // namespace

std::string render_sarif(const Sources& sources, const Findings& findings) {
  json::array results;
  for (const Finding& finding : findings) results.push_back(result_json(sources, finding));
  const json::object driver{{"name", "alur"}, {"rules", rules_json()}};
  const json::object run{{"tool", json::object{{"driver", driver}}},
                         {"columnKind", "unicodeCodePoints"},
                         {"results", std::move(results)}};
  const json::object log{{"$schema", schema_uri}, {"version", "2.1.0"}, {"runs", json::array{run}}};
  return json::serialize(log) + '\n';
}

}  // namespace alur::dsl
