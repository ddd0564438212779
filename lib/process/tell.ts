import { shown } from "./check.ts";
import { invalid } from "./invalid.ts";
import { EventKind, eventField } from "./native.ts";
import type { ProcessObserver } from "./types.ts";

/** Tells an observer of one row of a batch, unless it is the exit record. */
export function tell(observer: ProcessObserver, numbers: Float64Array, row: number, bytes: Buffer | undefined): void {
  switch (numbers[row + eventField.kind]) {
    case EventKind.deadline:
      observer.onDeadline();
      break;
    case EventKind.started:
      observer.onStarted?.(numbers[row + eventField.number] as number);
      break;
    case EventKind.drained:
      observer.onDrained?.(numbers[row + eventField.number] !== 0);
      break;
    case EventKind.output:
      observer.onOutput?.(chunk(numbers, row, bytes), "stdout");
      break;
    case EventKind.error:
      observer.onOutput?.(chunk(numbers, row, bytes), "stderr");
      break;
  }
}

function chunk(numbers: Float64Array, row: number, bytes: Buffer | undefined): Buffer {
  const offset = numbers[row + eventField.outputOffset] as number;
  const length = numbers[row + eventField.outputLength] as number;
  return (bytes as Buffer).subarray(offset, offset + length);
}

/** Checks for the two that are always called. Throws `spawn-spec-invalid`. */
export function checkObserver(observer: ProcessObserver): void {
  const { onDeadline, onExit } = (observer ?? {}) as Partial<ProcessObserver>;
  if (typeof onDeadline === "function" && typeof onExit === "function") return;
  throw invalid("observer", "an object with onDeadline and onExit", shown(observer));
}
