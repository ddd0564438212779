import { errnoName, signalName } from "./names.ts";
import { eventField } from "./native.ts";
import type { Ending, ExitRecord, Output } from "./types.ts";

/** Numbered as in native/core/record.h. */
const ENDINGS: readonly Ending[] = ["exit", "signal", "timeout", "killed", "spawn-error", "lost"];

const EMPTY = Buffer.alloc(0);

/**
 * How much more than our own peak is surely not ours. Linux notes a peak only when memory is given back, from counters that
 * each CPU keeps for a while: a child that execs between a thread of ours that takes memory and another that gives some
 * back can see a little more than what becomes our peak.
 */
const ABOVE = 17 / 16;

/** One row of a batch as an exit record; `reason` is what `kill()` was told. */
export function decodeRecord(
  numbers: Float64Array,
  row: number,
  bytes: Buffer | undefined,
  steps: readonly string[] | undefined,
  reason: string | null,
): ExitRecord {
  const at = (field: number): number => numbers[row + field] as number;
  const how = ENDINGS[at(eventField.ending)] as Ending;
  const never = how === "spawn-error" || how === "lost" || at(eventField.number) === 0;
  // As WTERMSIG, WEXITSTATUS and WCOREDUMP of wait(2) read it.
  const status = at(eventField.status);
  const signal = status & 0x7f;
  const step = at(eventField.step);
  const executedAt = at(eventField.executedAt);
  const startedAt = at(eventField.startedAt);
  const outputAt = at(eventField.outputOffset);
  const outputLength = at(eventField.outputLength);
  return {
    pid: at(eventField.number),
    how,
    code: never || signal !== 0 ? null : (status >> 8) & 0xff,
    signal: never || signal === 0 ? null : signalName(signal),
    coreDumped: !never && (status & 0x80) !== 0,
    reason: how === "killed" ? reason : null,
    step: step === 0 ? null : (steps?.[step - 1] ?? null),
    errno: at(eventField.errno_) === 0 ? null : errnoName(at(eventField.errno_)),
    usage: {
      utime: at(eventField.utime),
      stime: at(eventField.stime),
      maxrss: at(eventField.maxrss),
      maxrssExact: at(eventField.maxrss) > at(eventField.maxrssFloor) * ABOVE,
      minflt: at(eventField.minflt),
      majflt: at(eventField.majflt),
      inblock: at(eventField.inblock),
      oublock: at(eventField.oublock),
      nvcsw: at(eventField.nvcsw),
      nivcsw: at(eventField.nivcsw),
    },
    startedAt: at(eventField.wallStart),
    monotonicStart: startedAt,
    queued: startedAt - at(eventField.queuedAt),
    spawn: executedAt - startedAt,
    run: at(eventField.endedAt) - executedAt,
    stdout: output(bytes, outputAt, outputLength, at(eventField.outputBytes)),
    stderr: output(bytes, outputAt + outputLength, at(eventField.errorLength), at(eventField.errorBytes)),
  };
}

function output(bytes: Buffer | undefined, offset: number, length: number, total: number): Output {
  return { data: own(bytes, offset, length), bytes: total, truncated: total > length };
}

/** A part of a batch: a view of it only where it is most of it, for a view keeps all of it. */
function own(batch: Buffer | undefined, offset: number, length: number): Buffer {
  if (length === 0 || batch === undefined) return EMPTY;
  const view = batch.subarray(offset, offset + length);
  return length * 2 < batch.length ? Buffer.from(view) : view;
}
