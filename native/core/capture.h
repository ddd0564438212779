// Reading what a child writes: keep, hand on in chunks, or count and drop.
//
// Thread: reactor.
#pragma once

#include <functional>

#include "process.h"

namespace urocket {

enum class DrainResult : uint8_t { kOpen, kPaused, kClosed };

// Reads until the pipe is empty, ended (its owner then closes it) or its reader has enough for now. `emit` gets the
// chunks of a streamed pipe. At most `kDrainBudget` bytes a call, so that one flood doesn't keep the others waiting.
DrainResult drain(OutputPipe& output, const std::function<void(std::vector<char>)>& emit);

constexpr size_t kDrainBudget = 1 << 20;

}  // namespace urocket
