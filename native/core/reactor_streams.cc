// What the reactor does with the pipes of a process.
#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "../sys/pipe.h"
#include "capture.h"
#include "reactor.h"

namespace urocket {

void Reactor::look_at_quiet(Nanos at) {
  auto speaks = [this](ProcessId id) {
    auto found = processes_.find(id);
    if (found == processes_.end()) return false;
    const Process& process = *found->second;
    return bytes_in(process.output.pipe) > 0 || bytes_in(process.error.pipe) > 0;
  };
  auto watch = [this](ProcessId id) {
    auto found = processes_.find(id);
    if (found == processes_.end()) return;
    // The first may be its end, and then it is no longer among the processes.
    Process& process = *found->second;
    on_output(process, process.output, false);
    on_output(process, process.error, true);
  };
  quiet_.look(at, speaks, watch);
}

// Reads what there is; false once the pipe is closed.
bool Reactor::read_output(Process& process, OutputPipe& output, bool is_error) {
  if (!output.pipe) return false;
  ProcessId id = process.spec.id;
  DrainResult result = drain(output, [&](std::vector<char> bytes) {
    outbox_.emit({is_error ? Event::Kind::kError : Event::Kind::kOutput, id, 0, std::move(bytes), nullptr});
  });
  if (result == DrainResult::kClosed) {
    close_pipe(output.pipe, &output.watched);
    return false;
  }
  uint64_t data = tag(id, is_error ? Source::kError : Source::kOutput);
  // Where epoll takes no more (max_user_watches in epoll(7), or no memory) we look ourselves.
  if (!set_watched(output.pipe.get(), &output.watched, result == DrainResult::kOpen, EPOLLIN, data))
    quiet_.add(id, now());
  return true;
}

void Reactor::read_outputs(Process& process) {
  read_output(process, process.output, false);
  read_output(process, process.error, true);
}

void Reactor::on_output(Process& process, OutputPipe& output, bool is_error) {
  // That it runs is told before what it says.
  if (process.launch != nullptr && process.launch->over()) land(process);
  bool open = read_output(process, output, is_error);
  if (process.phase == Process::Phase::kDraining) settle(process, true);
  // Often the first hint that nobody is left in a group that outlived its leader.
  if (process.phase == Process::Phase::kLingering && !open) check_linger(process);
}

void Reactor::on_input(Process& process) {
  InputPipe& input = process.input;
  if (!input.pipe) {
    // The child closed its end before: what is written now is lost, as it is with any broken pipe.
    if (!input.pending.empty()) outbox_.emit({Event::Kind::kDrained, process.spec.id, 1, {}, nullptr});
    release(input.pending);
    return;
  }
  bool closed = false;
  uint64_t data = tag(process.spec.id, Source::kInput);
  size_t& written = input.written;
  while (written < input.pending.size()) {
    ssize_t size = ::write(input.pipe.get(), input.pending.data() + written, input.pending.size() - written);
    if (size > 0) {
      written += static_cast<size_t>(size);
    } else if (errno == EAGAIN) {
      set_watched(input.pipe.get(), &input.watched, true, EPOLLOUT, data);
      return;
    } else if (errno != EINTR) {
      // EPIPE: the child closed its end and will never read the rest.
      written = input.pending.size();
      closed = input.ending = true;
    }
  }
  if (written > 0) outbox_.emit({Event::Kind::kDrained, process.spec.id, closed ? 1 : 0, {}, nullptr});
  release(input.pending);
  written = 0;
  if (input.ending) {
    close_pipe(input.pipe, &input.watched);
  } else {
    set_watched(input.pipe.get(), &input.watched, false, 0, data);
  }
}

}  // namespace urocket
