#include "adapters/sqlite/staff_writer.hpp"

#include <algorithm>

namespace alur::adapters {

using ports::Account;
using ports::Fault;
using ports::StaffFault;
using ports::StaffResult;

StaffFault to_staff_fault(Fault fault) {
  switch (fault) {
    case Fault::unsynced:
      return StaffFault::unsynced;
    case Fault::unreadable:
    case Fault::refused:
      return StaffFault::unreadable;
    default:
      return StaffFault::unavailable;
  }
}

std::string join_queues(const std::vector<std::string>& queues) {
  std::string text;
  for (const std::string& queue : queues) text += queue + "\n";
  return text;
}

std::vector<std::string> split_queues(const std::string& text) {
  std::vector<std::string> queues;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos;
       at = end + 1) {
    queues.push_back(text.substr(at, end - at));
  }
  return queues;
}

template <class Bind>
StaffResult<int> StaffWriter::run(std::string_view sql, const Bind& bind) {
  auto statement = database_.prepare(sql);
  if (!statement) return to_staff_fault(statement.error());
  bind(*statement);
  if (const auto done = statement->run(); !done) return to_staff_fault(done.error());
  return database_.changes();
}

template <class Bind>
StaffResult<std::int64_t> StaffWriter::number(std::string_view sql, const Bind& bind) {
  auto statement = database_.prepare(sql);
  if (!statement) return to_staff_fault(statement.error());
  bind(*statement);
  const auto row = statement->step();
  if (!row) return to_staff_fault(row.error());
  return *row ? statement->integer_at(0) : 0;
}

StaffResult<std::int64_t> StaffWriter::administrators() {
  return number("SELECT count(*) FROM account WHERE role=? AND NOT disabled",
                [](Statement& to) { to.integer(static_cast<int>(ports::Role::administrator)); });
}

// --- accounts

StaffResult<void> StaffWriter::apply(const ports::AccountAdded& change) {
  const Account& account = change.account;
  const auto there = administrators();
  if (!there) return there.error();
  if (change.as_first && *there > 0) return StaffFault::there_are_some;
  const auto same = number("SELECT count(*) FROM account WHERE name=?",
                           [&](Statement& to) { to.text(account.name); });
  if (!same) return same.error();
  if (*same > 0) return StaffFault::taken;
  const auto all = number("SELECT count(*) FROM account", [](Statement&) {});
  if (!all) return all.error();
  if (static_cast<std::size_t>(*all) >= ports::accounts_max) return StaffFault::full;
  const std::string queues = join_queues(account.queues);
  const auto added = run(
      "INSERT INTO account VALUES((SELECT coalesce(max(agent), 0) + 1 FROM account), 1, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?, ?)",
      [&](Statement& to) {
        to.text(account.name).text(account.full_name).integer(static_cast<int>(account.role));
        to.text(queues).integer(account.units).integer(account.disabled).text(account.password);
        to.bytes(account.code_secret).bytes(account.code_offered).key(account.code_step);
        to.integer(account.made.milliseconds);
      });
  if (!added) return added.error();
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::AccountSet& change) {
  const Account& account = change.account;
  const auto revision = number("SELECT revision FROM account WHERE agent=?",
                               [&](Statement& to) { to.integer(account.agent); });
  if (!revision) return revision.error();
  if (*revision == 0) return StaffFault::gone;
  if (static_cast<std::uint64_t>(*revision) != account.revision) return StaffFault::changed;
  const auto before = administrators();
  if (!before) return before.error();
  const std::string queues = join_queues(account.queues);
  const auto set = run(
      "UPDATE account SET revision=revision+1, full_name=?, role=?, queues=?, units=?, disabled=?, "
      "password=?, code_secret=?, code_offered=?, code_step=? WHERE agent=?",
      [&](Statement& to) {
        to.text(account.full_name).integer(static_cast<int>(account.role)).text(queues);
        to.integer(account.units).integer(account.disabled).text(account.password);
        to.bytes(account.code_secret).bytes(account.code_offered).key(account.code_step);
        to.integer(account.agent);
      });
  if (!set) return set.error();
  const auto after = administrators();
  if (!after) return after.error();
  if (*before > 0 && *after == 0) return StaffFault::last;
  return {};
}

// --- sign-ins

StaffResult<void> StaffWriter::apply(const ports::SignedIn& change) {
  const ports::SignInRow& row = change.row;
  const auto swept = run("DELETE FROM sign_in WHERE until<=?",
                         [&](Statement& to) { to.integer(row.begun.milliseconds); });
  if (!swept) return swept.error();
  const auto added =
      run("INSERT OR REPLACE INTO sign_in VALUES(?, ?, ?, ?, ?)", [&](Statement& to) {
        to.bytes(row.hash).integer(row.agent).integer(row.begun.milliseconds);
        to.integer(row.seen.milliseconds).integer(row.until.milliseconds);
      });
  if (!added) return added.error();
  const auto ended =
      run("DELETE FROM sign_in WHERE agent=? AND hash!=? AND hash NOT IN (SELECT hash FROM sign_in "
          "WHERE agent=? AND hash!=? ORDER BY begun DESC, hash DESC LIMIT ?)",
          [&](Statement& to) {
            to.integer(row.agent).bytes(row.hash).integer(row.agent).bytes(row.hash);
            to.integer(static_cast<std::int64_t>(ports::sign_ins_max) - 1);
          });
  if (!ended) return ended.error();
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::SignInSeen& change) {
  const auto set = run("UPDATE sign_in SET seen=max(seen, ?) WHERE hash=?", [&](Statement& to) {
    to.integer(change.at.milliseconds).bytes(change.hash);
  });
  if (!set) return set.error();
  if (*set == 0) return StaffFault::gone;
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::SignedOut& change) {
  const auto ended =
      run("DELETE FROM sign_in WHERE hash=?", [&](Statement& to) { to.bytes(change.hash); });
  if (!ended) return ended.error();
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::SignedOutAll& change) {
  const auto ended = run("DELETE FROM sign_in WHERE agent=? AND hash!=?",
                         [&](Statement& to) { to.integer(change.agent).bytes(change.but); });
  if (!ended) return ended.error();
  return {};
}

// --- links

StaffResult<void> StaffWriter::apply(const ports::LinkMade& change) {
  const auto ended = run("DELETE FROM link WHERE agent=? OR until<=?", [&](Statement& to) {
    to.integer(change.row.agent).integer(change.now.milliseconds);
  });
  if (!ended) return ended.error();
  const auto made = run("INSERT INTO link VALUES(?, ?, ?)", [&](Statement& to) {
    to.bytes(change.row.hash).integer(change.row.agent).integer(change.row.until.milliseconds);
  });
  if (!made) return made.error();
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::LinkUsed& change) {
  const auto used = run("DELETE FROM link WHERE hash=? AND until>?", [&](Statement& to) {
    to.bytes(change.hash).integer(change.now.milliseconds);
  });
  if (!used) return used.error();
  if (*used == 0) return StaffFault::gone;
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::LinksEnded& change) {
  const auto ended =
      run("DELETE FROM link WHERE agent=?", [&](Statement& to) { to.integer(change.agent); });
  if (!ended) return ended.error();
  return {};
}

// --- replies

StaffResult<void> StaffWriter::apply(const ports::ReplySet& change) {
  const auto set = run("INSERT OR REPLACE INTO reply VALUES(?, ?)",
                       [&](Statement& to) { to.text(change.row.shortcut).bytes(change.row.body); });
  if (!set) return set.error();
  const auto all = number("SELECT count(*) FROM reply", [](Statement&) {});
  if (!all) return all.error();
  if (static_cast<std::size_t>(*all) > ports::replies_max) return StaffFault::full;
  return {};
}

StaffResult<void> StaffWriter::apply(const ports::ReplyRemoved& change) {
  const auto removed =
      run("DELETE FROM reply WHERE shortcut=?", [&](Statement& to) { to.text(change.shortcut); });
  if (!removed) return removed.error();
  if (*removed == 0) return StaffFault::gone;
  return {};
}

// --- the audit

StaffResult<void> StaffWriter::apply(const ports::Noted& change) {
  ports::AuditRow row = change.row;
  ports::Hash before;
  auto last = database_.prepare("SELECT count, hash FROM audit ORDER BY count DESC LIMIT 1");
  if (!last) return to_staff_fault(last.error());
  const auto there = last->step();
  if (!there) return to_staff_fault(there.error());
  row.count = *there ? last->key_at(0) + 1 : 1;
  if (*there) before = last->text_at(1);
  last->reset();
  seal_(before, row);
  const auto noted = run("INSERT INTO audit VALUES(?, ?, ?, ?, ?, ?, ?, ?)", [&](Statement& to) {
    to.key(row.count).integer(row.at.milliseconds).text(row.by).text(row.did).key(row.citizen);
    to.text(row.detail).bytes(row.hash).bytes(row.seal);
  });
  if (!noted) return noted.error();
  return {};
}

}  // namespace alur::adapters
