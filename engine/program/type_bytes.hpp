// The types of one part of a program's bytes: each once, those it is made of before it. Internal to
// program_bytes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/value/type.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::program {

// Numbers types as they are met; equal types get the same number.
class TypeWriter {
 public:
  // 0: no type.
  std::uint32_t number(const value::TypeRef& type);
  void write(value::ByteWriter& out) const;

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;  // by their bytes
  std::map<const value::Type*, std::uint32_t> known_;
  std::vector<std::string> bytes_;
};

class TypeReader {
 public:
  // Leaves the reader failed when what it reads are no types.
  explicit TypeReader(value::ByteReader& in);
  // Null for 0, and for a number that there is not (`ok` is then false).
  value::TypeRef type(std::uint32_t number, bool& ok) const;

 private:
  value::Type read(value::ByteReader& in);
  value::TypeRef part(value::ByteReader& in);

  std::vector<value::TypeRef> types_;
  std::vector<int> depths_;
  int depth_ = 0;  // of the type being read
};

}  // namespace alur::program
