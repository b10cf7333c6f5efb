#include "adapters/registry/find_similar.hpp"

#include <algorithm>

#include "adapters/registry/exact_form.hpp"
#include "adapters/registry/score.hpp"
#include "adapters/registry/search_form.hpp"

namespace alur::registry {
namespace {

constexpr std::size_t scored_max = 16;  // names out of the index for each form of a query
// Of very many names more share as much by chance.
constexpr std::size_t many_names = 100'000;
constexpr std::size_t scored_of_many = 48;
constexpr std::size_t span_words_max = 10;  // words of a query in which listed names are looked for
constexpr std::size_t piece_letters_min = 5;  // of a word that begins or ends with a listed name
constexpr std::size_t inside_max = 64;
constexpr std::size_t forms_max = 6;
// A few common words have neighbours by chance; a whole name of them does not.
constexpr std::size_t telling_letters_min = 10;
constexpr double inside_score = 0.75;
// Beside a name that is much nearer, a far one is no help.
constexpr double far_share = 0.9;
constexpr int far_edits = 2;

struct Scored {
  NameId id;
  Similarity similarity;
  bool imitates = false;
};

// Collects names that may be similar, each once, with the best score that any form of the query
// gives them.
class Collection {
 public:
  Collection(const Snapshot& lists, std::string_view typed)
      : lists_(lists), names_(lists.names()), exact_(exact_form(typed)) {}

  void search(const std::string& form) {
    if (form.empty()) return;
    const Scorer scorer(form, names_);
    if (!all_common_) all_common_ = scorer.all_common();
    std::vector<NameId> ids;
    const bool many = names_.size() > many_names;
    names_.grams().find(form, many ? scored_of_many : scored_max, ids);
    for (const NameId id : ids) take(id, scorer.compare(id));
    look_inside(form, scorer);
  }

  // Names that can be mistaken for what was typed.
  void mark_imitations(std::string_view form) {
    const std::string image = look_alike_image(joined(form));
    for (Scored& scored : all_) {
      if (look_alike_image(joined(names_.search_form(scored.id))) != image) continue;
      scored.imitates = exact_form(names_.text(scored.id)) != exact_;
    }
  }

  // Of the form that was searched for first.
  bool all_common() const { return all_common_.value_or(true); }

  std::vector<Scored> take_sorted() {
    std::sort(all_.begin(), all_.end(), [this](const Scored& a, const Scored& b) {
      if (a.similarity.score != b.similarity.score) return a.similarity.score > b.similarity.score;
      if (a.similarity.edits != b.similarity.edits) return a.similarity.edits < b.similarity.edits;
      const bool a_alert = is_alert(a.id);
      return a_alert != is_alert(b.id) ? a_alert : a.id < b.id;
    });
    return std::move(all_);
  }

 private:
  bool is_alert(NameId id) const { return names_.ref(id).record.list == ListKind::alert; }

  void take(NameId id, const Similarity& similarity) {
    if (!similarity.similar) return;
    for (Scored& scored : all_) {
      if (scored.id != id) continue;
      const bool close = scored.similarity.close || similarity.close;
      const bool inside = scored.similarity.inside || similarity.inside;
      if (similarity.score > scored.similarity.score) scored.similarity = similarity;
      scored.similarity.close = close;
      scored.similarity.inside = inside;
      return;
    }
    all_.push_back({id, similarity});
  }

  // Listed names among the words that were typed, also where words are run together at the
  // beginning or end of one.
  void look_inside(const std::string& form, const Scorer& scorer) {
    std::vector<std::string_view> words;
    for_each_word(form, [&](std::string_view word) {
      if (words.size() < span_words_max) words.push_back(word);
    });
    for (std::size_t first = 0; first < words.size(); ++first) {
      std::string span;
      bool common = true;
      for (std::size_t last = first; last < words.size(); ++last) {
        span += words[last];
        common = common && says_nothing(words[last]);
        if (!common && last - first + 1 < words.size()) take_inside(span, scorer);
      }
    }
    const std::string whole = joined(form);
    for (std::size_t length = piece_letters_min; length < whole.size(); ++length) {
      take_inside(std::string_view(whole).substr(0, length), scorer);
      take_inside(std::string_view(whole).substr(whole.size() - length), scorer);
    }
  }

  // A brand that a whole group bears is in many names, and still a name.
  bool says_nothing(std::string_view word) const {
    return lists_.vocabulary().is_generic(word) || lists_.vocabulary().is_filler(word);
  }

  void take_inside(std::string_view piece, const Scorer& scorer) {
    if (all_.size() >= inside_max || says_nothing(piece)) return;
    for (const NameId id : names_.with_exact_form(piece)) {
      Similarity similarity = scorer.compare(id);
      similarity.similar = true;
      similarity.inside = true;
      similarity.score = std::max(similarity.score, inside_score);
      take(id, similarity);
    }
  }

  const Snapshot& lists_;
  const NameTable& names_;
  std::string exact_;
  std::vector<Scored> all_;
  std::optional<bool> all_common_;
};

// Whether any listed name has all words of it that the other form lacks.
bool is_spelt_so(const std::string& form, const std::string& other, const NameTable& names) {
  bool listed = true;
  for_each_word(form, [&](std::string_view word) {
    const bool fresh = (" " + other + " ").find(" " + std::string(word) + " ") == std::string::npos;
    if (fresh && names.names_with(word) < 2) listed = false;
  });
  return listed;
}

// The forms of a query that names are looked for with, the plainest first.
std::vector<std::string> forms_of(const Snapshot& lists, const std::string& typed_form) {
  const Vocabulary& vocabulary = lists.vocabulary();
  std::vector<std::string> forms{vocabulary.without_filler(typed_form)};
  const auto add = [&](std::string form) {
    if (!form.empty() && std::find(forms.begin(), forms.end(), form) == forms.end()) {
      forms.push_back(std::move(form));
    }
  };
  add(typed_form);
  add(undisguised(forms.front()));
  const std::string plain = forms.front();
  for (std::string& form : vocabulary.respelt(plain)) {
    if (is_spelt_so(form, plain, lists.names())) add(std::move(form));
  }
  if (forms.size() > forms_max) forms.resize(forms_max);
  return forms;
}

bool is_far(const Candidate& one, const Candidate& best) {
  return one.score < far_share * best.score && one.edits >= best.edits + far_edits;
}

bool is_shown(const std::vector<Candidate>& shown, const Candidate& one, const NameTable& names) {
  return std::any_of(shown.begin(), shown.end(), [&](const Candidate& other) {
    return other.record == one.record ||
           exact_form(names.text(other.name)) == exact_form(names.text(one.name));
  });
}

}  // namespace

SimilarNames find_similar(const Snapshot& lists, std::string_view typed, std::size_t wanted) {
  const NameTable& names = lists.names();
  SimilarNames found;
  const std::string typed_form = search_form(typed);
  const std::vector<std::string> forms = forms_of(lists, typed_form);
  found.search_form = forms.front();
  Collection collection(lists, typed);
  for (const std::string& form : forms) collection.search(form);
  collection.mark_imitations(typed_form);
  for (const Scored& scored : collection.take_sorted()) {
    const RecordRef record = names.ref(scored.id).record;
    found.inside = found.inside || scored.similarity.inside;
    found.close = found.close || scored.similarity.close || scored.imitates;
    const Candidate candidate{scored.id, record, scored.similarity.score, scored.similarity.edits,
                              scored.imitates};
    const bool nearest = found.best.empty() ||
                         (found.best.size() == 1 && candidate.score == found.best.front().score);
    if (nearest && record.list == ListKind::alert && !found.warned) found.warned = record;
    if (!found.best.empty() && is_far(candidate, found.best.front())) continue;
    if (found.best.size() < wanted && !is_shown(found.best, candidate, names)) {
      found.best.push_back(candidate);
    }
  }
  found.all_common = collection.all_common();
  if (found.all_common && joined(typed_form).size() < telling_letters_min) found.close = false;
  return found;
}

}  // namespace alur::registry
