// Finding conversations among those that the desk remembers.
#include <algorithm>
#include <charconv>

#include "adapters/desk/desk_floor.hpp"

namespace alur::adapters {

namespace {

constexpr std::size_t page_rows = 50;

// Where a row stands among what is found: those at the desk first, then the latest.
struct Rank {
  bool ended = false;
  std::int64_t at = 0;
  desk::Citizen citizen = 0;
  bool operator<(const Rank& other) const {
    if (ended != other.ended) return !ended;
    return at != other.at ? at > other.at : citizen < other.citizen;
  }
};

Rank rank_of(const ShownRow& row) {
  return {!row.is_at_desk(), std::max(row.last.at, row.handed_at).milliseconds, row.citizen};
}

std::string to_text(const Rank& rank) {
  return (rank.ended ? "e" : "p") + std::to_string(rank.at) + "." + to_citizen_text(rank.citizen);
}

std::optional<Rank> to_rank(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (text.empty() || dot == text.npos) return std::nullopt;
  Rank rank;
  rank.ended = text[0] == 'e';
  const auto citizen = to_citizen(text.substr(dot + 1));
  const auto read = std::from_chars(text.data() + 1, text.data() + dot, rank.at);
  if (!citizen || read.ec != std::errc() || read.ptr != text.data() + dot) return std::nullopt;
  rank.citizen = *citizen;
  return rank;
}

// Names in other scripts are found as they are written.
std::string lowered(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool holds(const std::string& text, const std::string& folded) {
  return lowered(text).find(folded) != std::string::npos;
}

}  // namespace

std::string DeskFloor::search(const ports::Account& who, const Search& search) const {
  const Viewer viewer = viewer_of(who);
  const std::string wanted = lowered(search.text);
  const auto after = to_rank(search.before);
  const auto fits = [&](const ShownRow& row) {
    const bool of_choice = (search.queue.empty() || row.queue == search.queue) &&
                           (search.channel.empty() || row.channel == search.channel) &&
                           (search.owner.empty() || desk::to_text(row.owner) == search.owner) &&
                           (search.agent == 0 || row.agent == search.agent);
    return of_choice && view_.sees(viewer, row) && (!after || *after < rank_of(row)) &&
           (wanted.empty() || holds(row.name, wanted) || holds(row.summary, wanted) ||
            holds(row.last.text, wanted) || holds(row.address, wanted));
  };
  std::vector<std::pair<Rank, const std::string*>> found;
  view_.each_row([&](const ShownRow& row, const std::string& text) {
    if (fits(row)) found.emplace_back(rank_of(row), &text);
  });
  const std::size_t shown = std::min(found.size(), page_rows);
  const auto by_rank = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown), found.end(),
                    by_rank);
  std::string rows = "[";
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) rows += ',';
    rows += *found[i].second;
  }
  std::string out = R"({"rows":)" + rows + "]";
  if (shown < found.size()) out += R"(,"more":)" + quoted(to_text(found[shown - 1].first));
  return out + "}";
}

}  // namespace alur::adapters
