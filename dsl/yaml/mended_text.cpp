#include "dsl/yaml/mended_text.hpp"

#include <algorithm>
#include <utility>

#include "dsl/finding/utf8.hpp"

namespace alur::dsl {

MendedText::MendedText(std::string_view source, FileId file)
    : file_(file), source_(source), unmended_(source) {
  if (unmended_.starts_with(byte_order_mark)) unmended_.remove_prefix(byte_order_mark.size());
}

std::uint32_t MendedText::to_source(std::uint32_t at) const {
  const auto skipped = static_cast<std::uint32_t>(source_.size() - unmended_.size());
  const auto after = std::upper_bound(
      edits_.begin(), edits_.end(), at,
      [](std::uint32_t place, const Placed& placed) { return place < placed.begin; });
  if (after == edits_.begin()) return at + skipped;
  const Placed& placed = *std::prev(after);
  const auto size = static_cast<std::uint32_t>(placed.edit.text.size());
  const std::uint32_t into = at - placed.begin;
  if (into >= size) return placed.edit.end + (into - size);
  return placed.edit.end - placed.edit.begin == size ? placed.edit.begin + into : placed.edit.begin;
}

bool MendedText::put(Edit edit) {
  const auto swallowed = [&](const Placed& placed) {
    const bool larger = edit.end - edit.begin > placed.edit.end - placed.edit.begin;
    return larger && edit.begin <= placed.edit.begin && placed.edit.end <= edit.end;
  };
  const auto collides = [&](const Placed& placed) {
    const bool overlap = edit.begin < placed.edit.end && placed.edit.begin < edit.end;
    return (overlap || edit.begin == placed.edit.begin) && !swallowed(placed);
  };
  if (std::any_of(edits_.begin(), edits_.end(), collides)) return false;
  std::erase_if(edits_, swallowed);
  const auto after = std::upper_bound(
      edits_.begin(), edits_.end(), edit.begin,
      [](std::uint32_t place, const Placed& placed) { return place < placed.edit.begin; });
  edits_.insert(after, {std::move(edit), 0});
  return true;
}

bool MendedText::apply(std::vector<Edit> edits) {
  const std::vector<Placed> before = edits_;
  for (Edit& edit : edits) {
    if (put(std::move(edit))) continue;
    edits_ = before;
    return false;
  }
  rebuild();
  return true;
}

void MendedText::rebuild() {
  mended_.clear();
  std::size_t done = source_.size() - unmended_.size();
  for (Placed& placed : edits_) {
    mended_ += source_.substr(done, placed.edit.begin - done);
    placed.begin = static_cast<std::uint32_t>(mended_.size());
    mended_ += placed.edit.text;
    done = placed.edit.end;
  }
  mended_ += source_.substr(done);
}

}  // namespace alur::dsl
