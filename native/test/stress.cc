// Thousands of processes of all kinds, killed, timed out and abandoned at random moments, under supervisors that end at
// random moments: `stress FIXTURE [SPAWNS [SEED]]`. Whatever happens, each spawn gets one exit record, and at the end
// no child, descriptor or thread is left.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "leftovers.h"
#include "session.h"
#include "surroundings.h"

namespace urocket::test {
namespace {

using Random = std::mt19937;

unsigned below(Random& random, size_t bound) { return static_cast<unsigned>(random() % bound); }

Nanos some_milliseconds(Random& random, unsigned most) {
  return Nanos{below(random, most * 1000)} * kMillisecond / 1000;
}

// One sort of process, and whether a record fits it when nobody interfered.
struct Sort {
  SpawnSpec (*make)(Random&);
  bool (*fits)(const ExitRecord&);
};

bool exited_well(const ExitRecord& record) { return record.ending == Ending::kExit && record.status == 0; }

const Sort kSorts[] = {
    {[](Random&) { return program({"/bin/true"}); }, exited_well},
    {[](Random&) { return fixture({"exit", "77"}); },
     [](const ExitRecord& record) { return record.ending == Ending::kExit && WEXITSTATUS(record.status) == 77; }},
    {[](Random&) { return fixture({"raise", "9"}); },
     [](const ExitRecord& record) { return record.ending == Ending::kSignal && WTERMSIG(record.status) == SIGKILL; }},
    {[](Random&) { return program({"/nowhere/program"}); },
     [](const ExitRecord& record) { return record.ending == Ending::kSpawnError && record.error == ENOENT; }},
    {[](Random&) {
       SpawnSpec spec = program({"/bin/true"});
       spec.cwd = "/nowhere";
       return spec;
     },
     [](const ExitRecord& record) { return std::string_view(record.step) == "chdir"; }},
    {[](Random& random) {
       SpawnSpec spec = fixture({"wait", below(random, 2) == 0 ? "-1" : "0"});
       spec.timeout = 1 + some_milliseconds(random, 8);
       spec.grace = some_milliseconds(random, 4);
       return spec;
     },
     [](const ExitRecord& record) { return record.ending == Ending::kTimeout; }},
    {[](Random& random) {
       SpawnSpec spec = fixture({"flood", "200000"});
       spec.output.cap = below(random, 300'000);
       return spec;
     },
     [](const ExitRecord& record) { return exited_well(record) && record.output.bytes == 200'000; }},
    {[](Random& random) {
       SpawnSpec spec = fixture({"flood", "150000"});
       spec.output = {OutputSpec::Kind::kStream, -1, 1 + below(random, 100'000)};
       return spec;
     },
     exited_well},
    {[](Random& random) {
       SpawnSpec spec = fixture({"count"});
       spec.input.kind = InputSpec::Kind::kBytes;
       spec.input.bytes.resize(below(random, 150'000));
       return spec;
     },
     exited_well},
    {[](Random& random) {
       SpawnSpec spec = fixture({below(random, 2) == 0 ? "count" : "exit", "0"});
       spec.input.kind = InputSpec::Kind::kStream;
       return spec;
     },
     exited_well},
    {[](Random& random) {
       SpawnSpec spec = fixture({"leave", below(random, 2) == 0 ? "stubborn" : "polite"});
       spec.linger = below(random, 2) == 0 ? 0 : some_milliseconds(random, 10);
       spec.grace = some_milliseconds(random, 4);
       spec.drain = some_milliseconds(random, 10);
       return spec;
     },
     exited_well},
    {[](Random& random) {
       SpawnSpec spec = fixture({"leave", below(random, 2) == 0 ? "brief" : "chatty", "escaped"});
       spec.drain = some_milliseconds(random, 10);
       return spec;
     },
     exited_well},
    {[](Random& random) {
       SpawnSpec spec = fixture({"orphan", "brief"});
       spec.timeout = 1 + some_milliseconds(random, 10);
       return spec;
     },
     [](const ExitRecord& record) { return record.ending == Ending::kTimeout; }},
};

// A supervisor with the processes that were started under it.
class Crowd {
 public:
  explicit Crowd(Random& random) : random_(random), session_({.features = {}, .subreaper = below(random, 2) == 0}) {}

  void spawn() {
    const Sort& sort = kSorts[below(random_, std::size(kSorts))];
    SpawnSpec spec = sort.make(random_);
    if (below(random_, 4) == 0) set_apart(spec);
    ProcessId id = session_.spawn(std::move(spec));
    members_.push_back({id, &sort});
    if (below(random_, 2) == 0) session_.write(id, std::string(below(random_, 100'000), 'x'));
    session_.end_input(id);
    if (below(random_, 4) == 0) meddle();
    if (below(random_, 8) == 0) session_.take();
    consume();
  }

  void wait_for_all() {
    for (const Member& member : members_) {
      session_.wait_until("an exit event", [&] {
        consume();
        return session_.story(member.id).exits > 0;
      });
    }
    for (const Member& member : members_) {
      if (!member.meddled) CHECK(member.sort->fits(*session_.story(member.id).record));
    }
  }

  void stop() {
    session_.stop();
    for (const Member& member : members_) CHECK_EQUAL(session_.story(member.id).exits, 1);
  }

 private:
  struct Member {
    ProcessId id;
    const Sort* sort;
    bool meddled = false;
    size_t consumed = 0;
  };

  // A kill or a signal to a process that may be anywhere in its life, or over.
  void meddle() {
    Member& member = members_[below(random_, members_.size())];
    member.meddled = true;
    static constexpr int kSignals[] = {0, SIGTERM, SIGKILL, SIGINT, SIGSTOP};
    int signal = kSignals[below(random_, std::size(kSignals))];
    if (signal == SIGSTOP || below(random_, 4) == 0) {
      session_.signal(member.id, signal == 0 ? SIGTERM : signal);
      // One that was stopped would never end by itself.
      session_.supervisor().kill(member.id, SIGTERM);
    } else {
      session_.supervisor().kill(member.id, signal);
    }
  }

  void consume() {
    for (Member& member : members_) {
      size_t got = session_.story(member.id).output.size();
      if (got > member.consumed) session_.consume(member.id, got - member.consumed);
      member.consumed = got;
    }
  }

  Random& random_;
  Session session_;
  std::vector<Member> members_;
};

// Two supervisors side by side, each ended in one of three ways.
size_t run_round(Random& random) {
  // Half of the kernels lack nothing, the others any of what they may lack.
  size_t spawned = 0;
  auto has = [&random, all = below(random, 2) == 0] { return all || below(random, 2) == 0; };
  Features& kernel = features();
  kernel = {has(), has(), has(), has(), has()};
  kernel.group_signal = kernel.group_signal && kernel.pidfd;
  Crowd left(random);
  Crowd right(random);
  for (Crowd* crowd : {&left, &right, &left}) {
    for (size_t i = below(random, 40); i > 0; i--) {
      crowd->spawn();
      spawned++;
    }
  }
  for (Crowd* crowd : {&left, &right}) {
    unsigned way = below(random, 4);
    if (way == 0) continue;  // its destructor ends it
    if (way == 1) crowd->wait_for_all();
    crowd->stop();
  }
  return spawned;
}

int run(size_t spawns, unsigned seed) {
  Random random(seed);
  size_t spawned = 0;
  size_t rounds = 0;
  try {
    while (spawned < spawns) {
      Before before;
      leaders().clear();
      spawned += run_round(random);
      rounds++;
      std::string left = what_is_left(before);
      if (!left.empty()) throw std::runtime_error(left);
    }
  } catch (const std::exception& error) {
    std::printf("FAILED in round %zu with seed %u: %s\n", rounds, seed, error.what());
    return 1;
  }
  std::printf("%zu spawns under %zu supervisors, seed %u\n", spawned, 2 * rounds, seed);
  return 0;
}

}  // namespace
}  // namespace urocket::test

int main(int count, char** words) {
  using namespace urocket::test;
  if (count < 2) {
    std::fprintf(stderr, "usage: stress FIXTURE [SPAWNS [SEED]]\n");
    return 2;
  }
  fixture_path() = words[1];
  start_from_here();
  return run(count > 2 ? std::strtoul(words[2], nullptr, 10) : 4000,
             count > 3 ? static_cast<unsigned>(std::strtoul(words[3], nullptr, 10)) : std::random_device()());
}
