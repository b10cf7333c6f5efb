// One text read as YAML, with what came of it.
#pragma once

#include <string>
#include <string_view>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/render.hpp"
#include "dsl/finding/source.hpp"
#include "dsl/yaml/dump_yaml.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::dsl {

struct Reading {
  Sources sources;
  FileId file;
  Findings findings;
  Document document;

  explicit Reading(std::string_view text, const YamlLimits& limits = {})
      : file(sources.add("a.yaml", std::string(text))),
        document(read_yaml(sources.at(file), file, findings, limits)) {
    findings.sort_in_file_order();
  }

  const Node& root() const { return document.root(); }
  std::string dump() const { return dump_yaml(sources.at(file), document); }
  std::string rendered() const { return render_text(sources, findings); }
  // The codes in file order, with spaces between: "S003 S051".
  std::string codes() const {
    std::string out;
    for (const Finding& finding : findings) {
      out += (out.empty() ? "" : " ") + std::string(row(finding.code).text);
    }
    return out;
  }
  std::string_view source_of(Span span) const { return sources.at(file).text(span); }
};

}  // namespace alur::dsl
