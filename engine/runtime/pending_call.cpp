#include "engine/runtime/pending_call.hpp"

#include <fmt/format.h>

#include <charconv>

#include "engine/value/value_bytes.hpp"

namespace alur::runtime {

std::string PendingCall::key() const {
  return fmt::format("{:016x}-{}-{}", citizen, serial, until.milliseconds);
}

std::optional<ports::CitizenKey> caller_of(std::string_view key) {
  constexpr std::size_t digits = 16;
  constexpr int base = 16;
  ports::CitizenKey citizen = 0;
  if (key.size() <= digits || key[digits] != '-') return std::nullopt;
  const auto read = std::from_chars(key.data(), key.data() + digits, citizen, base);
  if (read.ec != std::errc() || read.ptr != key.data() + digits) return std::nullopt;
  return citizen;
}

void encode_call(const PendingCall& call, std::string& out) {
  value::ByteWriter writer(out);
  writer.varint(call.serial);
  writer.text(call.service);
  writer.zigzag(call.until.milliseconds);
  writer.varint(call.arguments.size());
  for (const machine::NamedValue& argument : call.arguments) {
    writer.text(argument.name);
    value::encode_value(argument.value, writer);
  }
}

std::optional<PendingCall> decode_call(ports::CitizenKey citizen, std::string_view bytes) {
  value::ByteReader reader(bytes);
  PendingCall call;
  call.citizen = citizen;
  call.serial = static_cast<std::uint32_t>(reader.varint());
  call.service = reader.text();
  call.until.milliseconds = reader.zigzag();
  const std::size_t count = reader.count(2);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    std::string name(reader.text());
    const value::NameKey key = value::name_key(name);
    call.arguments.push_back({key, std::move(name), value::decode_value(reader)});
  }
  if (!reader.finished()) return std::nullopt;
  return call;
}

}  // namespace alur::runtime
