#include "adapters/registry/lookup.hpp"

#include <algorithm>

#include "adapters/registry/exact_form.hpp"
#include "adapters/registry/find_similar.hpp"
#include "adapters/registry/search_form.hpp"

namespace alur::registry {
namespace {

// Which of several institutions of one name is told: the one that may do least, so that nothing
// better is said than what holds for all.
constexpr int rank_of(Standing standing) {
  switch (standing) {
    case Standing::candidate:
      return 0;
    case Standing::sandbox:
      return 1;
    case Standing::restricted:
      return 2;
    default:
      return 3;
  }
}

class Inquiry {
 public:
  Inquiry(const Snapshot& lists, value::Date today) : lists_(lists) {
    answer_.stale = lists.list(ListKind::licensed).head.is_stale(today) ||
                    lists.list(ListKind::alert).head.is_stale(today);
    if (!lists.list(ListKind::licensed).head.present) answer_.facts.add(Fact::no_list);
  }

  Answer look_up(std::string_view typed) {
    const bool whole = typed.size() <= typed_bytes_max;
    typed = typed.substr(0, typed_bytes_max);
    answer_.exact_form = exact_form(typed);
    if (answer_.exact_form.empty()) answer_.facts.add(Fact::empty);
    if (whole) find_names(answer_.exact_form);
    find_owners(typed, whole);
    const bool named =
        answer_.facts.has_any(Facts(Fact::name_licensed, Fact::name_former, Fact::name_alert));
    if (!named) note(find_similar(lists_, typed, candidates_max));
    return decided();
  }

  Answer confirm(std::string_view key) {
    if (const auto record = lists_.with_key(key)) {
      take_record(*record);
      const RecordTable& table = lists_.records(record->list);
      const bool alert = record->list == ListKind::alert;
      for_each_namesake(*record, alert ? ListKind::licensed : ListKind::alert, [&](NameId id) {
        if (alert) misused_ = id;
        take_name(id);
      });
      answer_.exact_form = exact_form(table.cell(record->row, Column::name));
    }
    return decided();
  }

 private:
  // --- names

  void find_names(std::string_view form) {
    for (const NameId id : lists_.names().with_exact_form(form)) take_name(id);
  }

  void take_name(NameId id) {
    const RecordRef record = lists_.names().ref(id).record;
    if (record.list == ListKind::licensed && lists_.names().role(id) == NameRole::former) {
      answer_.facts.add(Fact::name_former);
      if (!former_) former_ = record;
      return;
    }
    if (record.list == ListKind::alert && !misused_) misused_ = id;
    take_record(record);
  }

  // Calls `take(id)` for each name on that list that is exactly one that the record has now.
  template <class Take>
  void for_each_namesake(RecordRef record, ListKind list, const Take& take) const {
    lists_.records(record.list)
        .for_each_name(record.row, [&](std::string_view name, NameRole role) {
          if (role == NameRole::former) return;
          for (const NameId id : lists_.names().with_exact_form(exact_form(name))) {
            if (lists_.names().ref(id).record.list == list) take(id);
          }
        });
  }

  // Whether anything of an institution that may serve was warned of.
  void look_for_misuse(RecordRef institution) {
    for_each_namesake(institution, ListKind::alert, [&](NameId id) {
      answer_.facts.add(Fact::misused);
      if (!misused_) misused_ = id;
    });
    for (const RecordRef owner : lists_.owners_beside(institution)) {
      if (owner.list != ListKind::alert) continue;
      answer_.facts.add(Fact::misused);
      if (!misused_) misused_ = legal_name(owner);
    }
  }

  void take_record(RecordRef record) {
    if (record.list == ListKind::alert) {
      answer_.facts.add(Fact::name_alert);
      if (!alert_) alert_ = record;
      return;
    }
    const Standing standing = standing_of(record);
    if (!may_serve(standing)) {
      answer_.facts.add(Fact::name_former);
      if (!former_) former_ = record;
      return;
    }
    answer_.facts.add(Fact::name_licensed);
    look_for_misuse(record);
    if (!licensed_ || rank_of(standing) < rank_of(standing_of(*licensed_))) licensed_ = record;
  }

  Standing standing_of(RecordRef record) const {
    return lists_.records(ListKind::licensed).standing(record.row);
  }

  // --- links, apps, numbers

  void find_owners(std::string_view typed, bool whole) {
    const Identifiers found = find_identifiers(typed);
    // A name may look like a link: then it is that name.
    const bool is_name =
        answer_.facts.has_any(Facts(Fact::name_licensed, Fact::name_former, Fact::name_alert));
    for (const Link& link : found.links) {
      std::vector<RecordRef> owners = lists_.with_link(link);
      if (owners.empty() && !link.app.empty()) owners = lists_.with_app(link.app);
      take_owners(owners, !is_name);
    }
    for (const std::string& app : found.apps) take_owners(lists_.with_app(app), !is_name);
    std::string rest = found.rest;
    const std::string all = number_form(typed);
    if (const auto owners = lists_.with_number(all); !all.empty() && !owners.empty()) {
      take_owners(owners, false);
      rest.clear();
    } else {
      for (const std::string& number : found.numbers) {
        take_owners(lists_.with_number(number), false);
        rest = without_word(rest, number);
      }
    }
    if (owners_.size() > 1) answer_.facts.add(Fact::id_several);
    if (whole && owners_.size() == 1 && is_alone(rest)) answer_.facts.add(Fact::id_alone);
  }

  // Drops the word with that number form if it belongs to somebody.
  std::string without_word(const std::string& text, const std::string& number) const {
    if (lists_.with_number(number).empty()) return text;
    std::string out;
    for_each_word(text, [&](std::string_view word) {
      if (number_form(word) != number) out.append(word).append(" ");
    });
    return out;
  }

  bool is_alone(std::string_view rest) const {
    const std::string form = exact_form(rest);
    if (form.empty()) return search_form(rest).empty();
    const auto named = lists_.names().with_exact_form(form);
    return std::any_of(named.begin(), named.end(),
                       [&](NameId id) { return lists_.names().ref(id).record == owners_.front(); });
  }

  void take_owners(const std::vector<RecordRef>& owners, bool unknown_counts) {
    if (owners.empty() && unknown_counts) answer_.facts.add(Fact::id_unknown);
    for (const RecordRef owner : owners) {
      if (owner.list == ListKind::alert) {
        answer_.facts.add(Fact::id_alert);
        if (!owning_alert_) owning_alert_ = owner;
        continue;
      }
      answer_.facts.add(may_serve(standing_of(owner)) ? Fact::id_licensed : Fact::id_former);
      if (std::find(owners_.begin(), owners_.end(), owner) == owners_.end()) {
        owners_.push_back(owner);
        if (may_serve(standing_of(owner))) look_for_misuse(owner);
      }
    }
  }

  // --- similar names

  void note(const SimilarNames& similar) {
    answer_.search_form = similar.search_form;
    answer_.candidates = similar.best;
    answer_.warned = similar.warned;
    if (similar.inside) answer_.facts.add(Fact::inside);
    if (similar.close) answer_.facts.add(Fact::close);
    if (!similar.best.empty()) answer_.facts.add(Fact::similar);
    if (similar.all_common) answer_.facts.add(Fact::generic);
    if (const Authority* authority = lists_.vocabulary().elsewhere(similar.search_form)) {
      answer_.facts.add(Fact::elsewhere);
      answer_.authority = *authority;
    }
  }

  // Whose link or number was found comes first among the candidates, then who has the exact name.
  void lead_candidates() {
    std::vector<RecordRef> first = owners_;
    for (const auto& named : {licensed_, former_}) {
      if (named) first.push_back(*named);
    }
    std::vector<Candidate>& all = answer_.candidates;
    for (std::size_t i = first.size(); i-- > 0;) {
      std::erase_if(all, [&](const Candidate& other) { return other.record == first[i]; });
      Candidate candidate;
      candidate.record = first[i];
      candidate.name = legal_name(first[i]);
      candidate.score = 1;
      all.insert(all.begin(), candidate);
    }
    if (all.size() > candidates_max) all.resize(candidates_max);
  }

  NameId legal_name(RecordRef record) const {
    const std::string_view name = lists_.records(record.list).cell(record.row, Column::name);
    for (const NameId id : lists_.names().with_exact_form(exact_form(name))) {
      if (lists_.names().ref(id).record == record) return id;
    }
    return 0;
  }

  // --- the answer

  Answer decided() {
    const Decision decision = decide(answer_.facts);
    answer_.outcome = decision.outcome;
    answer_.because = decision.because;
    const bool by_owner = answer_.facts.has(Fact::id_alone);
    switch (decision.outcome) {
      case Outcome::licensed:
        answer_.about = by_owner ? owners_.front() : *licensed_;
        break;
      case Outcome::both:
        answer_.about = licensed_ ? *licensed_ : owners_.front();
        answer_.misused = owning_alert_ ? legal_name(*owning_alert_) : misused_;
        break;
      case Outcome::former:
        answer_.about = by_owner ? owners_.front() : *former_;
        break;
      case Outcome::alert:
        answer_.about = owning_alert_ ? *owning_alert_ : *alert_;
        break;
      case Outcome::near:
        lead_candidates();
        break;
      default:
        break;
    }
    if (decision.outcome != Outcome::near) {
      answer_.candidates.clear();
      answer_.warned.reset();
    }
    return std::move(answer_);
  }

  const Snapshot& lists_;
  Answer answer_;
  std::optional<RecordRef> licensed_;
  std::optional<RecordRef> former_;
  std::optional<RecordRef> alert_;
  std::optional<RecordRef> owning_alert_;
  std::optional<NameId> misused_;  // a name of the alert list, of those above or like one of them
  std::vector<RecordRef> owners_;  // institutions whose link, app or number was typed
};

}  // namespace

Answer look_up(const Snapshot& lists, std::string_view typed, value::Date today) {
  return Inquiry(lists, today).look_up(typed);
}

Answer confirm(const Snapshot& lists, std::string_view key, value::Date today) {
  return Inquiry(lists, today).confirm(key);
}

std::vector<Candidate> similar_names(const Snapshot& lists, std::string_view typed,
                                     std::size_t wanted) {
  return find_similar(lists, typed.substr(0, typed_bytes_max), wanted).best;
}

}  // namespace alur::registry
