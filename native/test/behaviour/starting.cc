// Starts that fail, by the step and the errno that they fail with, and what is found where.
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

void check_failure(Session& session, SpawnSpec spec, const std::string& step, int error) {
  ProcessId id = session.spawn(std::move(spec));
  const ExitRecord& record = session.wait_exit(id);
  CHECK(record.ending == Ending::kSpawnError);
  CHECK_EQUAL(std::string(record.step), step);
  CHECK_EQUAL(record.error, error);
  CHECK_EQUAL(record.pid, 0);
  CHECK(record.started_at > 0 && record.ended_at >= record.started_at);
  CHECK_EQUAL(session.story(id).count(Event::Kind::kStarted), 0);
}

CASE("a program that can't be executed is a record that says why") {
  TemporaryDirectory directory;
  std::string in = directory.path() + '/';
  directory.file("plain", "#!/bin/sh\n", 0644);
  directory.file("garbage", "\1\2\3\4 no program", 0755);
  directory.file("empty", "", 0755);
  directory.file("orphaned-script", "#!/nowhere/interpreter\n", 0755);
  CHECK_EQUAL(::symlink("loop", (in + "loop").c_str()), 0);
  const std::pair<std::string, int> programs[] = {
      {in + "missing", ENOENT},
      {in + "plain", EACCES},
      {in + "plain/x", ENOTDIR},
      {directory.path(), EACCES},
      {in + "garbage", ENOEXEC},
      {in + "empty", ENOEXEC},
      {in + "orphaned-script", ENOENT},
      {in + "loop", ELOOP},
      {"no-such-program-in-the-path", ENOENT},
      {"", ENOENT},
      {'/' + std::string(300, 'x'), ENAMETOOLONG},
  };
  Session session;
  for (const auto& [path, error] : programs) check_failure(session, program({path}), "execve", error);
}

CASE("an argument beyond the kernel's limit is a record that says so") {
  Session session;
  check_failure(session, program({"/bin/true", std::string(200'000, 'x')}), "execve", E2BIG);
}

CASE("a working directory that can't be entered is a record that says so") {
  TemporaryDirectory directory;
  Session session;
  for (const auto& [path, error] :
       {std::pair{directory.path() + "/missing", ENOENT}, std::pair{directory.file("file", ""), ENOTDIR}}) {
    SpawnSpec spec = program({"/bin/true"});
    spec.cwd = path;
    check_failure(session, std::move(spec), "chdir", error);
  }
}

CASE("a limit, a score or a descriptor that does not exist is a record that says so") {
  Session session;
  SpawnSpec spec = program({"/bin/true"});
  spec.confinement = std::make_unique<Confinement>();
  spec.confinement->rlimits.push_back({99, 1, 1});
  check_failure(session, std::move(spec), "prlimit", EINVAL);

  spec = program({"/bin/true"});
  spec.confinement = std::make_unique<Confinement>();
  spec.confinement->oom_score_adj = 5000;
  check_failure(session, std::move(spec), "oom_score_adj", EINVAL);

  spec = program({"/bin/true"});
  spec.descriptors = {{4000, 3}};
  check_failure(session, std::move(spec), "dup3", EBADF);

  spec = program({"/bin/true"});
  spec.confinement = std::make_unique<Confinement>();
  spec.confinement->cgroup = "/nowhere/group";
  check_failure(session, std::move(spec), "cgroup mkdir", ENOENT);
}

CASE("without descriptors a start fails, with them it works again") {
  Session session;
  session.run(program({"/bin/true"}));
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  rlimit none{0, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  ProcessId id = session.spawn(program({"/bin/true"}));
  const ExitRecord& record = session.wait_exit(id);
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK(record.ending == Ending::kSpawnError);
  CHECK_EQUAL(std::string(record.step), "pipe2");
  CHECK_EQUAL(record.error, EMFILE);
  CHECK(session.run(program({"/bin/true"})).ending == Ending::kExit);
}

CASE("a program without a slash is looked for in the PATH of its own environment") {
  TemporaryDirectory directory;
  directory.file("tool", "#!/bin/sh\necho found\n", 0755);
  ::mkdir((directory.path() + "/first").c_str(), 0755);
  directory.file("first/tool", "#!/bin/sh\necho not executable\n", 0644);
  directory.file("file", "");
  Session session;
  for (const std::string& path : {directory.path() + "/first:" + directory.path(),  //
                                  "/nowhere:" + directory.path(),                   //
                                  directory.path() + "/file:" + directory.path(),   //
                                  std::string("/nowhere::/bin")}) {
    SpawnSpec spec = program({"tool"});
    spec.env = strings({"PATH=" + path});
    spec.cwd = directory.path();
    CHECK_EQUAL(text(session.run(std::move(spec)).output.data), "found\n");
  }
  SpawnSpec spec = program({"tool"});
  spec.env = strings({"PATH=" + directory.path() + "/first:/nowhere"});
  check_failure(session, std::move(spec), "execve", EACCES);
  spec = program({"true"});
  spec.env = {};
  CHECK(session.run(std::move(spec)).ending == Ending::kExit);
}

CASE("arguments and environment arrive byte by byte and nothing is added") {
  Session session;
  SpawnSpec spec = fixture({"arguments", "", "two words", "\xff\n$(x)", ""});
  spec.argv = strings({"called so"}) + spec.argv.substr(spec.argv.find('\0') + 1);
  spec.file = fixture_path();
  CHECK_EQUAL(text(session.run(std::move(spec)).output.data),
              strings({"called so", "arguments", "", "two words", "\xff\n$(x)", ""}));
  spec = program({"/usr/bin/env"});
  spec.env = strings({"B=2", "A=one two", "EMPTY="});
  CHECK_EQUAL(text(session.run(std::move(spec)).output.data), "B=2\nA=one two\nEMPTY=\n");
  spec = program({"/usr/bin/env"});
  spec.env = {};
  CHECK_EQUAL(text(session.run(std::move(spec)).output.data), "");
}

}  // namespace
}  // namespace urocket::test
