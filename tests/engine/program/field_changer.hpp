// Changes one number of a unit, by its place in the order of fields.hpp: what a damaged file may
// do.
#pragma once

#include "engine/program/fields.hpp"

namespace alur::tests {

class FieldChanger {
 public:
  // How many numbers a unit holds.
  static int count(program::Unit unit) {
    FieldChanger counter(-1, 0);
    fields(unit, counter);
    return counter.seen_;
  }
  // Sets one of them to as much of `number` as it can hold.
  static void change(program::Unit& unit, int field, std::uint64_t number) {
    FieldChanger changer(field, number);
    fields(unit, changer);
  }

  template <class... Fields>
  void operator()(Fields&... all) {
    (visit(all), ...);
  }

 private:
  FieldChanger(int wanted, std::uint64_t number) : wanted_(wanted), number_(number) {}

  void visit(bool& flag) {
    if (seen_++ == wanted_) flag = !flag;
  }
  void visit(std::string&) {}
  void visit(value::Value&) {}
  void visit(value::TypeRef& type) {
    if (seen_++ == wanted_) type = nullptr;
  }
  void visit(program::PhraseTable& table) {
    program::PhraseTable::Tables tables{{table.exact().begin(), table.exact().end()},
                                        {table.patterns().begin(), table.patterns().end()},
                                        {table.elements().begin(), table.elements().end()},
                                        std::string(table.strings())};
    (*this)(tables.exact, tables.patterns, tables.elements);
    table = program::PhraseTable::from_tables(std::move(tables));
  }
  template <class T>
  void visit(std::vector<T>& rows) {
    for (T& row : rows) visit(row);
  }
  template <class T>
  void visit(T& row) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      if (seen_++ == wanted_) row = static_cast<T>(number_);
    } else {
      fields(row, *this);
    }
  }

  int wanted_;
  std::uint64_t number_;
  int seen_ = 0;
};

}  // namespace alur::tests
