// SqliteReader: reads what was committed, on a connection of its own. Internal to the folder.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

class SqliteReader : public ports::StoreReader {
 public:
  static ports::Result<std::unique_ptr<SqliteReader>> open(const Database::Settings& settings);

  ports::Result<std::optional<ports::SessionRow>> session(ports::CitizenKey citizen) override;
  ports::Result<bool> was_spilled(ports::CitizenKey citizen, std::uint64_t id) override;
  ports::Result<void> each_active(const std::function<void(const Due&)>& take) override;
  ports::Result<void> each_session(
      std::optional<ports::CitizenKey> after, std::size_t rows_max,
      const std::function<void(const ports::SessionRow&)>& take) override;
  ports::Result<void> each_unsent(
      const std::function<void(const ports::OutboxRow&)>& take) override;
  ports::Result<std::optional<ports::OutboxRow>> message(std::uint64_t id) override;
  ports::Result<std::vector<ports::OutboxRow>> dead_letters(std::size_t rows_max) override;
  ports::Result<void> each_call(const std::function<void(const ports::CallRow&)>& take) override;
  ports::Result<std::vector<ports::VersionRow>> versions() override;
  ports::Result<std::uint32_t> current_version() override;
  ports::Result<std::optional<ports::TicketRow>> find_ticket(ports::TicketBy by,
                                                             std::string_view text) override;
  ports::Result<std::uint64_t> last_ticket() override;
  ports::Result<void> each_ticket(
      std::uint64_t from, std::size_t rows_max,
      const std::function<void(const ports::TicketRow&)>& take) override;
  ports::Result<std::vector<ports::TicketNote>> ticket_notes(std::uint64_t count) override;
  ports::Result<std::optional<ports::NameRow>> name(ports::CitizenKey key) override;
  ports::Result<std::vector<ports::NameRow>> names(ports::CitizenKey citizen) override;
  ports::Result<std::vector<ports::UnheardRow>> unheard(std::size_t rows_max) override;
  ports::Result<void> each_journal(
      std::uint64_t from, std::size_t rows_max,
      const std::function<void(const ports::JournalRow&)>& take) override;
  ports::Result<void> each_journal_of(
      ports::CitizenKey citizen, std::uint64_t before, std::size_t rows_max,
      const std::function<void(const ports::JournalRow&)>& take) override;
  ports::Result<void> each_desk_row(
      const std::function<void(const ports::DeskRow&)>& take) override;

 private:
  Database database_;
  Statement session_, spilled_, name_, names_, journal_row_;
};

}  // namespace alur::adapters
