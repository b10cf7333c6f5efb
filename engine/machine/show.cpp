#include "engine/machine/show.hpp"

namespace alur::machine {

using value::Kind;

namespace {

std::string list_shown(const program::Program& program, program::Index language,
                       const value::List& list) {
  std::vector<std::string> items;
  for (const value::Value& item : list.items) {
    std::string shown;
    show_value(program, language, item, shown);
    items.push_back(std::move(shown));
  }
  return program.formatter(language).format_list(items);
}

}  // namespace

void show_value(const program::Program& program, program::Index language, const value::Value& value,
                std::string& out) {
  const value::Formatter& formatter = program.formatter(language);
  switch (value.kind()) {
    case Kind::text:
      out += value.text();
      return;
    case Kind::choice:
      out += value.choice_name();
      return;
    case Kind::number:
      out += formatter.format_number(value.number());
      return;
    case Kind::date:
      out += formatter.format_date(value.date());
      return;
    case Kind::time:
      out += formatter.format_time(value.time());
      return;
    case Kind::datetime:
      out += formatter.format_datetime(value.datetime());
      return;
    case Kind::duration:
      out += formatter.format_duration(value.duration());
      return;
    case Kind::list:
      out += list_shown(program, language, value.list());
      return;
    case Kind::media:
      out += value.media().source;
      return;
    case Kind::boolean:
      out += value.boolean() ? "true" : "false";
      return;
    case Kind::unset:
    case Kind::record:
      return;
  }
}

}  // namespace alur::machine
