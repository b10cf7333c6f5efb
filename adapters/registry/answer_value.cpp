#include "adapters/registry/answer_value.hpp"

#include "engine/value/named_fields.hpp"
#include "engine/value/text.hpp"

namespace alur::registry {

using value::NamedField;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr std::string_view unknown = "-";

const Type* payload_type(const program::Service& service, std::string_view outcome) {
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.name == outcome) return declared.payload.get();
  }
  return nullptr;
}

std::string shortened(std::string_view text, std::size_t utf16_max) {
  if (value::utf16_length(text) <= utf16_max) return std::string(text);
  return std::string(value::grapheme_prefix(text, utf16_max - 1)) + "…";
}

// Cut to what the field takes; a text that has to be there is a dash where nothing is known.
Value fitting(Value given, const Type& type) {
  if (type.kind != TypeKind::text) return given;
  if (!given.is_set()) return type.optional ? given : Value(unknown);
  return Value(shortened(given.text(), static_cast<std::size_t>(type.high)));
}

Value record_for(const Type& type, std::vector<NamedField> fields) {
  for (const value::TypeField& declared : type.fields) {
    bool is_given = false;
    for (NamedField& given : fields) {
      if (given.name != declared.name) continue;
      given.value = fitting(std::move(given.value), *declared.type);
      is_given = true;
    }
    if (!is_given) fields.push_back({declared.name, fitting({}, *declared.type)});
  }
  return value::record_of(type, fields);
}

Value text_or_unset(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

Value date_or_unset(std::string_view text) {
  const auto date = value::parse_date(text);
  return date ? Value(*date) : Value();
}

std::string_view first_part(std::string_view cell) {
  return cell.substr(0, cell.find('|'));
}

std::string all_parts(std::string_view cell) {
  std::string out;
  for_each_part(cell, [&](std::string_view part) {
    if (!out.empty()) out += ", ";
    out += part;
  });
  return out;
}

class Payload {
 public:
  Payload(const program::Service& service, const Snapshot& lists, const Answer& answer)
      : type_(payload_type(service, to_text(answer.outcome))), lists_(lists), answer_(answer) {}

  Value make() const {
    if (!type_) return {};
    switch (answer_.outcome) {
      case Outcome::near:
        return near();
      case Outcome::out_of_scope:
        return record_for(*type_, {{"name", Value(answer_.authority.name)},
                                   {"reach", Value(answer_.authority.reach)}});
      case Outcome::licensed:
      case Outcome::both:
      case Outcome::former:
        return record_for(*type_, institution(*answer_.about));
      case Outcome::alert:
        return record_for(*type_, alert(*answer_.about));
      default:
        return record_for(*type_, of_list(ListKind::licensed));
    }
  }

 private:
  std::vector<NamedField> of_list(ListKind kind) const {
    const ListHead& head = lists_.list(kind).head;
    return {{"as_of", Value(head.as_of)},
            {"source", text_or_unset(head.source)},
            {"stale", Value(answer_.stale)}};
  }

  std::vector<NamedField> institution(RecordRef ref) const {
    const Cells cells = lists_.records(ref.list).cells(ref.row);
    const auto at = [&](Column column) { return cells[static_cast<std::size_t>(column)]; };
    const Standing standing = lists_.records(ref.list).standing(ref.row);
    // A name that an institution had before is told as renamed, however the institution stands.
    const bool by_old_name = answer_.outcome == Outcome::former && may_serve(standing);
    const std::string_view told = by_old_name ? told_as(Standing::renamed) : told_as(standing);
    const std::string_view changed = at(Column::changed_on);
    const std::string_view date =
        may_serve(standing) || changed.empty() ? at(Column::licensed_on) : changed;
    std::vector<NamedField> fields = of_list(ref.list);
    const auto add = [&](std::string_view name, Value value) {
      fields.push_back({name, std::move(value)});
    };
    add("key", Value(at(Column::key)));
    add("name", by_old_name ? Value(old_name(ref)) : Value(at(Column::name)));
    add("brand", text_or_unset(all_parts(at(Column::brands))));
    add("category", text_or_unset(at(Column::category)));
    add("standing", Value::choice(told));
    add("licence", text_or_unset(at(Column::licence)));
    add("date", date_or_unset(by_old_name ? changed : date));
    add("note", text_or_unset(by_old_name ? at(Column::name) : at(Column::became)));
    add("misused", answer_.misused ? Value(lists_.names().text(*answer_.misused)) : Value());
    add("part_of", text_or_unset(at(Column::part_of)));
    add("site", text_or_unset(first_part(at(Column::links))));
    add("app", text_or_unset(first_part(at(Column::apps))));
    add("publisher", text_or_unset(first_part(at(Column::publishers))));
    add("document", text_or_unset(at(Column::document)));
    return fields;
  }

  std::string old_name(RecordRef ref) const {
    std::string found(lists_.records(ref.list).cell(ref.row, Column::name));
    for (const NameId id : lists_.names().with_exact_form(answer_.exact_form)) {
      if (lists_.names().ref(id).record == ref) found = lists_.names().text(id);
    }
    return found;
  }

  std::vector<NamedField> alert(RecordRef ref) const {
    const Cells cells = lists_.records(ref.list).cells(ref.row);
    const auto at = [&](Column column) { return cells[static_cast<std::size_t>(column)]; };
    std::vector<NamedField> fields = of_list(ref.list);
    fields.push_back({"key", Value(at(Column::key))});
    fields.push_back({"name", Value(at(Column::name))});
    fields.push_back({"category", text_or_unset(at(Column::category))});
    fields.push_back({"date", date_or_unset(at(Column::listed_on))});
    fields.push_back({"decree", text_or_unset(at(Column::decree))});
    return fields;
  }

  Value near() const {
    const bool plain = type_->kind == TypeKind::list;
    const value::TypeField* others = plain ? nullptr : type_->find_field(value::name_key("others"));
    const Type* list = plain ? type_ : others ? others->type.get() : nullptr;
    const Value candidates = list && list->element ? candidates_as(*list->element) : Value();
    if (plain) return candidates;
    std::vector<NamedField> fields{{"others", candidates}};
    if (answer_.warned) {
      const RecordTable& alerts = lists_.records(ListKind::alert);
      fields.push_back({"warned", Value(alerts.cell(answer_.warned->row, Column::name))});
    }
    bool imitates = false;
    for (const Candidate& candidate : answer_.candidates) imitates |= candidate.imitates;
    fields.push_back({"imitates", Value(imitates)});
    return record_for(*type_, std::move(fields));
  }

  // Nothing that tells one list from the other: a candidate has no status.
  Value candidates_as(const Type& type) const {
    value::List list;
    for (const Candidate& candidate : answer_.candidates) {
      const RecordTable& table = lists_.records(candidate.record.list);
      const auto cell = [&](Column column) { return table.cell(candidate.record.row, column); };
      list.items.push_back(record_for(type, {{"key", Value(cell(Column::key))},
                                             {"name", Value(lists_.names().text(candidate.name))},
                                             {"legal", Value(cell(Column::name))},
                                             {"category", text_or_unset(cell(Column::category))}}));
    }
    return Value(std::move(list));
  }

  const Type* type_;
  const Snapshot& lists_;
  const Answer& answer_;
};

}  // namespace

ServiceAnswer to_service_answer(const program::Service& service, const Snapshot& lists,
                                const Answer& answer) {
  return {std::string(to_text(answer.outcome)), Payload(service, lists, answer).make()};
}

}  // namespace alur::registry
