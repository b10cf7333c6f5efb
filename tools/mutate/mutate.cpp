#include "tools/mutate/mutate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "dsl/check/proof/proofs.hpp"
#include "engine/program/dump.hpp"
#include "tools/mutate/draft.hpp"

namespace alur::tools {

using program::Program;

std::string_view to_text(Mutant::Fate fate) {
  switch (fate) {
    case Mutant::Fate::refused:
      return "refused";
    case Mutant::Fate::equivalent:
      return "equivalent";
    case Mutant::Fate::killed:
      return "killed";
    case Mutant::Fate::survived:
      return "survived";
  }
  return "?";
}

namespace {

// A state of a flow, by name and number.
using StatePlace = std::pair<std::string, std::size_t>;

struct Judge {
  const dsl::SourceFile* source = nullptr;
  const dsl::Chat* chat = nullptr;
  std::set<StatePlace> states;  // that it comes through
  std::string where;
};

template <class Work>
void in_threads(unsigned threads, std::size_t count, Work work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads && i < count; ++i) others.emplace_back(take);
  take();
}

class Trial {
 public:
  Trial(const std::vector<dsl::AppFile>& files, const ReplaySet& chats,
        const MutateOptions& options)
      : trees_(files), chats_(chats), options_(options) {}

  MutationReport run() {
    read_judges();
    list_mutants();
    sound_ = disproof(*trees_.program()).empty();
    in_threads(options_.threads, report_.mutants.size(),
               [&](std::size_t i) { try_out(report_.mutants[i]); });
    if (options_.drafts) draft();
    return std::move(report_);
  }

 private:
  // --- the chats

  void read_judges() {
    for (const ReplayFile& file : chats_.files) {
      const dsl::SourceFile& source = chats_.sources.at(file.chats.file);
      for (const dsl::Chat& chat : file.chats.chats) {
        judges_.push_back(
            {&source,
             &chat,
             {},
             fmt::format("{}:{}", source.path(), source.line_of(chat.title.span.begin))});
      }
    }
    std::vector<char> fails(judges_.size());
    in_threads(options_.threads, judges_.size(), [&](std::size_t i) {
      fails[i] = !run_judge(judges_[i], trees_.program(), &judges_[i].states);
    });
    std::vector<Judge> sound;
    for (std::size_t i = 0; i < judges_.size(); ++i) {
      if (fails[i]) {
        report_.failing.push_back(judges_[i].where);
      } else {
        sound.push_back(std::move(judges_[i]));
      }
    }
    judges_ = std::move(sound);
    // Short ones first: most mutants are killed by any chat that comes there.
    std::stable_sort(judges_.begin(), judges_.end(), [](const Judge& a, const Judge& b) {
      return a.chat->lines.size() < b.chat->lines.size();
    });
  }

  // Whether the chat passes; `states`: which states it came through, may be null.
  bool run_judge(const Judge& judge, const std::shared_ptr<const Program>& program,
                 std::set<StatePlace>* states) const {
    RunOptions run;
    if (states) {
      run.observe = [&](const machine::Turn& turn) {
        for (const machine::JournalEntry& entry : turn.journal) {
          if (entry.kind != machine::JournalEntry::Kind::entered) continue;
          states->insert({program->unit(entry.unit).name, entry.index});
        }
      };
    }
    ReplayApp app = chats_.apps.front();
    app.program = program;
    return run_chat(app, *judge.source, *judge.chat, run).passed();
  }

  // --- the mutants

  void list_mutants() {
    for (std::size_t i = 0; i < trees_.flows().size(); ++i) {
      Mutator lister(trees_.app(), options_.operators, std::nullopt);
      dsl::ast::Flow flow = trees_.flows()[i];
      lister.change(flow, i);
      add(lister.found());
    }
    Mutator lister(trees_.app(), options_.operators, std::nullopt);
    dsl::ast::App app = trees_.app();
    lister.change(app);
    add(lister.found());
  }

  void add(const std::vector<Mutation>& found) {
    for (const Mutation& mutation : found) {
      const dsl::SourceFile& source = trees_.sources().at(mutation.span.file);
      const dsl::Position at = source.position(mutation.span.begin);
      Mutant mutant;
      mutant.mutation = mutation;
      mutant.file = source.path();
      mutant.line = at.line;
      mutant.column = at.column;
      report_.mutants.push_back(std::move(mutant));
    }
  }

  std::shared_ptr<const Program> build(const Mutation& mutation) const {
    Mutator maker(trees_.app(), options_.operators, mutation.number);
    if (mutation.flow == Mutation::none) {
      dsl::ast::App app = trees_.app();
      maker.change(app);
      return trees_.compile(std::move(app));
    }
    dsl::ast::Flow flow = trees_.flows()[mutation.flow];
    maker.change(flow, mutation.flow);
    return trees_.compile(mutation.flow, std::move(flow));
  }

  // The chats that come through the changed state; all of them where the change is not in one.
  bool may_notice(const Judge& judge, const Mutation& mutation) const {
    if (mutation.state == Mutation::none) return true;
    const std::string& flow = trees_.flows()[mutation.flow].name.text;
    return judge.states.contains({flow, mutation.state});
  }

  // The code of the first error that the proofs find; empty: they hold.
  std::string disproof(const Program& program) const {
    const dsl::proof::Proofs proofs = dsl::proof::prove(program, trees_.sources());
    for (const dsl::Finding& finding : proofs.findings) {
      const dsl::CodeRow& kind = dsl::row(finding.code);
      if (kind.severity == dsl::Severity::error) return std::string(kind.text);
    }
    return {};
  }

  void try_out(Mutant& mutant) const {
    const std::shared_ptr<const Program> program = build(mutant.mutation);
    if (!program) {
      mutant.fate = Mutant::Fate::refused;
      return;
    }
    mutant.disproof = sound_ ? disproof(*program) : "";
    if (!mutant.disproof.empty()) {
      mutant.fate = Mutant::Fate::refused;
      return;
    }
    for (const Judge& judge : judges_) {
      if (!may_notice(judge, mutant.mutation) || run_judge(judge, program, nullptr)) continue;
      mutant.fate = Mutant::Fate::killed;
      mutant.killer = judge.where;
      return;
    }
    const bool same = program::dump(*program) == program::dump(*trees_.program());
    mutant.fate = same ? Mutant::Fate::equivalent : Mutant::Fate::survived;
  }

  // --- drafts

  void draft() {
    if (report_.count(Mutant::Fate::survived) == 0) return;
    ExploreBounds bounds;
    bounds.seconds_max = options_.explore_seconds_max;
    Explorer explorer(*trees_.program(), bounds);
    explorer.run();
    report_.explored_all = explorer.counts().fix_point;
    const DraftDesk desk(trees_.program(), explorer);
    in_threads(options_.threads, report_.mutants.size(), [&](std::size_t i) {
      Mutant& mutant = report_.mutants[i];
      if (mutant.fate != Mutant::Fate::survived) return;
      mutant.draft =
          desk.draft(build(mutant.mutation), place_of(mutant.mutation), title_of(mutant));
    });
  }

  static std::string title_of(const Mutant& mutant) {
    const Mutation& mutation = mutant.mutation;
    std::string title =
        fmt::format("{}:{}: notices when {}", mutant.file, mutant.line, meaning(mutation.op));
    if (!mutation.detail.empty()) title += fmt::format(" ({})", mutation.detail);
    return title;
  }

  std::optional<std::pair<Index, Index>> place_of(const Mutation& mutation) const {
    if (mutation.state == Mutation::none) return std::nullopt;
    const auto key = value::name_key(trees_.flows()[mutation.flow].name.text);
    return std::make_pair(*trees_.program()->find_unit(key), static_cast<Index>(mutation.state));
  }

  AppTrees trees_;
  const ReplaySet& chats_;
  const MutateOptions& options_;
  std::vector<Judge> judges_;
  bool sound_ = true;  // the proofs hold of the app as it is, so that they say something of mutants
  MutationReport report_;
};

}  // namespace

std::size_t MutationReport::count(Mutant::Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(mutants.begin(), mutants.end(),
                    [fate](const Mutant& mutant) { return mutant.fate == fate; }));
}

std::size_t MutationReport::disproven() const {
  return static_cast<std::size_t>(
      std::count_if(mutants.begin(), mutants.end(),
                    [](const Mutant& mutant) { return !mutant.disproof.empty(); }));
}

double MutationReport::score() const {
  const auto killed = static_cast<double>(count(Mutant::Fate::killed));
  const auto survived = static_cast<double>(count(Mutant::Fate::survived));
  return killed + survived == 0 ? 1 : killed / (killed + survived);
}

OperatorSet all_operators() {
  OperatorSet all;
  for (std::size_t i = 0; i < operator_count; ++i) all.insert(static_cast<Operator>(i));
  return all;
}

MutationReport mutate(const std::vector<dsl::AppFile>& files, const ReplaySet& chats,
                      const MutateOptions& options) {
  return Trial(files, chats, options).run();
}

}  // namespace alur::tools
