import type {
  ExitRecord,
  Output,
  ProcessHandle,
  ProcessObserver,
  ProcessStarter,
  SpawnSpec,
} from "../../lib/process/types.ts";

/** Starts nothing: the test says what becomes of each process. */
export class FakeStarter implements ProcessStarter {
  readonly started: FakeProcess[] = [];
  /** When set, the next start throws it. */
  failure: Error | undefined;

  start(spec: SpawnSpec, observer: ProcessObserver): FakeProcess {
    if (this.failure !== undefined) throw this.failure;
    const process = new FakeProcess(spec, observer);
    this.started.push(process);
    return process;
  }

  /** The process started last. */
  get last(): FakeProcess {
    const process = this.started.at(-1);
    if (process === undefined) throw new Error("expected a process to have been started");
    return process;
  }
}

/** A process that ends when the test says so. */
export class FakeProcess implements ProcessHandle {
  readonly kills: string[] = [];
  readonly spec: SpawnSpec;
  readonly observer: ProcessObserver;

  constructor(spec: SpawnSpec, observer: ProcessObserver) {
    this.spec = spec;
    this.observer = observer;
  }

  kill(reason: string): void {
    this.kills.push(reason);
  }

  deadline(): void {
    this.observer.onDeadline();
  }

  exit(facts: Partial<ExitRecord> = {}): void {
    this.observer.onExit(exitRecord(facts));
  }
}

/** An exit record: exit code 0 unless said otherwise. */
export function exitRecord(facts: Partial<ExitRecord> = {}): ExitRecord {
  const memory = { maxrss: 4096, maxrssExact: true, minflt: 0, majflt: 0 };
  const usage = { utime: 1, stime: 1, ...memory, inblock: 0, oublock: 0, nvcsw: 0, nivcsw: 0 };
  const ended = {
    how: "exit",
    code: 0,
    signal: null,
    coreDumped: false,
    reason: null,
    step: null,
    errno: null,
  } as const;
  const times = { startedAt: 0, monotonicStart: 0, queued: 0, spawn: 0, run: 0 };
  return { pid: 4711, ...ended, usage, ...times, stdout: output(""), stderr: output(""), ...facts };
}

/** Captured output. */
export function output(text: string, facts: Partial<Output> = {}): Output {
  const data = Buffer.from(text);
  return { data, bytes: data.length, truncated: false, ...facts };
}
