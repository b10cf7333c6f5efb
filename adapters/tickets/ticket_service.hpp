// TicketService: ticket.open and ticket.status of an app, kept in the store. A ticket is durable
// before its number is told; the same call, made again after a crash, gets the same ticket.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/tickets/ticket.hpp"
#include "engine/ports/files.hpp"
#include "engine/ports/service.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

class TicketService : public ports::Service {
 public:
  using Commit = std::function<ports::Result<void>(ports::Change)>;
  // `commit` waits until the change is durable; called by one thread of the service's own. A fault
  // when the store cannot be read. `files` (null: there are none): where those are that tickets
  // name. Both must outlive the service.
  static ports::Result<std::unique_ptr<TicketService>> open(ports::Store& store, Commit commit,
                                                            ports::Files* files = nullptr);
  ~TicketService() override;  // stops

  bool answers(std::string_view name) const override;
  std::size_t calls_max() const override { return 256; }
  // Of ticket.status.
  std::optional<ports::Answer> answer_now(const ports::Call& call) override;
  void ask(const ports::Call& call,
           std::function<void(ports::Result<ports::Answer>)> done) override;
  // Nothing is answered any more when this returns.
  void stop();

 private:
  // What of a call is needed later, when the call itself is gone.
  struct Asked {
    program::Service service;
    std::string key;
    value::Instant now;
    value::Date today;
    std::optional<value::OpeningHours> office;
    std::vector<TicketField> fields;
    std::function<void(ports::Result<ports::Answer>)> done;
  };

  TicketService(std::unique_ptr<ports::StoreReader> reader, std::uint64_t last, Commit commit,
                ports::Files* files);
  void run();
  void hold_files(std::vector<TicketField>& fields, value::Instant now) const;
  ports::Result<ports::Answer> open_one(Asked& asked);

  Commit commit_;
  ports::Files* files_;
  std::mutex reading_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::uint64_t last_;  // ticket's number; by the service's thread
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Asked> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace alur::adapters
