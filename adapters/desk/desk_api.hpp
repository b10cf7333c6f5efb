// DeskApi: the requests of the desk's page, as routes.def names them. Each is answered by a thread
// that may wait: for the book of accounts, the store, or the floor's loop.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/desk/byte_room.hpp"
#include "adapters/desk/desk_audit.hpp"
#include "adapters/desk/desk_finder.hpp"
#include "adapters/desk/desk_floor.hpp"
#include "adapters/desk/route.hpp"

namespace alur::adapters {

struct ApiRequest {
  RouteFound to;
  std::string query = {};
  std::string body = {};
  std::string cookie = {};   // the secret in it; empty: none
  std::string token = {};    // X-Alur-Token
  std::string counted = {};  // what its sender is counted under
  std::string name = {};     // X-Alur-Name: what a file is called, decoded
};

struct ApiAnswer {
  int status = 200;
  std::string body = "{}";
  std::string set_cookie = {};  // Set-Cookie, whole; empty: none
  std::string type = "application/json";
  std::string disposition = {};     // Content-Disposition, of a file
  std::shared_ptr<void> held = {};  // the room that a file takes, until it has been written
};
ApiAnswer refuse_with(int status, std::string_view word);

class DeskApi {
 public:
  // All must outlive it. `file_bytes_max`: of files that are on their way to pages.
  DeskApi(DeskParts parts, DeskFloor& floor, DeskThreads threads, const AuditKey* key,
          std::uint64_t file_bytes_max);

  // Whoever is signed in, may do this, and has the page's token where it changes something. Else
  // `answer` says why not.
  std::optional<Entered> admit(const ApiRequest& request, ApiAnswer& answer);
  // By a thread that may wait, which is not the loop's.
  ApiAnswer answer(const ApiRequest& request);

 private:
#define ROUTE(name, method, path, action, bytes) \
  ApiAnswer name(const ApiRequest& request, const Entered& who);
#define OPEN_ROUTE(name, method, path, bytes) ApiAnswer name(const ApiRequest& request);
#include "adapters/desk/routes.def"

  // What `ask` gives, on the floor's loop.
  template <class Ask>
  auto on_floor(Ask ask);
  template <class Ask>
  auto on_shelf(Ask ask);
  ApiAnswer let_in(const Entered& who);

  DeskParts parts_;
  DeskFloor& floor_;
  DeskThreads threads_;
  DeskShelf shelf_;  // by the shelf's thread
  DeskFinder finder_;
  std::mutex watching_;
  AuditWatch watch_;  // guarded by it
  ByteRoom room_;
};

}  // namespace alur::adapters
