// Texts, templates and filters -> wordings: for each language a stretch of parts.
#include <algorithm>

#include "dsl/emit/unit_builder.hpp"

namespace alur::dsl {

using program::Filter;
using program::Range;
using value::PluralCategory;

namespace {

// What is said in a language: its own words, else those for every language, else the first.
const ast::Template* wording_in(const ast::Text& text, std::string_view language) {
  const ast::Template* fallback = nullptr;
  for (const ast::LocalText& local : text.languages) {
    if (local.language.text == language) return &local.text;
    if (local.language.empty() || !fallback) fallback = &local.text;
  }
  return fallback;
}

Filter to_filter(std::string_view name) {
#define FILTER(filter, meaning) \
  if (name == #filter) return Filter::filter;
#include "engine/program/filter.def"
#undef FILTER
  return Filter::number;
}

PluralCategory to_category(std::string_view name) {
  for (const PluralCategory category :
       {PluralCategory::zero, PluralCategory::one, PluralCategory::two, PluralCategory::few,
        PluralCategory::many}) {
    if (value::to_text(category) == name) return category;
  }
  return PluralCategory::other;
}

}  // namespace

program::StringRef UnitBuilder::keep(std::string_view text) {
  const program::StringRef ref{static_cast<Index>(unit_.strings.size()),
                               static_cast<Index>(text.size())};
  unit_.strings += text;
  return ref;
}

Index UnitBuilder::emit_text(const ast::Text& text) {
  if (text.empty()) return program::none;
  std::vector<Range> wordings;
  for (const std::string& language : symbols_.languages) {
    const ast::Template* words = wording_in(text, language);
    wordings.push_back(words ? emit_wording(*words) : Range{});
  }
  const auto first = static_cast<Index>(unit_.wordings.size());
  unit_.wordings.insert(unit_.wordings.end(), wordings.begin(), wordings.end());
  unit_.texts.push_back({first});
  return static_cast<Index>(unit_.texts.size() - 1);
}

Index UnitBuilder::emit_template(const ast::Template& text) {
  const Range wording = emit_wording(text);
  const auto first = static_cast<Index>(unit_.wordings.size());
  unit_.wordings.insert(unit_.wordings.end(), symbols_.languages.size(), wording);
  unit_.texts.push_back({first});
  return static_cast<Index>(unit_.texts.size() - 1);
}

Range UnitBuilder::emit_wording(const ast::Template& text) {
  std::vector<program::TextPart> parts;
  for (const ast::TemplatePart& part : text.parts) {
    program::TextPart emitted;
    if (part.expression) {
      emitted.node = emit_expression(*part.expression);
      emitted.filters = emit_filters(part.filters);
    } else {
      emitted.literal = keep(part.literal);
    }
    parts.push_back(emitted);
  }
  const auto first = static_cast<Index>(unit_.parts.size());
  unit_.parts.insert(unit_.parts.end(), parts.begin(), parts.end());
  return {first, static_cast<Index>(unit_.parts.size())};
}

Range UnitBuilder::emit_filters(const std::vector<ast::Filter>& filters) {
  const auto first = static_cast<Index>(unit_.filters.size());
  for (const ast::Filter& filter : filters) {
    program::FilterUse use;
    use.filter = to_filter(filter.name.text);
    std::vector<Index> nodes;
    use.names.begin = static_cast<Index>(unit_.plural_names.size());
    for (const ast::Argument& argument : filter.arguments) {
      nodes.push_back(emit_expression(argument.value));
      if (use.filter == Filter::plural) {
        unit_.plural_names.push_back(to_category(argument.name.text));
      }
    }
    use.names.end = static_cast<Index>(unit_.plural_names.size());
    use.arguments.begin = static_cast<Index>(unit_.argument_nodes.size());
    unit_.argument_nodes.insert(unit_.argument_nodes.end(), nodes.begin(), nodes.end());
    use.arguments.end = static_cast<Index>(unit_.argument_nodes.size());
    unit_.filters.push_back(use);
  }
  return {first, static_cast<Index>(unit_.filters.size())};
}

Index UnitBuilder::emit_message(const ast::Text& text, const ast::Extras& extras, Span span) {
  program::Message message;
  message.place = place(span);
  message.text = emit_text(text);
  if (extras.image) message.image = emit_template(*extras.image);
  if (extras.document) message.document = emit_template(*extras.document);
  if (extras.link) {
    message.link_label = emit_text(extras.link->label);
    message.link_url = emit_template(extras.link->url);
  }
  if (extras.location) {
    message.latitude = emit_expression(extras.location->latitude);
    message.longitude = emit_expression(extras.location->longitude);
    message.location_name = emit_text(extras.location->name);
    message.location_address = emit_text(extras.location->address);
  }
  message.contact = extras.contact;
  using program::Overflow;
  const std::string& overflow = extras.overflow.text;
  if (overflow == "split") message.overflow = Overflow::split;
  if (overflow == "page") message.overflow = Overflow::page;
  if (overflow == "number") message.overflow = Overflow::number;
  if (overflow == "shorten") message.overflow = Overflow::shorten;
  unit_.messages.push_back(message);
  return static_cast<Index>(unit_.messages.size() - 1);
}

bool holds_private(const ast::Text& text) {
  for (const ast::LocalText& wording : text.languages) {
    for (const ast::TemplatePart& part : wording.text.parts) {
      if (part.expression && holds_private(*part.expression)) return true;
    }
  }
  return false;
}

}  // namespace alur::dsl
