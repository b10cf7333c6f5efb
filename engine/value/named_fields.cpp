#include "engine/value/named_fields.hpp"

namespace alur::value {

Value record_of(const Type& type, const std::vector<NamedField>& fields) {
  Record record;
  for (const TypeField& declared : type.fields) {
    for (const NamedField& given : fields) {
      if (given.name != declared.name || !given.value.is_set()) continue;
      if (!conforms(given.value, *declared.type)) {
        record.fields.push_back({declared.key, given.value});
      }
      break;
    }
  }
  return Value(std::move(record));
}

}  // namespace alur::value
