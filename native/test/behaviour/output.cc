// Standard output and error: kept, handed on, merged, discarded, and held open by others.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

constexpr uint64_t kWindow = 65536;

SpawnSpec streamed(std::initializer_list<std::string> words, uint64_t window = kWindow) {
  SpawnSpec spec = fixture(words);
  spec.output = {OutputSpec::Kind::kStream, -1, window};
  return spec;
}

CASE("both outputs are captured apart from each other") {
  Session session;
  const ExitRecord& record = session.run(fixture({"both", "aAbBcC"}));
  CHECK_EQUAL(text(record.output.data), "abc");
  CHECK_EQUAL(text(record.error_output.data), "ABC");
  CHECK_EQUAL(record.output.bytes, 3U);
  CHECK_EQUAL(record.error_output.bytes, 3U);
}

CASE("merged output keeps its order") {
  Session session;
  SpawnSpec spec = fixture({"both", "aAbBcC"});
  spec.error.kind = OutputSpec::Kind::kMerge;
  const ExitRecord& record = session.run(std::move(spec));
  CHECK_EQUAL(text(record.output.data), "aAbBcC");
  CHECK_EQUAL(record.error_output.bytes, 0U);
}

CASE("output that nobody wants goes nowhere") {
  Session session;
  SpawnSpec spec = fixture({"both", "aAbBcC"});
  spec.output.kind = OutputSpec::Kind::kNull;
  spec.error.kind = OutputSpec::Kind::kMerge;
  const ExitRecord& record = session.run(std::move(spec));
  CHECK_EQUAL(record.status, 0);
  CHECK_EQUAL(record.output.bytes + record.error_output.bytes, 0U);
}

CASE("a flood is counted whole and kept up to the cap") {
  Session session;
  for (uint64_t cap : {0U, 1U, 1000U, 65536U, 300'000U}) {
    SpawnSpec spec = fixture({"flood", "3000000"});
    spec.output.cap = cap;
    const ExitRecord& record = session.run(std::move(spec));
    CHECK_EQUAL(record.status, 0);
    CHECK_EQUAL(record.output.bytes, 3'000'000U);
    CHECK_EQUAL(record.output.data.size(), cap);
    for (size_t i = 0; i < cap; i++) CHECK_EQUAL(record.output.data[i], static_cast<char>('a' + i % 65536 % 26));
  }
}

CASE("output goes to a descriptor of ours, which stays open") {
  TemporaryDirectory directory;
  Fd file(::open(directory.file("out", "").c_str(), O_WRONLY | O_CLOEXEC));
  Session session;
  for (int i = 0; i < 2; i++) {
    SpawnSpec spec = fixture({"both", "aA"});
    spec.output = {OutputSpec::Kind::kDescriptor, file.get(), 0};
    spec.error.kind = OutputSpec::Kind::kMerge;
    CHECK_EQUAL(session.run(std::move(spec)).output.bytes, 0U);
  }
  CHECK_EQUAL(read_file(directory.path() + "/out"), "aAaA");
}

CASE("streamed output arrives while its process runs") {
  Session session;
  Gate gate;
  SpawnSpec spec = streamed({"gate", "one", "two"});
  spec.descriptors = {{gate.theirs(), 4}};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "one");
  CHECK_EQUAL(session.story(id).exits, 0);
  gate.open();
  CHECK_EQUAL(session.wait_exit(id).output.bytes, 6U);
  CHECK_EQUAL(session.story(id).output, "onetwo");
}

CASE("that a process runs is told before what it writes") {
  Session session;
  std::vector<ProcessId> ids;
  for (int i = 0; i < 100; i++) {
    SpawnSpec spec = streamed({"both", "aA"});
    if (i % 2 == 0) set_apart(spec);
    ids.push_back(session.spawn(std::move(spec)));
  }
  for (ProcessId id : ids) {
    session.wait_exit(id);
    CHECK(session.story(id).kinds.at(0) == Event::Kind::kStarted);
  }
}

CASE("streamed output waits for its reader, however long the process has ended") {
  Session session;
  ProcessId id = session.spawn(streamed({"flood", "1000000"}));
  size_t consumed = 0;
  while (session.story(id).exits == 0) {
    session.wait_until("more output", [&] {
      return session.story(id).exits > 0 || session.story(id).output.size() >= consumed + kWindow;
    });
    // Nothing comes on its own now, and one read at most had gone beyond the window.
    session.round_trip();
    CHECK(session.story(id).output.size() <= consumed + 2 * kWindow);
    if (session.story(id).output.size() < 1'000'000) CHECK_EQUAL(session.story(id).exits, 0);
    size_t fresh = session.story(id).output.size() - consumed;
    session.consume(id, fresh);
    consumed += fresh;
    session.wait_until("the rest", [&] {
      return session.story(id).exits > 0 ||
             session.story(id).output.size() >= std::min<size_t>(consumed + kWindow, 1'000'000);
    });
  }
  const Story& story = session.story(id);
  CHECK_EQUAL(story.record->output.bytes, 1'000'000U);
  CHECK_EQUAL(story.output.size(), 1'000'000U);
  for (size_t i = 0; i < story.output.size(); i++)
    CHECK_EQUAL(story.output[i], static_cast<char>('a' + i % 65536 % 26));
}

CASE("output that an escaped grandchild holds open does not keep the record back") {
  Session session;
  for (const char* what : {"stubborn", "chatty"}) {
    Tether tether;
    SpawnSpec spec = fixture({"leave", what, "escaped"});
    spec.descriptors = {{tether.theirs(), 3}};
    spec.drain = 20 * kMillisecond;
    const ExitRecord& record = session.run(std::move(spec));
    tether.hand_over();
    CHECK(record.ending == Ending::kExit);
    // One that goes on writing loses its reader, and ends by that.
    if (*what == 's') {
      CHECK(!tether.gone());
      ::kill(static_cast<pid_t>(std::stol(text(record.output.data))), SIGKILL);
    }
    session.wait_until("the grandchild to end", [&] { return tether.gone(); });
  }
}

CASE("a kill does not wait for those who hold the output of an ended process open") {
  Session session;
  Tether tether;
  SpawnSpec spec = fixture({"leave", "stubborn", "escaped"});
  spec.descriptors = {{tether.theirs(), 3}};
  spec.drain = 3600 * kSecond;
  ProcessId id = session.spawn(std::move(spec));
  session.wait_leader_gone(id);
  tether.hand_over();
  session.supervisor().kill(id, 0);
  const ExitRecord& record = session.wait_exit(id);
  CHECK(record.ending == Ending::kExit);
  CHECK(!tether.gone());
  ::kill(static_cast<pid_t>(std::stol(text(record.output.data))), SIGKILL);
  session.wait_until("the grandchild to end", [&] { return tether.gone(); });
}

// Whoever escaped from the group of this process writes once its leader has ended.
const Story& run_with_late_output(Session& session, SpawnSpec spec) {
  Gate gate;
  spec.descriptors = {{gate.theirs(), 4}};
  spec.drain = 60 * kSecond;
  ProcessId id = session.spawn(std::move(spec));
  session.wait_leader_gone(id);
  CHECK_EQUAL(session.story(id).exits, 0);
  gate.open();
  session.wait_exit(id);
  return session.story(id);
}

CASE("what is written to held output within the time for draining is part of the record") {
  Session session;
  const Story& story = run_with_late_output(session, fixture({"leave", "late", "escaped"}));
  CHECK(text(story.record->output.data).ends_with("\nlate"));
}

CASE("outputs that epoll does not take are looked at, also when they are held open after the leader's end") {
  FullEpoll full;
  Session session;
  for (OutputSpec::Kind kind : {OutputSpec::Kind::kCapture, OutputSpec::Kind::kStream}) {
    SpawnSpec spec = fixture({"leave", "late", "escaped"});
    spec.output.kind = kind;
    spec.error.kind = OutputSpec::Kind::kMerge;
    const Story& story = run_with_late_output(session, std::move(spec));
    CHECK((text(story.record->output.data) + story.output).ends_with("\nlate"));
  }
}

CASE("who holds an unread stream open after the leader's end can't fill our memory through it") {
  Session session;
  SpawnSpec spec = program({"/bin/sh", "-c", "setsid yes & exit 0"});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.drain = 100 * kMillisecond;
  ProcessId id = session.spawn(std::move(spec));
  CHECK(session.wait_exit(id).ending == Ending::kExit);
  // What was let through before, what the pipe held, and one read more.
  CHECK(session.story(id).output.size() <= 4 * 65536);
}

}  // namespace
}  // namespace urocket::test
