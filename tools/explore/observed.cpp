// A backward walk over each flow's code: a guard's parts are facts before it, an assignment ends
// the facts about its variable and begins those about what it is made of. Repeated until nothing
// changes, since what a flow is given matters as far as that flow looks at it.
#include "tools/explore/observed.hpp"

#include <algorithm>
#include <map>

#include "engine/program/dump_words.hpp"

namespace alur::tools {

using program::Instruction;
using program::Node;
using program::NodeKind;
using program::none;
using program::Op;
using program::Range;
using program::Scope;
using program::Unit;

namespace {

// The variables that an expression reads.
struct Reads {
  std::set<Index> local;
  std::set<Index> contact;
  std::set<Index> session;
};

// A set of facts of one unit.
using Bits = std::vector<bool>;

bool merge(Bits& into, const Bits& from) {
  bool changed = false;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] && !into[i]) into[i] = changed = true;
  }
  return changed;
}

bool is_logic(NodeKind kind) {
  return kind == NodeKind::and_ || kind == NodeKind::or_ || kind == NodeKind::not_;
}

}  // namespace

class ObservedBuilder {
 public:
  ObservedBuilder(const program::Program& program, Observed& out) : program_(program), out_(out) {}

  void build() {
    tables_.resize(program_.unit_count());
    for (Index u = 0; u < program_.unit_count(); ++u) collect_facts(u);
    do {
      changed_ = false;
      for (Index u = 0; u < program_.unit_count(); ++u) walk(u);
    } while (changed_);
    for (Index u = 0; u < program_.unit_count(); ++u) finish(u);
  }

 private:
  // A fact is an expression of the unit, or (after those) a variable as a whole.
  struct Table {
    std::vector<Index> nodes;
    std::vector<Reads> reads;        // of each of them
    std::vector<std::string> words;  // of each of them, so that none is there twice
    std::vector<Bits> before;        // each instruction
    std::vector<bool> offers;
    std::size_t size(const Unit& unit) const { return nodes.size() + unit.slots.size(); }
  };

  const Unit& unit(Index u) const { return program_.unit(u); }

  // --- expressions

  template <class Visit>
  void each_child(const Unit& unit, const Node& node, Visit visit) const {
    switch (node.kind) {
      case NodeKind::constant:
      case NodeKind::local:
      case NodeKind::contact:
      case NodeKind::session:
      case NodeKind::language:
      case NodeKind::channel:
      case NodeKind::hours:
        return;
      case NodeKind::field:
      case NodeKind::negate:
      case NodeKind::not_:
      case NodeKind::is_set:
        return visit(node.b);
      case NodeKind::call:
        for (Index i = 0; i < node.n; ++i) visit(unit.argument_nodes[node.c + i]);
        return;
      case NodeKind::in_items:
        visit(node.b);
        for (Index i = 0; i < node.n; ++i) visit(unit.argument_nodes[node.c + i]);
        return;
      default:
        visit(node.b);
        visit(node.c);
    }
  }

  void read(Index u, Index index, Reads& reads) const {
    const Node& node = unit(u).nodes[index];
    if (node.kind == NodeKind::local) reads.local.insert(node.b);
    if (node.kind == NodeKind::contact) reads.contact.insert(node.b);
    if (node.kind == NodeKind::session) reads.session.insert(node.b);
    each_child(unit(u), node, [&](Index child) { read(u, child, reads); });
  }

  Reads reads_of(Index u, Index index) const {
    Reads reads;
    read(u, index, reads);
    return reads;
  }

  // How guards look at a variable of the citizen or the conversation.
  enum class Look : std::uint8_t { never, whether_set, closely };

  void note_shared_reads(Index u, Index index) {
    const Node& node = unit(u).nodes[index];
    const bool whether_set = node.kind == NodeKind::is_set;
    const auto note = [&](Scope scope, Index slot, bool closely) {
      Look& look = looks_[{scope, slot}];
      look = std::max(look, closely ? Look::closely : Look::whether_set);
    };
    if (whether_set) {
      const Node& child = unit(u).nodes[node.b];
      if (child.kind == NodeKind::contact) return note(Scope::contact, child.b, false);
      if (child.kind == NodeKind::session) return note(Scope::session, child.b, false);
    }
    if (node.kind == NodeKind::contact) note(Scope::contact, node.b, true);
    if (node.kind == NodeKind::session) note(Scope::session, node.b, true);
    each_child(unit(u), node, [&](Index child) { note_shared_reads(u, child); });
  }

  // Whether what is kept in a variable of the citizen or the conversation makes a difference.
  bool shared_matters(Index u, Scope scope, Index slot, Index expression) const {
    const bool whole =
        scope == Scope::contact ? out_.contact_.contains(slot) : out_.session_.contains(slot);
    if (whole) return true;
    const auto look = looks_.find({scope, slot});
    if (look == looks_.end() || look->second == Look::never) return false;
    if (look->second == Look::closely) return true;
    const Node& node = unit(u).nodes[expression];
    if (node.kind != NodeKind::local) return node.kind != NodeKind::constant;
    const value::TypeRef& type = unit(u).slots[node.b].type;
    return !type || type->optional;
  }

  // What a guard looks at, for those who choose samples.
  void note_looks(Index u, Index index) {
    const Unit& of = unit(u);
    const Node& node = of.nodes[index];
    if (node.kind == NodeKind::field) out_.fields_.insert(node.c);
    if (node.kind == NodeKind::channel) out_.channel_ = true;
    if (node.kind == NodeKind::constant) {
      const value::Value& constant = of.constants[node.b];
      const auto known = std::find(out_.constants_.begin(), out_.constants_.end(), constant);
      if (known == out_.constants_.end()) out_.constants_.push_back(constant);
    }
    if (node.kind == NodeKind::call) {
      const auto function = static_cast<program::Function>(node.a);
      if (function == program::Function::length) out_.length_ = true;
      if (function == program::Function::matches) {
        note_pattern(of, of.nodes[of.argument_nodes[node.c + 1]]);
      }
    }
    each_child(of, node, [&](Index child) { note_looks(u, child); });
  }

  void note_pattern(const Unit& of, const Node& pattern) {
    if (pattern.kind != NodeKind::constant) return;
    const value::Value& words = of.constants[pattern.b];
    if (words.is(value::Kind::text)) out_.patterns_.push_back(words.text());
  }

  // The parts of a condition that are true or false on their own.
  template <class Visit>
  void each_part(Index u, Index index, Visit visit) {
    const Node& node = unit(u).nodes[index];
    if (!is_logic(node.kind)) return visit(index);
    each_child(unit(u), node, [&](Index child) { each_part(u, child, visit); });
  }

  // --- facts

  void collect_facts(Index u) {
    Table& table = tables_[u];
    const Unit& of = unit(u);
    Observed::Shared shared{u, {}};
    std::set<std::string> shared_words;
    const auto add = [&](Index node) {
      note_looks(u, node);
      note_shared_reads(u, node);
      Reads reads = reads_of(u, node);
      std::string words = program::WordDumper(program_.app(), of).expression(node);
      if (reads.local.empty()) {
        if (shared_words.insert(words).second) shared.nodes.push_back(node);
        return;
      }
      if (std::find(table.words.begin(), table.words.end(), words) != table.words.end()) return;
      table.nodes.push_back(node);
      table.reads.push_back(std::move(reads));
      table.words.push_back(std::move(words));
    };
    for (const Instruction& step : of.code) {
      if (step.op == Op::jump_unless) each_part(u, step.c, add);
      if (step.op == Op::match) add(of.matches[step.c].node);
    }
    if (!shared.nodes.empty()) out_.shared_.push_back(std::move(shared));
    table.before.assign(of.code.size(), Bits(table.size(of), false));
    table.offers.assign(of.code.size(), false);
  }

  void add_condition(Index u, Index condition, Bits& facts) {
    each_part(u, condition, [&](Index part) {
      const std::string words = program::WordDumper(program_.app(), unit(u)).expression(part);
      const Table& table = tables_[u];
      for (std::size_t i = 0; i < table.words.size(); ++i) {
        if (table.words[i] == words) facts[i] = true;
      }
    });
  }

  // The variables of an expression matter as a whole.
  void add_whole(Index u, Index expression, Bits& facts) {
    const Reads reads = reads_of(u, expression);
    for (const Index slot : reads.local) facts[tables_[u].nodes.size() + slot] = true;
    for (const Index slot : reads.contact) changed_ |= out_.contact_.insert(slot).second;
    for (const Index slot : reads.session) changed_ |= out_.session_.insert(slot).second;
  }

  // Ends the facts about a variable; true when there were any.
  bool end_facts(Index u, Index slot, Bits& facts) const {
    const Table& table = tables_[u];
    bool any = false;
    for (std::size_t i = 0; i < table.nodes.size(); ++i) {
      if (!facts[i] || !table.reads[i].local.contains(slot)) continue;
      facts[i] = false;
      any = true;
    }
    const std::size_t whole = table.nodes.size() + slot;
    any |= facts[whole];
    facts[whole] = false;
    return any;
  }

  // --- the walk

  void walk(Index u) {
    const Unit& of = unit(u);
    bool again = true;
    while (again) {
      again = false;
      for (std::size_t i = of.code.size(); i-- > 0;) {
        Bits facts(tables_[u].size(of), false);
        before(u, static_cast<Index>(i), facts);
        again |= merge(tables_[u].before[i], facts);
      }
      changed_ |= again;
    }
  }

  void follow(Index u, Index address, Bits& facts) const {
    const std::vector<Bits>& all = tables_[u].before;
    if (address < all.size()) merge(facts, all[address]);
  }

  void before(Index u, Index address, Bits& facts) {
    const Unit& of = unit(u);
    const Instruction& step = of.code[address];
    switch (step.op) {
      case Op::jump:
        return follow(u, step.c, facts);
      case Op::jump_unless:
        follow(u, address + 1, facts);
        follow(u, step.d, facts);
        return add_condition(u, step.c, facts);
      case Op::match:
        return before_match(u, of.matches[step.c], facts);
      case Op::bound:
        follow(u, address + 1, facts);
        return follow(u, step.d, facts);
      case Op::set:
        follow(u, address + 1, facts);
        return before_set(u, step, facts);
      case Op::ask:
        return before_question(u, address, facts);
      case Op::pause:
        before_outside(u, step.d, facts);
        return follow(u, address + 1, facts);
      case Op::call:
        return before_outcomes(u, of.calls[step.c].outcomes, facts);
      case Op::handoff:
        return before_outcomes(u, of.handoffs[step.c].outcomes, facts);
      case Op::run:
        before_outcomes(u, of.runs[step.c].outcomes, facts);
        return before_start(u, of.runs[step.c].import, of.runs[step.c].arguments, facts);
      case Op::leave:
        return before_start(u, of.departures[step.c].import, of.departures[step.c].arguments,
                            facts);
      case Op::end:
        if (step.c != none) add_whole(u, step.c, facts);
        return;
      case Op::stop:
      case Op::hold:
        return;
      case Op::ask_again:
        return before_asking_again(u, facts);
      default:
        return follow(u, address + 1, facts);
    }
  }

  void before_match(Index u, const program::Match& match, Bits& facts) {
    const Unit& of = unit(u);
    for (Index i = match.cases.begin; i < match.cases.end; ++i) {
      follow(u, of.cases[i].address, facts);
    }
    if (match.otherwise != none) follow(u, match.otherwise, facts);
    add_condition(u, match.node, facts);
  }

  void before_set(Index u, const Instruction& step, Bits& facts) {
    const auto scope = static_cast<Scope>(step.a);
    if (scope == Scope::language) return;
    const bool matters = scope == Scope::local ? end_facts(u, step.b, facts)
                                               : shared_matters(u, scope, step.b, step.c);
    if (matters) add_whole(u, step.c, facts);
  }

  void before_outcomes(Index u, Range outcomes, Bits& facts) {
    const Unit& of = unit(u);
    if (outcomes.empty()) before_asking_again(u, facts);
    for (Index i = outcomes.begin; i < outcomes.end; ++i) follow(u, of.outcomes[i].address, facts);
    for (Index i = outcomes.begin; i < outcomes.end; ++i) {
      const program::Outcome& outcome = of.outcomes[i];
      if (outcome.slot != none && outcome.scope == Scope::local) end_facts(u, outcome.slot, facts);
    }
  }

  // What a flow is given matters where that flow looks at it.
  void before_start(Index u, Index import, Range arguments, Bits& facts) {
    const Index flow = program_.imported(u, import);
    const Unit& target = unit(flow);
    const Bits& there = tables_[flow].before[target.states.front().address];
    for (Index i = arguments.begin; i < arguments.end; ++i) {
      const program::Argument& argument = unit(u).arguments[i];
      for (Index p = 0; p < target.param_count; ++p) {
        Bits facts_there = there;
        const bool matters = target.slots[p].key == argument.key && end_facts(flow, p, facts_there);
        if (matters) add_whole(u, argument.node, facts);
      }
    }
  }

  void before_outside(Index u, Index outside, Bits& facts) const {
    if (outside == none || unit(u).outsides[outside].address == none) return;
    follow(u, unit(u).outsides[outside].address, facts);
  }

  // Some question or pause of the flow.
  void before_asking_again(Index u, Bits& facts) const {
    const Unit& of = unit(u);
    for (std::size_t i = 0; i < of.code.size(); ++i) {
      if (of.code[i].op == Op::ask || of.code[i].op == Op::pause) {
        follow(u, static_cast<Index>(i), facts);
      }
    }
  }

  void before_question(Index u, Index address, Bits& facts) {
    const Unit& of = unit(u);
    const program::Question& question = of.questions[of.code[address].c];
    const bool own = question.into != none && question.into_scope == Scope::local;
    if (!question.choose || question.each_list != none) {
      follow(u, question.next, facts);
      const bool matters = own && end_facts(u, question.into, facts);
      if (matters && question.each_list != none) tables_[u].offers[address] = true;
    }
    for (Index i = question.options.begin; i < question.options.end; ++i) {
      const program::Option& option = of.options[i];
      Bits after(facts.size(), false);
      follow(u, option.address, after);
      const bool stored = own && option.value != none;
      if (stored && end_facts(u, question.into, after)) add_whole(u, option.value, after);
      merge(facts, after);
    }
    for (const auto& phrase : question.hear.exact()) follow(u, phrase.entry, facts);
    for (const auto& pattern : question.hear.patterns()) follow(u, pattern.entry, facts);
    const program::Ladder& ladder = question.ladder;
    for (Index i = ladder.rungs.begin; ladder.own_rungs && i < ladder.rungs.end; ++i) {
      if (of.rungs[i].address != none) follow(u, of.rungs[i].address, facts);
    }
    for (Index i = ladder.silences.begin; ladder.own_silences && i < ladder.silences.end; ++i) {
      if (of.silences[i].address != none) follow(u, of.silences[i].address, facts);
      before_outside(u, of.silences[i].outside, facts);
    }
    if (question.each_list != none) add_whole(u, question.each_list, facts);
  }

  void finish(Index u) {
    const Unit& of = unit(u);
    const Table& table = tables_[u];
    std::vector<Observed::Facts> facts(of.code.size());
    for (std::size_t at = 0; at < of.code.size(); ++at) {
      for (std::size_t i = 0; i < table.nodes.size(); ++i) {
        if (table.before[at][i]) facts[at].nodes.push_back(table.nodes[i]);
      }
      for (Index slot = 0; slot < of.slots.size(); ++slot) {
        if (table.before[at][table.nodes.size() + slot]) facts[at].slots.push_back(slot);
      }
      facts[at].offers = table.offers[at];
    }
    out_.facts_.push_back(std::move(facts));
  }

  const program::Program& program_;
  Observed& out_;
  std::vector<Table> tables_;
  std::map<std::pair<Scope, Index>, Look> looks_;
  bool changed_ = false;
};

Observed::Observed(const program::Program& program) {
  ObservedBuilder(program, *this).build();
}

}  // namespace alur::tools
