#include "tools/graph_sim/load.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <ostream>
#include <set>

#include "tools/graph_sim/phone_screen.hpp"

namespace alur::graph_sim {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::uint64_t first_citizen = 6'281'000'000'000;

double since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

void wait(std::chrono::milliseconds time) {
  boost::asio::io_context io;
  boost::asio::steady_timer(io, time).wait();
}

boost::json::object text(const std::string& words) {
  return {{"type", "text"}, {"text", {{"body", words}}}};
}

// Nothing is under way any more: no webhook, and every citizen has been answered.
bool is_quiet(SimServer& server, const LoadPlan& plan, LoadReport& report) {
  bool quiet = false;
  server.with([&](World& world, std::int64_t) {
    report.unanswered = 0;
    for (std::uint64_t i = 0; i < std::min(plan.citizens, report.said); ++i) {
      const Phone& phone = world.phone(std::to_string(first_citizen + i));
      if (!phone.thread.empty() && phone.thread.back().from_citizen) ++report.unanswered;
    }
    report.counts = world.counts();
    quiet = report.unanswered == 0 && !world.next_due();
  });
  return quiet;
}

std::size_t count_transcripts(SimServer& server, const LoadPlan& plan) {
  std::set<std::string> all;
  server.with([&](World& world, std::int64_t) {
    for (std::uint64_t i = 0; i < plan.citizens; ++i) {
      std::string answers;
      for (const PhoneMessage& one : world.phone(std::to_string(first_citizen + i)).thread) {
        if (!one.from_citizen) answers += show(one.body);
      }
      all.insert(std::move(answers));
    }
  });
  return all.size();
}

}  // namespace

std::uint32_t LoadReport::share(double of) const {
  if (acknowledged.empty()) return 0;
  const auto at = static_cast<std::size_t>(of * static_cast<double>(acknowledged.size()));
  return acknowledged[std::min(at, acknowledged.size() - 1)];
}

LoadReport put_load(SimServer& server, const LoadPlan& plan) {
  LoadReport report;
  const auto begin = Steady::now();
  const auto whole = static_cast<std::uint64_t>(plan.rate * plan.seconds);
  while (report.said < whole) {
    const auto until = std::min(whole, static_cast<std::uint64_t>(since(begin) * plan.rate) + 1);
    server.with([&](World& world, std::int64_t now) {
      for (; report.said < until; ++report.said) {
        const std::uint64_t citizen = report.said % plan.citizens;
        const std::uint64_t turn = report.said / plan.citizens;
        world.say(std::to_string(first_citizen + citizen), 0,
                  text(plan.words[turn % plan.words.size()]), now);
      }
    });
    wait(std::chrono::milliseconds(2));
  }
  const auto said_all = Steady::now();
  while (!report.finished && since(said_all) < plan.wait_seconds) {
    wait(std::chrono::milliseconds(100));
    report.finished = is_quiet(server, plan, report);
  }
  report.seconds = since(begin);
  report.acknowledged = server.acknowledged();
  std::sort(report.acknowledged.begin(), report.acknowledged.end());
  report.transcripts = count_transcripts(server, plan);
  report.statuses = report.counts.updates - report.counts.said;
  return report;
}

void print(const LoadReport& report, std::ostream& out) {
  const auto ms = [&](double of) { return report.share(of) / 1e3; };
  out << report.said << " messages of citizens and " << report.statuses << " statuses in "
      << report.seconds << " s; webhooks answered after p50 " << ms(0.5) << " ms, p99 " << ms(0.99)
      << " ms, p99.9 " << ms(0.999) << " ms; " << report.counts.repeats << " repeated, "
      << report.counts.taken << " answers taken, " << report.counts.refused << " refused, "
      << report.unanswered << " citizens unanswered, " << report.transcripts
      << " different conversations\n";
  if (!report.finished) out << "not all was told within the time: wait for longer (--drain)\n";
}

}  // namespace alur::graph_sim
