// The nodes of expressions and the instructions of a unit.
#include <algorithm>

#include "engine/program/names.hpp"
#include "engine/program/unit_verifier.hpp"

namespace alur::program {
namespace {

// Whether the instruction may go on with the next one, so that it must not be the last.
bool goes_on(Op op) {
  switch (op) {
    case Op::enter:
    case Op::say:
    case Op::pause:
    case Op::set:
    case Op::jump_unless:
    case Op::bound:
    case Op::track:
      return true;
    default:
      return false;
  }
}

}  // namespace

// --- expressions

// A part of the present node: stands before it. Nodes may be shared, but not so that evaluating
// one takes more steps than the unit has nodes.
void UnitVerifier::child(Index node) {
  if (!index("child", node, row_)) return;
  Weight& own = weights_[row_];
  own.depth = std::max(own.depth, weights_[node].depth + 1);
  own.size += weights_[node].size;
  if (own.depth > node_depth_max) object("the expression is nested too deeply");
  if (own.size > unit_.nodes.size()) object("the expression repeats its parts");
}

void UnitVerifier::arguments_of(const Node& node, std::size_t count_max) {
  if (node.n > count_max) object_to("{} arguments, at most {}", node.n, count_max);
  const std::size_t size = unit_.argument_nodes.size();
  if (node.c > size || node.n > size - node.c) return object("the arguments are out of range");
  for (Index i = 0; i < node.n; ++i) child(unit_.argument_nodes[node.c + i]);
}

void UnitVerifier::check(Index argument_node) {
  node("node", argument_node);
}

void UnitVerifier::check(const Node& node) {
  if (row_ == 0) weights_.resize(unit_.nodes.size());
  switch (node.kind) {
    case NodeKind::constant:
      index("constant", node.b, unit_.constants.size());
      return;
    case NodeKind::local:
      index("variable", node.b, unit_.slots.size());
      return;
    case NodeKind::contact:
      index("variable", node.b, app_.contact.size());
      return;
    case NodeKind::session:
      index("variable", node.b, app_.session.size());
      return;
    case NodeKind::hours:
      index("hours", node.b, app_.hours.size());
      return;
    case NodeKind::language:
    case NodeKind::channel:
      return;
    case NodeKind::field:
    case NodeKind::negate:
    case NodeKind::not_:
    case NodeKind::is_set:
      return child(node.b);
    case NodeKind::in_items:
      child(node.b);
      return arguments_of(node, unit_.argument_nodes.size());
    case NodeKind::call:
      index("function", node.a, function_count);
      return arguments_of(node, function_arguments_max);
    default:
      break;
  }
  if (static_cast<std::size_t>(node.kind) >= node_kind_count) {
    return object("the node is of no known kind");
  }
  child(node.b);
  child(node.c);
}

// --- code

void UnitVerifier::check_code() {
  rows("code", unit_.code);
  if (!unit_.code.empty() && goes_on(unit_.code.back().op)) {
    row_ = unit_.code.size() - 1;
    object("the code runs off its end");
  }
}

void UnitVerifier::check(const Instruction& step) {
  switch (step.op) {
    case Op::enter:
      index("state", step.c, unit_.states.size());
      return;
    case Op::say:
      index("message", step.c, unit_.messages.size());
      return;
    case Op::ask:
      index("question", step.c, unit_.questions.size());
      return;
    case Op::call:
      index("call", step.c, unit_.calls.size());
      return;
    case Op::run:
      index("run", step.c, unit_.runs.size());
      return;
    case Op::handoff:
      index("handoff", step.c, unit_.handoffs.size());
      return;
    case Op::pause:
      node("duration", step.c);
      index_or_none("outside", step.d, unit_.outsides.size());
      return;
    case Op::set:
      variable("variable", static_cast<Scope>(step.a), step.b);
      node("value", step.c);
      return;
    case Op::jump:
      address("address", step.c);
      return;
    case Op::jump_unless:
      node("condition", step.c);
      address("address", step.d);
      return;
    case Op::match:
      index("match", step.c, unit_.matches.size());
      return;
    case Op::bound:
      index("counter", step.b, unit_.slots.size());
      if (step.b < unit_.counters_begin) object("the counter is a variable");
      address("address", step.d);
      return;
    case Op::leave:
      index("departure", step.c, unit_.departures.size());
      return;
    case Op::track:
      index("track", step.c, unit_.tracks.size());
      return;
    case Op::end:
      index("outcome", step.b, unit_.outcomes_declared.size());
      if (step.c != none) node("value", step.c);
      return;
    case Op::stop:
    case Op::ask_again:
    case Op::hold:
      return;
  }
  object("the instruction is none that there is");
}

// Every resting place has one name, and nothing else has.
void UnitVerifier::check_sites() {
  table_ = "sites";
  std::vector<Index> named;
  for (row_ = 0; row_ < unit_.sites.size(); ++row_) {
    const Site& site = unit_.sites[row_];
    if (row_ > 0 && unit_.sites[row_ - 1].key >= site.key) object("the keys are not in order");
    if (!address("address", site.address)) continue;
    if (!rests(unit_.code[site.address].op)) object("nothing rests there");
    named.push_back(site.address);
  }
  std::sort(named.begin(), named.end());
  if (std::adjacent_find(named.begin(), named.end()) != named.end()) {
    object("a resting place has two names");
  }
  const auto resting = std::count_if(unit_.code.begin(), unit_.code.end(),
                                     [](const Instruction& step) { return rests(step.op); });
  if (static_cast<std::size_t>(resting) != named.size()) object("a resting place has no name");
}

}  // namespace alur::program
