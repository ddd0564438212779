// Standard input: none, bytes of any size, a stream, a descriptor.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

std::string some_bytes(size_t size) {
  std::string bytes(size, '\0');
  uint32_t state = 12345;
  for (char& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<char>(state >> 24);
  }
  return bytes;
}

// What the fixture says of an input that it has counted.
std::string count_of(const std::string& bytes) {
  uint64_t hash = 1469598103934665603U;
  for (char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  char line[64];
  std::snprintf(line, sizeof line, "%zu %llx", bytes.size(), static_cast<unsigned long long>(hash));
  return line;
}

SpawnSpec with_input(SpawnSpec spec, InputSpec::Kind kind) {
  spec.input.kind = kind;
  return spec;
}

CASE("without an input a process reads end-of-file at once") {
  Session session;
  CHECK_EQUAL(text(session.run(fixture({"count"})).output.data), count_of(""));
}

CASE("input bytes of any size arrive whole") {
  Session session;
  for (size_t size : {0U, 1U, 4096U, 65535U, 65536U, 65537U, 5'000'000U}) {
    SpawnSpec spec = with_input(fixture({"count"}), InputSpec::Kind::kBytes);
    spec.input.bytes = some_bytes(size);
    std::string expected = count_of(spec.input.bytes);
    CHECK_EQUAL(text(session.run(std::move(spec)).output.data), expected);
  }
}

CASE("a process that does not read its input ends as it likes") {
  Session session;
  for (size_t size : {1000U, 1'000'000U}) {
    SpawnSpec spec = with_input(fixture({"exit", "4"}), InputSpec::Kind::kBytes);
    spec.input.bytes = some_bytes(size);
    CHECK_EQUAL(WEXITSTATUS(session.run(std::move(spec)).status), 4);
  }
}

CASE("input too large for a pipe is a file that can't be written to") {
  Session session;
  SpawnSpec spec = with_input(fixture({"write-input"}), InputSpec::Kind::kBytes);
  spec.input.bytes = some_bytes(100'000);
  CHECK_EQUAL(WEXITSTATUS(session.run(std::move(spec)).status), EPERM);
}

CASE("input comes from a descriptor of ours, which stays open") {
  TemporaryDirectory directory;
  Fd file(::open(directory.file("in", "abc").c_str(), O_RDONLY | O_CLOEXEC));
  Session session;
  for (int i = 0; i < 2; i++) {
    SpawnSpec spec = with_input(fixture({"count"}), InputSpec::Kind::kDescriptor);
    spec.input.descriptor = file.get();
    CHECK_EQUAL(text(session.run(std::move(spec)).output.data), count_of("abc"));
    CHECK_EQUAL(::lseek(file.get(), 0, SEEK_SET), 0);
  }
}

CASE("what is written to a stream before its process has started arrives") {
  Session session;
  for (int i = 0; i < 20; i++) {
    ProcessId id = session.spawn(with_input(fixture({"count"}), InputSpec::Kind::kStream));
    session.write(id, "one");
    session.write(id, "two");
    session.end_input(id);
    CHECK_EQUAL(text(session.wait_exit(id).output.data), count_of("onetwo"));
  }
}

CASE("a stream says when its process has taken what was written") {
  Session session;
  Gate gate;
  SpawnSpec spec = with_input(fixture({"gated-count"}), InputSpec::Kind::kStream);
  spec.descriptors = {{gate.theirs(), 4}};
  ProcessId id = session.spawn(std::move(spec));
  session.write(id, "x");
  session.wait_until("the first byte to be taken", [&] { return session.story(id).drained == 1; });
  std::string bytes = some_bytes(8'000'000);
  session.write(id, bytes);
  session.round_trip();
  CHECK_EQUAL(session.story(id).drained, 1);
  gate.open();
  session.wait_until("the rest to be taken", [&] { return session.story(id).drained == 2; });
  session.end_input(id);
  CHECK_EQUAL(text(session.wait_exit(id).output.data), count_of('x' + bytes));
}

CASE("writing to a process that has closed its input is no error and keeps nothing") {
  Session session;
  Gate gate;
  SpawnSpec spec = with_input(fixture({"close-input"}), InputSpec::Kind::kStream);
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{gate.theirs(), 4}};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "closed\n");
  // Each of them counts as taken, or a writer that waits for it would wait in vain.
  for (int i = 1; i <= 3; i++) {
    session.write(id, some_bytes(100'000));
    session.wait_until("the bytes to be dropped", [&] { return session.story(id).drained == i; });
  }
  session.end_input(id);
  CHECK_EQUAL(session.story(id).exits, 0);
  gate.open();
  CHECK(session.wait_exit(id).ending == Ending::kExit);
}

}  // namespace
}  // namespace urocket::test
