#include "adapters/tickets/ticket_row.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::adapters {

namespace {

constexpr std::size_t field_bytes_min = 2;

}  // namespace

std::string encode_fields(const std::vector<TicketField>& fields) {
  std::string out;
  value::ByteWriter writer(out);
  writer.varint(fields.size());
  for (const TicketField& field : fields) {
    writer.text(field.name);
    value::encode_value(field.value, writer);
  }
  return out;
}

Ticket to_ticket(const ports::TicketRow& row) {
  const std::int32_t since = row.stage_day > 0 ? row.stage_day : row.opened_day;
  Ticket ticket{row.number, {row.opened_day}, {row.due_day}, {}, row.stage, {since}};
  value::ByteReader reader(row.body);
  const std::size_t count = reader.count(field_bytes_min);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    std::string name(reader.text());
    ticket.fields.push_back({std::move(name), value::decode_value(reader)});
  }
  return ticket;
}

}  // namespace alur::adapters
