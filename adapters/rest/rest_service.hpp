// RestService: one of an app's services, asked over HTTP with JSON.
#pragma once

#include <memory>

#include "adapters/rest/rest_settings.hpp"
#include "engine/ports/service.hpp"

namespace alur::adapters {

// The request for a call; nothing where it would be longer than 64 KiB.
std::optional<WebRequest> to_request(const RestDeclaration& declared, const ports::Call& call);

// What an answer means. Faults: unavailable (the service says that it failed), unreadable (no JSON,
// or no value of the declared type), refused (no rule says what it means).
ports::Result<ports::Answer> to_answer(const RestDeclaration& declared,
                                       const program::Service& service, const WebAnswer& answer);

// A call that got no answer that counts. `status`: of what came; 0 where nothing came. Called from
// any thread.
using OnFailure = std::function<void(const std::string& service, ports::Fault why, int status)>;

class RestService : public ports::Service {
 public:
  // The client must outlive it.
  RestService(RestDeclaration declared, WebClient& client, OnFailure failed = {});

  bool answers(std::string_view name) const override { return name == declared_->service; }
  std::size_t calls_max() const override { return declared_->calls_max; }
  std::optional<ports::Answer> answer_now(const ports::Call&) override { return std::nullopt; }
  void ask(const ports::Call& call,
           std::function<void(ports::Result<ports::Answer>)> done) override;

 private:
  std::shared_ptr<const RestDeclaration> declared_;
  WebClient& client_;
  OnFailure failed_;
};

}  // namespace alur::adapters
