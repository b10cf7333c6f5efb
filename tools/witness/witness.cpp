#include "tools/witness/witness.hpp"

#include <array>
#include <deque>
#include <unordered_set>
#include <utility>

#include "tools/chat/recording.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/witness/acts.hpp"

namespace alur::tools {
namespace {

// In office hours, at night, in the evening, and just before offices close.
constexpr std::array<std::string_view, 4> beginnings{"2026-01-05T10:00", "2026-01-04T03:00",
                                                     "2026-01-07T20:00", "2026-01-05T16:55"};

value::Instant beginning(const program::Program& program, std::string_view text) {
  const value::LocalTime local{*value::parse_date(text.substr(0, 10)),
                               *value::parse_time(text.substr(11))};
  return program.zone().to_instant(local);
}

class Search {
 public:
  Search(std::shared_ptr<const program::Program> program, const dsl::proof::Fault& fault,
         WitnessBounds bounds)
      : program_(std::move(program)), goal_(*program_, fault), bounds_(bounds) {}

  std::optional<std::string> run(const std::string& title) {
    for (const std::string_view text : beginnings) {
      open_.push_back(static_cast<std::uint32_t>(nodes_.size()));
      nodes_.push_back({none_, beginning(*program_, text), {}, {}, true});
    }
    while (!open_.empty() && nodes_.size() < bounds_.places_max) {
      const std::uint32_t node = open_.front();
      open_.pop_front();
      if (const auto found = expand(node)) return record(*found, title);
    }
    return std::nullopt;
  }

 private:
  struct Node {
    std::uint32_t before;
    value::Instant begins;
    Act act;
    Progress progress;
    bool first = false;
  };
  static constexpr std::uint32_t none_ = program::none;

  ConversationSettings settings(value::Instant begins) const {
    ConversationSettings chosen;
    chosen.begins = begins;
    chosen.language = goal_.begins_in();
    return chosen;
  }

  Conversation begin(value::Instant begins) const {
    ConversationSettings chosen = settings(begins);
    chosen.tracing = machine::Tracing::on;
    Conversation conversation(program_, chosen, nullptr);
    std::set<Index> services;
    for (Index i = 0; i < program_->app().services.size(); ++i) services.insert(i);
    conversation.leave_open(std::move(services));
    return conversation;
  }

  std::vector<const Act*> path_to(std::uint32_t node) const {
    std::vector<const Act*> path;
    for (; !nodes_[node].first; node = nodes_[node].before) path.push_back(&nodes_[node].act);
    return {path.rbegin(), path.rend()};
  }

  // What goes by before the citizen speaks again.
  static void let_pass(Conversation& conversation, const Act& act) {
    if (!act.by_citizen()) return;
    const machine::TimerChange* timer = conversation.next_timer();
    const value::Duration pause{line_pause_ms};
    const bool linger =
        act.late && timer != nullptr && (timer->at - conversation.now()) > pause + pause;
    conversation.advance_to(linger ? timer->at - pause : conversation.now() + pause);
  }

  std::optional<std::uint32_t> expand(std::uint32_t node) {
    Conversation conversation = begin(nodes_[node].begins);
    for (const Act* act : path_to(node)) {
      let_pass(conversation, *act);
      perform(conversation, *act);
    }
    const auto snapshot = conversation.snapshot();
    const Progress progress = nodes_[node].progress;
    for (Act& act : acts_at(conversation, goal_.fault())) {
      if (!goal_.allows(act, progress)) continue;
      const std::size_t turns = conversation.turns().size();
      const std::size_t said = conversation.said().size();
      const bool was_at_place = goal_.at_place(conversation);
      let_pass(conversation, act);
      perform(conversation, act);
      const Progress after = goal_.after(progress, act, was_at_place, conversation, turns, said);
      if (after.shown || seen_.insert(key(conversation, nodes_[node].begins, after)).second) {
        nodes_.push_back({node, nodes_[node].begins, std::move(act), after, false});
        const auto added = static_cast<std::uint32_t>(nodes_.size() - 1);
        if (after.shown) return added;
        open_.push_back(added);
      }
      conversation.restore(*snapshot);
    }
    return std::nullopt;
  }

  // Conversations with the same key go on in the same ways, as far as the search can tell.
  std::string key(const Conversation& conversation, value::Instant begins,
                  const Progress& progress) const {
    const machine::Session& session = conversation.session();
    std::string key = std::to_string(begins.milliseconds) + ' ' +
                      std::to_string(static_cast<int>(session.rest)) + ' ' +
                      std::to_string(session.attempts) + ' ' + std::to_string(session.silences) +
                      ' ' + std::to_string(progress.at_place) + std::to_string(progress.helped) +
                      std::to_string(progress.count) + ' ' + session.gathered;
    for (const machine::Frame& frame : session.frames) {
      key += '/' + std::to_string(frame.unit) + ':' + std::to_string(frame.position.unit) + ':' +
             std::to_string(frame.position.address);
    }
    for (const auto* values : {&session.slots, &session.contact, &session.shared}) {
      for (const value::Value& value : *values) {
        key += '|';
        value.append_text(key);
      }
    }
    key += '@' + std::to_string(session.language);
    const bool old_taps = goal_.fault().code == dsl::Code::long_burst;
    if (const machine::Choice* old = old_taps ? old_choice(conversation) : nullptr) {
      key += old->label;
    }
    return key;
  }

  std::string record(std::uint32_t node, const std::string& title) const {
    const value::Instant begins = nodes_[node].begins;
    Conversation conversation = begin(begins);
    Recording recording;
    std::size_t told = 0;
    const auto tell = [&] {
      for (; told < conversation.said().size(); ++told) {
        recording.answered(conversation.said()[told].message);
      }
    };
    for (const Act* act : path_to(node)) {
      let_pass(conversation, *act);
      tell();
      const std::size_t turns = conversation.turns().size();
      if (act->kind == Act::Kind::say) recording.said(act->words, conversation.now());
      if (act->kind == Act::Kind::say) recording.keep_last();
      if (act->kind == Act::Kind::tap || act->kind == Act::Kind::voice)
        recording.tapped(act->words, conversation.now());
      if (act->kind == Act::Kind::service || act->kind == Act::Kind::desk) {
        recording.acted(act->words, conversation.now());
      }
      perform(conversation, *act);
      if (act->kind == Act::Kind::time && conversation.turns().size() > turns) {
        recording.fired(conversation.now());
      }
      tell();
    }
    for (int calls = 0; conversation.pending_call() != nullptr && calls < 20; ++calls) {
      const Index service = conversation.pending_call()->service;  // a chat leaves no call open
      recording.acted("! " + program_->app().services[service].name + " unavailable",
                      conversation.now());
      conversation.answer_call({value::name_key("unavailable"), {}});
      tell();
    }
    return recording.chat(*program_, settings(begins), title, conversation.next_due());
  }

  std::shared_ptr<const program::Program> program_;
  Goal goal_;
  WitnessBounds bounds_;
  std::deque<Node> nodes_;
  std::deque<std::uint32_t> open_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::optional<std::string> find_witness(const std::shared_ptr<const program::Program>& program,
                                        const dsl::proof::Fault& fault, const std::string& title,
                                        WitnessBounds bounds) {
  return Search(program, fault, bounds).run(title);
}

}  // namespace alur::tools
