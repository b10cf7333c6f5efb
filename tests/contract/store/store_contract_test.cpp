// What every store promises, asked of the twin in memory and of SQLite: what a commit leaves, that
// it is all or nothing whatever fails, and that what it said is done stays.
#include <unistd.h>

#include <filesystem>

#include "tests/contract/store/store_contract.hpp"

namespace alur::tests {
namespace {

TEST_P(StoreContract, NothingIsThereAtFirst) {
  EXPECT_FALSE(*reader_->session(store_->key_of("http:1")));
  EXPECT_FALSE(*reader_->was_spilled(1, 2));
  EXPECT_FALSE(*reader_->message(1));
  EXPECT_EQ(*reader_->current_version(), 0u);
  EXPECT_TRUE(reader_->versions()->empty());
  EXPECT_TRUE(journal().empty());
}

TEST_P(StoreContract, ATurnIsReadBackAsItWas) {
  TurnChange turn = a_turn(*store_, "http:1", 1);
  commit({turn});
  SessionRow expected = turn.session;
  expected.journal_last = 1;
  EXPECT_EQ(session("http:1"), expected);
  EXPECT_EQ(message(turn.outbox[0].id), turn.outbox[0]);
  ASSERT_EQ(journal().size(), 1u);
  EXPECT_EQ(journal()[0].body, "heard");
  EXPECT_EQ(journal()[0].steps, "entered");
  reopen();
  EXPECT_EQ(session("http:1"), expected);
}

TEST_P(StoreContract, AJournalIsAListForEachCitizenAndHasNoGap) {
  commit({a_turn(*store_, "http:1", 1), a_turn(*store_, "http:2", 1)});
  TurnChange second = a_turn(*store_, "http:1", 2);
  second.session.journal_last = session("http:1").journal_last;
  second.journal.push_back({0, 0, second.session.citizen, 3, 1, {5}, "answered", "left"});
  commit({second});
  const auto rows = journal();
  ASSERT_EQ(rows.size(), 4u);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].sequence, i + 1);
  EXPECT_EQ(rows[2].previous, 1u);
  EXPECT_EQ(rows[3].previous, 3u);
  EXPECT_EQ(session("http:1").journal_last, 4u);
}

TEST_P(StoreContract, AJournalIsReadBackwardsInPieces) {
  commit({a_turn(*store_, "http:1", 1), a_turn(*store_, "http:2", 1)});
  for (std::uint32_t turn = 2; turn <= 4; ++turn) {
    TurnChange more = a_turn(*store_, "http:1", turn);
    more.session.journal_last = session("http:1").journal_last;
    commit({more});
  }
  const auto turns = [&](const std::string& who, std::uint64_t before, std::size_t rows_max) {
    std::vector<std::uint32_t> read;
    EXPECT_TRUE(reader_->each_journal_of(store_->key_of(who), before, rows_max,
                                         [&](const auto& row) { read.push_back(row.turn); }));
    return read;
  };
  using Turns = std::vector<std::uint32_t>;
  EXPECT_EQ(turns("http:1", 0, 9), (Turns{4, 3, 2, 1}));
  EXPECT_EQ(turns("http:1", 0, 2), (Turns{4, 3}));
  EXPECT_EQ(turns("http:1", 4, 2), (Turns{2, 1}));  // the row with turn 3
  EXPECT_EQ(turns("http:2", 0, 9), (Turns{1}));
  EXPECT_EQ(turns("http:2", 4, 9), Turns{});  // somebody else's
  EXPECT_EQ(turns("http:1", 99, 9), Turns{});
  EXPECT_EQ(turns("http:3", 0, 9), Turns{});
}

TEST_P(StoreContract, DeskRowsTakeOneAnothersPlaceAndGo) {
  using Rows = std::vector<ports::DeskRow>;
  const auto rows = [&] {
    Rows read;
    EXPECT_TRUE(reader_->each_desk_row([&](const auto& row) { read.push_back(row); }));
    return read;
  };
  EXPECT_EQ(rows(), Rows{});
  commit({a_turn(*store_, "http:1", 1), ports::DeskChange{{{0, 7, "counts"}, {2, 7, "one"}}}});
  EXPECT_EQ(rows(), (Rows{{0, 7, "counts"}, {2, 7, "one"}}));
  commit({ports::DeskChange{{{2, 7, "two"}}}});
  reopen();
  EXPECT_EQ(rows(), (Rows{{0, 7, "counts"}, {2, 7, "two"}}));
  commit({ports::DeskChange{{{2, 7, ""}, {3, 7, ""}}}});
  EXPECT_EQ(rows(), (Rows{{0, 7, "counts"}}));
}

TEST_P(StoreContract, ASessionThatIsDueNoMoreIsNotActive) {
  TurnChange turn = a_turn(*store_, "http:1", 1);
  commit({turn, a_turn(*store_, "http:2", 1)});
  turn.session.due.reset();
  turn.journal.clear();
  turn.outbox.clear();
  commit({turn});
  std::vector<ports::CitizenKey> active;
  EXPECT_TRUE(reader_->each_active([&](const auto& due) { active.push_back(due.citizen); }));
  EXPECT_EQ(active, std::vector{store_->key_of("http:2")});
}

TEST_P(StoreContract, SpilledIdsAreFoundAgain) {
  TurnChange turn = a_turn(*store_, "http:1", 1);
  turn.spilled = {{11, 100}, {12, 101}};
  commit({turn});
  EXPECT_TRUE(*reader_->was_spilled(turn.session.citizen, 11));
  EXPECT_FALSE(*reader_->was_spilled(turn.session.citizen, 13));
  EXPECT_FALSE(*reader_->was_spilled(turn.session.citizen + 1, 11));
}

TEST_P(StoreContract, AMessageThatIsForgottenIsGone) {
  const TurnChange turn = a_turn(*store_, "http:1", 1);
  const std::uint64_t id = turn.outbox[0].id;
  commit({turn});
  EXPECT_EQ(unsent(), std::vector{id});
  commit({SendChange{id, Delivery::accepted, true, ""}});
  EXPECT_TRUE(unsent().empty());
  EXPECT_FALSE(*reader_->message(id));
  commit({SendChange{id, Delivery::read, false, ""}});
  EXPECT_FALSE(*reader_->message(id));
}

// What is known of a message only grows, whatever order the news come in.
TEST_P(StoreContract, NewsOfAMessageNeverGoBack) {
  const std::vector<Delivery> news = {Delivery::unknown, Delivery::accepted, Delivery::failed,
                                      Delivery::delivered, Delivery::read};
  std::uint32_t turn = 0;
  for (const Delivery first : news) {
    for (const Delivery second : news) {
      for (const Delivery third : news) {
        const TurnChange change = a_turn(*store_, "http:1", ++turn);
        const std::uint64_t id = change.outbox[0].id;
        commit({change, SendChange{id, first, false, "first"}});
        commit({SendChange{id, second, false, "second"}, SendChange{id, third, false, "third"}});
        const Delivery expected = later_of(later_of(first, second), third);
        EXPECT_EQ(message(id).state, expected)
            << to_text(first) << " " << to_text(second) << " " << to_text(third);
      }
    }
  }
}

// From it follows how fast more may leave, after a start too. Receipts come later, and say nothing
// of it; but for a message whose sending nobody answered.
TEST_P(StoreContract, AMessageThatHasLeftSaysWhen) {
  for (const Delivery first : {Delivery::accepted, Delivery::delivered}) {
    const TurnChange turn = a_turn(*store_, "http:1", 1);
    const std::uint64_t id = turn.outbox[0].id;
    commit({turn});
    EXPECT_EQ(message(id).at.milliseconds, 1'000);
    commit({SendChange{id, Delivery::unknown, false, "", {4'000}}});
    EXPECT_EQ(message(id).at.milliseconds, 1'000);
    commit({SendChange{id, first, false, "", {5'000}}});
    EXPECT_EQ(message(id).at.milliseconds, 5'000);
    commit({SendChange{id, Delivery::read, false, "", {9'000}}});
    EXPECT_EQ(message(id).at.milliseconds, 5'000);
  }
}

TEST_P(StoreContract, ADeadLetterKeepsItsWords) {
  const TurnChange turn = a_turn(*store_, "http:1", 1);
  const std::uint64_t id = turn.outbox[0].id;
  commit({turn, SendChange{id, Delivery::failed, false, "no such number"}});
  EXPECT_TRUE(unsent().empty());
  const auto letters = reader_->dead_letters(10);
  ASSERT_TRUE(letters && letters->size() == 1);
  EXPECT_EQ((*letters)[0].reason, "no such number");
  EXPECT_EQ((*letters)[0].body, "hello");
  EXPECT_EQ((*letters)[0].address, "http:1");
  commit({SendChange{id, Delivery::delivered, false, ""}});
  EXPECT_TRUE(reader_->dead_letters(10)->empty());
  EXPECT_EQ(message(id).state, Delivery::delivered);
}

TEST_P(StoreContract, ACallIsKeptUntilItIsCleared) {
  TurnChange turn = a_turn(*store_, "http:1", 1);
  turn.call = TurnChange::Call::set;
  turn.call_body = "call";
  commit({turn});
  std::vector<ports::CallRow> calls;
  const auto read = [&] {
    calls.clear();
    EXPECT_TRUE(reader_->each_call([&](const auto& row) { calls.push_back(row); }));
  };
  read();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].body, "call");
  TurnChange next = a_turn(*store_, "http:1", 2);
  commit({next});
  read();
  EXPECT_EQ(calls.size(), 1u);
  next = a_turn(*store_, "http:1", 3);
  next.call = TurnChange::Call::cleared;
  commit({next});
  read();
  EXPECT_TRUE(calls.empty());
}

TEST_P(StoreContract, VersionsComeAndGo) {
  commit({ports::PublishChange{{1, "aa", {5}, "sources"}}});
  commit({ports::PublishChange{{2, "bb", {6}, "newer"}}});
  EXPECT_EQ(*reader_->current_version(), 2u);
  commit({ports::CurrentChange{1}});
  EXPECT_EQ(*reader_->current_version(), 1u);
  ASSERT_EQ(reader_->versions()->size(), 2u);
  EXPECT_EQ((*reader_->versions())[1].sources, "newer");
  commit({ports::DropVersionChange{2}});
  EXPECT_EQ(reader_->versions()->size(), 1u);
}

TEST_P(StoreContract, TicketsAreFoundByWhatIsKnownOfThem) {
  using ports::TicketBy;
  EXPECT_EQ(*reader_->last_ticket(), 0u);
  EXPECT_FALSE(*reader_->find_ticket(TicketBy::call, "c1"));
  const ports::TicketRow first{1, "T-1", "t 1", "c1", 20'000, 20'014, std::string("\0body", 5)};
  const ports::TicketRow second{2, "T-2", "t 2", "c2", 20'001, 20'015, "other"};
  ports::TicketRow alike = second;
  alike.count = 3;
  alike.name = "t 3";
  alike.call = "c3";
  commit({ports::TicketChange{first}, ports::TicketChange{second}, ports::TicketChange{alike}});
  reopen();
  EXPECT_EQ(*reader_->last_ticket(), 3u);
  EXPECT_EQ(*reader_->find_ticket(TicketBy::call, "c1"), first);
  EXPECT_EQ(*reader_->find_ticket(TicketBy::name, "t 2"), second);
  EXPECT_EQ(*reader_->find_ticket(TicketBy::body, first.body), first);
  EXPECT_EQ(*reader_->find_ticket(TicketBy::body, "other"), second);
  EXPECT_FALSE(*reader_->find_ticket(TicketBy::body, ""));
  EXPECT_FALSE(*reader_->find_ticket(TicketBy::name, "t 9"));
}

TEST_P(StoreContract, TicketsComeToStagesAndKeepTheirNotes) {
  const ports::TicketRow first{1, "T-1", "t 1", "c1", 20'000, 20'014, "one"};
  const ports::TicketRow second{2, "T-2", "t 2", "c2", 20'001, 20'015, "two"};
  commit({ports::TicketChange{first}, ports::TicketChange{second}});
  const auto found = *reader_->find_ticket(ports::TicketBy::name, "t 1");
  EXPECT_EQ(found->stage, "received");
  const ports::TicketNote asked{1, {1'000}, 20'003, "needs_papers", "ayu", "which account?"};
  const ports::TicketNote done{1, {2'000}, 20'009, "closed", "budi", ""};
  commit({ports::TicketStageChange{asked}});
  // A ticket that is not there takes no note.
  commit({ports::TicketStageChange{done}, ports::TicketStageChange{{7, {}, 1, "closed", "x", ""}}});
  reopen();
  std::vector<ports::TicketRow> all;
  const auto take = [&](const ports::TicketRow& row) { all.push_back(row); };
  ASSERT_TRUE(reader_->each_ticket(1, 10, take));
  ports::TicketRow closed = first;
  closed.stage = "closed";
  closed.stage_day = 20'009;
  EXPECT_EQ(all, (std::vector<ports::TicketRow>{closed, second}));
  all.clear();
  ASSERT_TRUE(reader_->each_ticket(1, 1, take));
  ASSERT_TRUE(reader_->each_ticket(2, 10, take));
  EXPECT_EQ(all, (std::vector<ports::TicketRow>{closed, second}));
  EXPECT_EQ(*reader_->ticket_notes(1), (std::vector<ports::TicketNote>{asked, done}));
  EXPECT_TRUE(reader_->ticket_notes(2)->empty());
  EXPECT_TRUE(reader_->ticket_notes(7)->empty());
}

TEST_P(StoreContract, EveryOpeningHasItsOwnNumberAndTheSameKeys) {
  const std::uint32_t epoch = store_->epoch();
  const ports::CitizenKey key = store_->key_of("http:1");
  reopen();
  EXPECT_EQ(store_->epoch(), epoch + 1);
  EXPECT_EQ(store_->key_of("http:1"), key);
  EXPECT_NE(store_->key_of("http:2"), key);
}

TEST_P(StoreContract, SessionsAreReadInPieces) {
  for (int i = 0; i < 20; ++i) commit({a_turn(*store_, "http:" + std::to_string(i), 1)});
  std::vector<std::string> addresses;
  std::optional<ports::CitizenKey> after;
  for (std::size_t before = 1; before != addresses.size();) {
    before = addresses.size();
    EXPECT_TRUE(reader_->each_session(after, 6, [&](const SessionRow& row) {
      addresses.push_back(row.address);
      after = row.citizen;
    }));
  }
  std::sort(addresses.begin(), addresses.end());
  EXPECT_EQ(addresses.size(), 20u);
  EXPECT_EQ(std::unique(addresses.begin(), addresses.end()), addresses.end());
}

TEST_P(StoreContract, WhatIsTooOldIsSweptAndNothingElse) {
  constexpr std::int64_t day = 86'400;
  std::vector<std::uint64_t> ids;
  for (std::uint32_t i = 1; i <= 10; ++i) {
    TurnChange turn = a_turn(*store_, "http:" + std::to_string(i), i);
    ids.push_back(turn.outbox[0].id);
    const std::int64_t at = i <= 5 ? 0 : 400 * day;
    turn.journal[0].at = turn.outbox[0].at = {at * 1'000};
    turn.spilled = {{i, at}};
    const Delivery state = i % 2 ? Delivery::failed : Delivery::read;
    commit({turn, SendChange{turn.outbox[0].id, state, false, "", {at * 1'000}}});
  }
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(store_->sweep({401 * day * 1'000}, ports::Retention(), 2));
  }
  EXPECT_EQ(journal().size(), 5u);
  for (std::uint32_t i = 1; i <= 10; ++i) {
    const ports::CitizenKey citizen = store_->key_of("http:" + std::to_string(i));
    EXPECT_EQ(*reader_->was_spilled(citizen, i), i > 5) << i;
    EXPECT_EQ(reader_->message(ids[i - 1])->has_value(), i > 5) << i;
  }
}

// What was said goes after 90 days, and what is remembered of a citizen who stays away; that there
// were turns, and the citizen's row, after a year. Whoever has a conversation keeps everything.
TEST_P(StoreContract, WordsGoFirstAndThenWhoSaidThem) {
  constexpr std::int64_t day = 86'400'000;
  const auto a_day = [&](const std::string& address, std::int64_t at, bool ends) {
    TurnChange turn = a_turn(*store_, address, 1);
    turn.journal[0].at = {at * day};
    turn.outbox.clear();
    if (ends) turn.session.due.reset();
    commit({turn});
  };
  a_day("http:gone", 0, true);
  a_day("http:away", 200, true);
  a_day("http:here", 200, false);
  a_day("http:new", 399, true);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(store_->sweep({400 * day}, ports::Retention(), 2));
  const auto rows = journal();
  ASSERT_EQ(rows.size(), 3u);
  for (const ports::JournalRow& row : rows) {
    EXPECT_EQ(row.steps, "entered");
    EXPECT_EQ(row.body, row.sequence == 4 ? "heard" : "");
  }
  EXPECT_FALSE(*reader_->session(store_->key_of("http:gone")));
  const SessionRow away = session("http:away");
  EXPECT_EQ(away.body + away.seen + away.timers, "");
  EXPECT_EQ(away.turns, 1u);
  EXPECT_EQ(session("http:here").body, "body of turn 1");
  EXPECT_EQ(session("http:new").body, "body of turn 1");
  reopen();
  ASSERT_FALSE(*store_->sweep({400 * day}, ports::Retention(), 100));
  EXPECT_EQ(journal().size(), 3u);
}

// Whatever operation fails, a commit is all or nothing, and a store that says "not done" is as it
// was; afterwards it works again.
TEST_P(StoreContract, AGroupIsAllOrNothingWhateverFails) {
  commit({a_turn(*store_, "http:1", 1), a_turn(*store_, "http:2", 1)});
  std::uint32_t turn = 1;
  int failures = 0;
  bool clean = false;
  for (std::uint64_t n = 1; !clean; ++n) {
    ++turn;
    TurnChange one = a_turn(*store_, "http:1", turn);
    TurnChange two = a_turn(*store_, "http:2", turn);
    one.session.journal_last = session("http:1").journal_last;
    two.session.journal_last = session("http:2").journal_last;
    one.session.body.append(5'000, 'x');  // more than a page
    const ports::DeskChange desk{{{1, 1, std::to_string(turn)}}};
    const std::vector<Change> group = {one, two, desk};
    const std::uint64_t before = bench_->operations();
    bench_->fail_at(n);
    const auto done = store_->commit(group);
    bench_->fail_at(0);
    clean = bench_->operations() - before < n;
    if (!done && done.error() == Fault::unsynced) reopen();
    const bool first = session("http:1").turns == turn;
    const bool second = session("http:2").turns == turn;
    std::string stored;
    ASSERT_TRUE(reader_->each_desk_row([&](const auto& row) { stored = row.bytes; }));
    EXPECT_EQ(first, second) << "operation " << n;
    EXPECT_EQ(first, stored == std::to_string(turn)) << "operation " << n;
    if (done) {
      EXPECT_TRUE(first) << "operation " << n;
    } else {
      ++failures;
      EXPECT_TRUE(!first || done.error() == Fault::unsynced) << "operation " << n;
    }
    const auto rows = journal();
    for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(rows[i].sequence, i + 1);
  }
  EXPECT_GT(failures, 3);
  EXPECT_TRUE(store_->probe());
}

// A store that cannot be opened says so, and can be opened later.
TEST_P(StoreContract, OpeningFailsCleanlyWhateverFails) {
  commit({a_turn(*store_, "http:1", 1)});
  bool clean = false;
  for (std::uint64_t n = 1; !clean; ++n) {
    reader_.reset();
    store_.reset();
    const std::uint64_t before = bench_->operations();
    bench_->fail_at(n);
    auto opened = bench_->open();
    if (opened) {
      auto reader = (*opened)->reader();
      if (reader) static_cast<void>((*reader)->session((*opened)->key_of("http:1")));
    }
    bench_->fail_at(0);
    clean = bench_->operations() - before < n;
    if (opened) opened->reset();
    reopen();
    ASSERT_EQ(session("http:1").turns, 1u) << "operation " << n;
  }
}

// On the real disk, with a thread that writes the log back; nothing fails.
TEST(SqliteStore, ALogThatIsWrittenBackApartStaysShortAndTheStoreSound) {
  const std::string folder = testing::TempDir() + "/alur_checkpoint_" + std::to_string(getpid());
  std::filesystem::create_directory(folder);
  adapters::SqliteSettings settings;
  settings.path = folder + "/store";
  settings.checkpoint_pages = 50;
  settings.checkpoint_apart = true;
  {
    auto opened = adapters::SqliteStore::open(settings);
    ASSERT_TRUE(opened);
    for (std::uint32_t turn = 1; turn <= 2'000; ++turn) {
      const std::vector<Change> group = {
          a_turn(**opened, "http:" + std::to_string(turn % 100), turn)};
      ASSERT_TRUE((*opened)->commit(group));
    }
    // Without it the log of 2,000 commits takes more than 24 MiB.
    EXPECT_LT(std::filesystem::file_size(settings.path + "-wal"), 8u << 20);
  }
  auto again = adapters::SqliteStore::open(settings);
  ASSERT_TRUE(again);
  auto reader = (*again)->reader();
  const auto row = (*reader)->session((*again)->key_of("http:0"));
  ASSERT_TRUE(row && *row);
  EXPECT_EQ((*row)->turns, 2'000u);
  std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         testing::Values("memory", "sqlite_broken", "sqlite_full"),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace alur::tests
