// What a child starts with besides descriptors: signals, session, limits, identity, working directory.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <sstream>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

constexpr uid_t kNobody = 65534;

std::string output_of(Session& session, SpawnSpec spec) {
  const ExitRecord& record = session.run(std::move(spec));
  CHECK(record.ending == Ending::kExit);
  return text(record.output.data);
}

SpawnSpec confined(SpawnSpec spec, Confinement confinement) {
  spec.confinement = std::make_unique<Confinement>(std::move(confinement));
  return spec;
}

SpawnSpec cat(const std::string& path) { return program({"/bin/cat", path}); }

// A line of /proc/self/limits: its name, then the soft and the hard bound.
std::string bounds(const std::string& limits, const std::string& name) {
  std::istringstream line(limits.substr(limits.find(name) + name.size()));
  std::string soft;
  std::string hard;
  line >> soft >> hard;
  return soft + ' ' + hard;
}

void need_root() {
  if (::geteuid() != 0) throw Skipped("needs root");
}

CASE("every signal has its default disposition and none is blocked, whatever we do with ours") {
  struct Changed {
    sighandler_t pipe = ::signal(SIGPIPE, SIG_IGN);
    sighandler_t hangup = ::signal(SIGHUP, SIG_IGN);
    sighandler_t real_time = ::signal(SIGRTMIN + 3, SIG_IGN);
    sighandler_t user = ::signal(SIGUSR1, [](int) {});
    sigset_t mask{};
    Changed() {
      sigset_t some;
      sigemptyset(&some);
      sigaddset(&some, SIGUSR2);
      sigaddset(&some, SIGTERM);
      ::pthread_sigmask(SIG_BLOCK, &some, &mask);
    }
    ~Changed() {
      ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
      ::signal(SIGPIPE, pipe);
      ::signal(SIGHUP, hangup);
      ::signal(SIGRTMIN + 3, real_time);
      ::signal(SIGUSR1, user);
    }
  } changed;
  Session session;
  std::string status = output_of(session, cat("/proc/self/status"));
  for (const char* set : {"SigBlk", "SigIgn", "SigCgt", "SigPnd", "ShdPnd"}) {
    CHECK_EQUAL(field(status, set), "0000000000000000");
  }
}

CASE("a child leads a session of its own, or only a group if that is asked for") {
  Session session;
  for (bool new_session : {true, false}) {
    SpawnSpec spec = cat("/proc/self/stat");
    spec.new_session = new_session;
    std::istringstream stat(output_of(session, std::move(spec)));
    std::string pid, name, state, parent, group, session_id;
    stat >> pid >> name >> state >> parent >> group >> session_id;
    CHECK_EQUAL(parent, std::to_string(::getpid()));
    CHECK_EQUAL(group, pid);
    CHECK_EQUAL(session_id, new_session ? pid : std::to_string(::getsid(0)));
  }
}

CASE("the soft limit of descriptors is a sane one, however high ours is") {
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  if (before.rlim_max < 3000) throw Skipped("needs a hard limit of 3000 descriptors");
  rlimit high{std::min<rlim_t>(before.rlim_max, 4096), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &high);
  Session session;
  std::string limits = output_of(session, cat("/proc/self/limits"));
  std::string given =
      output_of(session, confined(cat("/proc/self/limits"), {.rlimits = {{RLIMIT_NOFILE, 2000, 3000}}}));
  rlimit low{200, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &low);
  std::string lower = output_of(session, cat("/proc/self/limits"));
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK_EQUAL(bounds(limits, "Max open files"), "1024 " + std::to_string(before.rlim_max));
  CHECK_EQUAL(bounds(given, "Max open files"), "2000 3000");
  CHECK_EQUAL(bounds(lower, "Max open files"), "200 " + std::to_string(before.rlim_max));
}

CASE("limits are set as asked, and ours stay") {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  Session session;
  std::string limits = output_of(
      session,
      confined(cat("/proc/self/limits"),
               {.rlimits = {{RLIMIT_FSIZE, 1000, 2000}, {RLIMIT_CORE, 0, 0}, {RLIMIT_CPU, 60, RLIM_INFINITY}}}));
  CHECK_EQUAL(bounds(limits, "Max file size"), "1000 2000");
  CHECK_EQUAL(bounds(limits, "Max core file size"), "0 0");
  CHECK_EQUAL(bounds(limits, "Max cpu time"), "60 unlimited");
  rlimit after{};
  ::getrlimit(RLIMIT_FSIZE, &after);
  CHECK_EQUAL(after.rlim_cur, before.rlim_cur);
}

CASE("umask, niceness, out-of-memory score and no_new_privs are set as asked, and ours stay") {
  mode_t umask = ::umask(022);
  int own_niceness = ::getpriority(PRIO_PROCESS, 0);
  std::string own_score = read_file("/proc/self/oom_score_adj");
  Session session;
  Confinement asked{.umask = 0027, .nice = 7, .oom_score_adj = 555, .no_new_privs = true};
  std::string status = output_of(session, confined(cat("/proc/self/status"), asked));
  std::string score = output_of(session, confined(cat("/proc/self/oom_score_adj"), asked));
  std::string niceness = output_of(session, confined(program({"/usr/bin/nice"}), asked));
  std::string plain = output_of(session, cat("/proc/self/status"));
  CHECK_EQUAL(::umask(umask), 022U);
  CHECK_EQUAL(field(status, "Umask"), "0027");
  CHECK_EQUAL(field(status, "NoNewPrivs"), "1");
  CHECK_EQUAL(score, "555\n");
  CHECK_EQUAL(niceness, "7\n");
  CHECK_EQUAL(field(plain, "Umask"), "0022");
  CHECK_EQUAL(field(plain, "NoNewPrivs"), "0");
  CHECK_EQUAL(read_file("/proc/self/oom_score_adj"), own_score);
  CHECK_EQUAL(::getpriority(PRIO_PROCESS, 0), own_niceness);
}

CASE("user, group and supplementary groups are set as asked, and ours stay") {
  need_root();
  Session session;
  Confinement asked{.uid = kNobody, .gid = 1234, .groups = {{11, 12}}};
  std::string status = output_of(session, confined(cat("/proc/self/status"), asked));
  CHECK_EQUAL(field(status, "Uid"), "65534\t65534\t65534\t65534");
  CHECK_EQUAL(field(status, "Gid"), "1234\t1234\t1234\t1234");
  CHECK_EQUAL(field(status, "Groups"), "11 12");
  CHECK_EQUAL(field(status, "CapEff"), "0000000000000000");
  asked.groups.emplace();
  CHECK_EQUAL(field(output_of(session, confined(cat("/proc/self/status"), asked)), "Groups"), "");
  CHECK_EQUAL(::geteuid(), 0U);
}

CASE("the working directory is entered as the user that was asked for") {
  need_root();
  TemporaryDirectory directory;
  CHECK_EQUAL(::chmod(directory.path().c_str(), 0700), 0);
  Session session;
  SpawnSpec spec = program({"/bin/pwd"});
  spec.cwd = directory.path();
  CHECK_EQUAL(output_of(session, std::move(spec)), directory.path() + '\n');
  spec = confined(program({"/bin/pwd"}), {.uid = kNobody, .gid = kNobody});
  spec.cwd = directory.path();
  const ExitRecord& record = session.run(std::move(spec));
  CHECK(record.ending == Ending::kSpawnError);
  CHECK_EQUAL(std::string(record.step), "chdir");
  CHECK_EQUAL(record.error, EACCES);
}

CASE("a child asks to be killed when its supervisor dies, also after a change of user") {
  Session session;
  CHECK_EQUAL(WEXITSTATUS(session.run(fixture({"death-signal"})).status), SIGKILL);
  need_root();
  TemporaryDirectory directory;
  SpawnSpec spec = confined(fixture({"death-signal"}), {.uid = kNobody, .gid = kNobody});
  // Everybody may execute this copy; the way to the fixture itself may be closed to others.
  spec.file = directory.file("fixture", read_file(fixture_path()), 0755);
  CHECK_EQUAL(WEXITSTATUS(session.run(std::move(spec)).status), SIGKILL);
}

CASE("children do not outlive a host that is killed") {
  Session session;
  Tether tether;
  SpawnSpec spec = program({"/proc/self/exe", fixture_path(), "--host"});
  spec.argv = strings({"host", fixture_path(), "--host"});
  spec.file = read_link("/proc/self/exe");
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{tether.theirs(), 3}};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  tether.hand_over();
  CHECK(!tether.gone());
  session.supervisor().kill(id, SIGKILL);
  session.wait_exit(id);
  session.wait_until("the child of the host to end", [&] { return tether.gone(); });
}

}  // namespace
}  // namespace urocket::test
