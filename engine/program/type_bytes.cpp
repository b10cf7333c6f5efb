#include "engine/program/type_bytes.hpp"

#include <algorithm>

namespace alur::program {

using value::Type;
using value::TypeField;
using value::TypeRef;

std::uint32_t TypeWriter::number(const TypeRef& type) {
  if (!type) return 0;
  const auto found = known_.find(type.get());
  if (found != known_.end()) return found->second;
  std::string bytes;
  value::ByteWriter out(bytes);
  out.byte(static_cast<std::uint8_t>(type->kind));
  out.zigzag(type->low);
  out.zigzag(type->high);
  out.boolean(type->optional);
  out.boolean(type->is_private);
  out.varint(type->members.size());
  for (const std::string& member : type->members) out.text(member);
  out.text(type->name);
  out.varint(type->fields.size());
  for (const TypeField& field : type->fields) {
    out.text(field.name);
    out.varint(number(field.type));
  }
  out.varint(number(type->element));
  const auto next = static_cast<std::uint32_t>(bytes_.size() + 1);
  const auto [entry, is_new] = numbers_.emplace(bytes, next);
  if (is_new) bytes_.push_back(std::move(bytes));
  known_.emplace(type.get(), entry->second);
  return entry->second;
}

void TypeWriter::write(value::ByteWriter& out) const {
  out.varint(bytes_.size());
  for (const std::string& bytes : bytes_) out.bytes(bytes);
}

namespace {

constexpr std::size_t type_bytes_min = 8;

}  // namespace

TypeReader::TypeReader(value::ByteReader& in) {
  const std::size_t count = in.count(type_bytes_min);
  types_.reserve(count);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    depth_ = 0;
    Type type = read(in);
    if (depth_ > value::value_depth_max) in.fail();
    types_.push_back(value::make_type(std::move(type)));
    depths_.push_back(depth_);
  }
}

TypeRef TypeReader::type(std::uint32_t number, bool& ok) const {
  ok = number <= types_.size();
  return ok && number > 0 ? types_[number - 1] : nullptr;
}

// A type within the present one: it stands before it.
TypeRef TypeReader::part(value::ByteReader& in) {
  const std::uint64_t number = in.varint();
  if (number > types_.size()) {
    in.fail();
    return nullptr;
  }
  if (number == 0) return nullptr;
  depth_ = std::max(depth_, depths_[number - 1] + 1);
  return types_[number - 1];
}

Type TypeReader::read(value::ByteReader& in) {
  Type type;
  const std::uint8_t kind = in.byte();
  if (kind > static_cast<std::uint8_t>(value::TypeKind::location)) in.fail();
  type.kind = static_cast<value::TypeKind>(kind);
  type.low = in.zigzag();
  type.high = in.zigzag();
  type.optional = in.boolean();
  type.is_private = in.boolean();
  for (std::size_t left = in.count(1); left > 0 && in.ok(); --left) {
    type.members.emplace_back(in.text());
  }
  type.name = in.text();
  for (std::size_t left = in.count(2); left > 0 && in.ok(); --left) {
    TypeField field;
    field.name = in.text();
    field.key = value::name_key(field.name);
    field.type = part(in);
    type.fields.push_back(std::move(field));
  }
  type.element = part(in);
  return type;
}

}  // namespace alur::program
