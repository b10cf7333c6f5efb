#include "dsl/check/resolve_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/ast/words.hpp"
#include "dsl/finding/near_miss.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::dsl {
namespace {

using ast::TypeExpr;
using Kind = ast::TypeExpr::Kind;

TypeKind basic_kind(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return TypeKind::boolean;
    case Kind::integer:
      return TypeKind::integer;
    case Kind::number:
      return TypeKind::number;
    case Kind::date:
      return TypeKind::date;
    case Kind::time:
      return TypeKind::time;
    case Kind::datetime:
      return TypeKind::datetime;
    case Kind::duration:
      return TypeKind::duration;
    case Kind::phone:
      return TypeKind::phone;
    case Kind::email:
      return TypeKind::email;
    case Kind::image:
      return TypeKind::image;
    case Kind::document:
      return TypeKind::document;
    case Kind::location:
      return TypeKind::location;
    default:
      return TypeKind::text;
  }
}

// Where records are found: among those being resolved, or those that are done.
class Lookup {
 public:
  explicit Lookup(bool some_unread) : broken(some_unread) {}
  virtual ~Lookup() = default;
  // Null for a record that is faulty, nothing for one that does not exist.
  virtual std::optional<TypeRef> find(std::string_view name) = 0;
  virtual std::vector<std::string_view> names() const = 0;
  const bool broken;  // an unknown one may be one that could not be read
};

// What people call a type who know it from elsewhere.
struct ForeignType {
  std::string_view word;
  std::string_view ours;
};
constexpr ForeignType foreign_types[] = {
    {"string", "text"},        {"str", "text"},           {"varchar", "text"},
    {"teks", "text"},          {"int", "integer"},        {"whole", "integer"},
    {"float", "number"},       {"double", "number"},      {"decimal", "number"},
    {"money", "number"},       {"rupiah", "number"},      {"angka", "number"},
    {"boolean", "bool"},       {"yesno", "bool"},         {"enum", "one of a, b"},
    {"choice", "one of a, b"}, {"tanggal", "date"},       {"jam", "time"},
    {"waktu", "time"},         {"timestamp", "datetime"}, {"durasi", "duration"},
    {"telepon", "phone"},      {"telephone", "phone"},    {"mail", "email"},
    {"photo", "image"},        {"foto", "image"},         {"picture", "image"},
    {"gambar", "image"},       {"file", "document"},      {"pdf", "document"},
    {"dokumen", "document"},   {"lokasi", "location"},    {"array", "list of text (0..10)"},
};

void suggest_ours(Finding& finding, std::string_view word) {
  for (const ForeignType& each : foreign_types) {
    if (each.word == word) finding.suggestion = fmt::format("did you mean `{}`?", each.ours);
  }
}

void report_unknown_type(const TypeExpr& written, Lookup& lookup, Findings& findings) {
  if (lookup.broken) return;
  std::vector<std::string_view> candidates = lookup.names();
  for (const ast::TypeWord& each : ast::type_words) candidates.push_back(each.word);
  Finding finding{Code::unknown_type,
                  written.name.span,
                  "no type is called `" + written.name.text + "`",
                  {},
                  {},
                  std::nullopt};
  suggest(finding, written.name.text, candidates);
  if (!finding.fix) suggest_ours(finding, written.name.text);
  findings.add(std::move(finding));
}

// The type without `private` and `?`.
TypeRef resolve_bare(const TypeExpr& written, Lookup& lookup, Findings& findings);

TypeRef resolve_list(const TypeExpr& written, Lookup& lookup, Findings& findings) {
  const TypeExpr& inner = written.element.front();
  TypeRef element = resolve_bare(inner, lookup, findings);
  if (!element) return nullptr;
  Type list = value::plain_type(TypeKind::list);
  list.element = with_private(with_optional(element, inner.optional), inner.is_private);
  list.low = written.low.value_or(0);
  list.high = written.high.value_or(list.low);
  return value::make_type(std::move(list));
}

TypeRef resolve_bare(const TypeExpr& written, Lookup& lookup, Findings& findings) {
  switch (written.kind) {
    case Kind::broken:
      return nullptr;
    case Kind::list:
      return written.element.empty() ? nullptr : resolve_list(written, lookup, findings);
    case Kind::named: {
      const auto found = lookup.find(written.name.text);
      if (!found) report_unknown_type(written, lookup, findings);
      return found.value_or(nullptr);
    }
    case Kind::choice: {
      Type choice = value::plain_type(TypeKind::choice);
      for (const ast::Name& member : written.members) choice.members.push_back(member.text);
      return value::make_type(std::move(choice));
    }
    default:
      break;
  }
  Type type = value::plain_type(basic_kind(written.kind));
  type.low = written.low.value_or(type.low);
  type.high = written.high.value_or(type.high);
  return value::make_type(std::move(type));
}

TypeRef resolve(const TypeExpr& written, Lookup& lookup, Findings& findings) {
  const TypeRef bare = resolve_bare(written, lookup, findings);
  return with_private(with_optional(bare, written.optional), written.is_private);
}

// How many records and lists stand inside one another.
int depth_of(const TypeRef& type) {
  if (!type) return 0;
  int deepest = depth_of(type->element);
  for (const value::TypeField& field : type->fields) {
    deepest = std::max(deepest, depth_of(field.type));
  }
  return deepest + (type->kind == TypeKind::list || type->kind == TypeKind::record ? 1 : 0);
}

// Depth first, with the records that are being resolved on a stack: one that is found on it
// contains itself.
class RecordResolver : public Lookup {
 public:
  RecordResolver(const ast::App& app, Findings& findings)
      : Lookup(app.broken), app_(app), findings_(findings) {}

  Records resolve_all() {
    for (const ast::RecordDecl& record : app_.types) resolve_record(record);
    return std::move(done_);
  }

  std::vector<std::string_view> names() const override {
    std::vector<std::string_view> names;
    for (const ast::RecordDecl& record : app_.types) names.push_back(record.name.text);
    return names;
  }

  std::optional<TypeRef> find(std::string_view name) override {
    for (const ast::RecordDecl& record : app_.types) {
      if (record.name.text == name) return resolve_record(record);
    }
    return std::nullopt;
  }

 private:
  TypeRef resolve_record(const ast::RecordDecl& record) {
    if (const auto found = done_.find(record.name.text); found != done_.end()) {
      return found->second;
    }
    if (std::find(open_.begin(), open_.end(), &record) != open_.end()) {
      report_endless(record);
      return nullptr;
    }
    open_.push_back(&record);
    TypeRef type = make_record(record);
    open_.pop_back();
    done_[record.name.text] = type;
    return type;
  }

  TypeRef make_record(const ast::RecordDecl& record) {
    Type type = value::plain_type(TypeKind::record);
    type.name = record.name.text;
    bool good = !record.broken;
    for (const ast::Variable& field : record.fields) {
      TypeRef field_type = resolve(field.type, *this, findings_);
      good = good && field_type;
      type.fields.push_back(
          {field.name.text, value::name_key(field.name.text), std::move(field_type)});
    }
    if (!good) return nullptr;
    TypeRef made = value::make_type(std::move(type));
    if (depth_of(made) < value::value_depth_max) return made;
    findings_.add(Code::endless_record, record.name.span,
                  "`" + record.name.text + "` holds records inside records, more than " +
                      std::to_string(value::value_depth_max - 1) + " deep");
    return nullptr;
  }

  void report_endless(const ast::RecordDecl& record) {
    const auto first = std::find(open_.begin(), open_.end(), &record);
    std::vector<Related> related;
    for (auto each = first; each != open_.end(); ++each) {
      const auto next = std::next(each) == open_.end() ? first : std::next(each);
      related.push_back(
          {(*each)->name.span, "`" + (*each)->name.text + "` holds `" + (*next)->name.text + "`"});
    }
    findings_.add(Code::endless_record, record.name.span,
                  "`" + record.name.text + "` holds itself, so no value of it ever ends", {},
                  std::move(related));
  }

  const ast::App& app_;
  Findings& findings_;
  std::vector<const ast::RecordDecl*> open_;
  Records done_;
};

class DoneRecords : public Lookup {
 public:
  DoneRecords(const Records& records, bool some_unread) : Lookup(some_unread), records_(records) {}

  std::optional<TypeRef> find(std::string_view name) override {
    const auto found = records_.find(name);
    if (found == records_.end()) return std::nullopt;
    return found->second;
  }

  std::vector<std::string_view> names() const override {
    std::vector<std::string_view> names;
    for (const auto& record : records_) names.push_back(record.first);
    return names;
  }

 private:
  const Records& records_;
};

}  // namespace

Records resolve_records(const ast::App& app, Findings& findings) {
  return RecordResolver(app, findings).resolve_all();
}

TypeRef resolve_type(const TypeExpr& written, const Records& records, bool broken,
                     Findings& findings) {
  DoneRecords lookup(records, broken);
  return resolve(written, lookup, findings);
}

}  // namespace alur::dsl
