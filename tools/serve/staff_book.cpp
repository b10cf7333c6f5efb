#include "tools/serve/staff_book.hpp"

#include <cstdlib>

namespace alur::tools {

std::string staff_file(const std::string& store) {
  return store + ".staff";
}

std::string staff_key_file(const std::string& store) {
  return store + ".staff-key";
}

std::optional<std::string> read_staff_secret(const std::string& variable, std::string& error) {
  if (variable.empty()) return std::string();
  const char* secret = std::getenv(variable.c_str());
  if (secret && *secret) return std::string(secret);
  error = variable + ": there is no such environment variable, or it is empty";
  return std::nullopt;
}

std::optional<StaffBook> open_staff_book(const std::string& store, const std::string& secret,
                                         std::string& error) {
  const auto key = secret.empty() ? adapters::open_key_file(staff_key_file(store),
                                                            "key of the desk's audit", error)
                                  : adapters::key_of_secret(secret);
  if (!key) return std::nullopt;
  auto staff =
      adapters::SqliteStaff::open({staff_file(store), "", false}, adapters::seal_with(*key), error);
  if (!staff) return std::nullopt;
  return StaffBook{std::move(staff), *key};
}

}  // namespace alur::tools
