import { availableParallelism } from "node:os";
import { UrocketError } from "../core/errors.ts";
import { type CgroupParent, findCgroupParent, placeInCgroup } from "./cgroup.ts";
import { Child } from "./child.ts";
import { encodeSpawn } from "./encode.ts";
import { invalid } from "./invalid.ts";
import { EVENT_FIELD_COUNT, EventKind, eventField, type NativeSupervisor, native } from "./native.ts";
import { RecentRecords } from "./recent.ts";
import { decodeRecord } from "./record.ts";
import { Running } from "./running.ts";
import type { Snapshot } from "./snapshot.ts";
import type { ExitRecord, ProcessObserver, ProcessStarter, SpawnSpec } from "./types.ts";

/** Abilities of the kernel that can be left unused, to run what stands in for them. */
export type Feature = "clone3" | "pidfd" | "group-signal" | "close-range";

const FEATURES: readonly Feature[] = ["clone3", "pidfd", "group-signal", "close-range"];

export interface SupervisorOptions {
  /** Threads that start processes: as many starts can be under way at once. Default: one for each CPU, at least 2. */
  readonly spawners?: number | undefined;
  /**
   * Become the parent of our children's orphans and reap them (PR_SET_CHILD_SUBREAPER). It holds for the whole program.
   * Default false.
   */
  readonly subreaper?: boolean | undefined;
  /** Writable cgroup v2 directory under which groups for processes are made. Default: our own, if that is writable. */
  readonly cgroupParent?: string | undefined;
  /** How long exit records can be fetched by request id, in milliseconds, and how many at most. Default 2000 and 1024. */
  readonly keepRecords?: number | undefined;
  readonly maxRecords?: number | undefined;
  /** Behave as on a kernel that lacks these. */
  readonly without?: readonly Feature[] | undefined;
}

export interface CloseOptions {
  /** How long processes that run may go on before they are killed, in milliseconds. Default 0; Infinity never kills. */
  readonly wait?: number | undefined;
}

/**
 * Starts processes and sees them to their end: one exit record for every start, whatever happens.
 * While a process runs, the event loop stays alive.
 *
 * @example
 * const supervisor = new Supervisor();
 * const running = supervisor.spawn({ argv: ["date"], env: {}, timeout: 1000 });
 * const record = await running.exited;
 * console.log(record.how, record.code, record.stdout.data.toString());
 * await supervisor.close();
 */
export class Supervisor implements ProcessStarter {
  readonly #native: NativeSupervisor;
  readonly #children = new Map<number, Child>();
  readonly #recent: RecentRecords;
  readonly #cgroupPath: string | undefined;
  #cgroupParent: CgroupParent | undefined | null = null;
  readonly #warned = new Set<string>();
  #nextId = 1;
  #closing: Promise<void> | undefined;
  #closed = false;
  #onIdle: (() => void) | undefined;

  /** Starts the threads. Throws `addon-unavailable`, `spawn-spec-invalid`, or the system error that prevented it. */
  constructor(options: SupervisorOptions = {}) {
    const spawners = atLeast(options.spawners, "spawners", 1, Math.max(2, availableParallelism()));
    if (spawners > 256) throw invalid("spawners", "a whole number from 1 to 256", String(spawners));
    for (const feature of options.without ?? []) {
      if (!FEATURES.includes(feature)) throw invalid("without", `names among ${FEATURES.join(", ")}`, String(feature));
    }
    this.#recent = new RecentRecords(
      atLeast(options.keepRecords, "keepRecords", 0, 2000),
      atLeast(options.maxRecords, "maxRecords", 0, 1024),
    );
    this.#cgroupPath = options.cgroupParent;
    if (options.cgroupParent !== undefined) this.#cgroupParent = findCgroupParent(options.cgroupParent);
    const { Supervisor: Native } = native();
    this.#native = new Native(
      { spawners, subreaper: options.subreaper === true, without: options.without ?? [] },
      this.#onBatch,
    );
  }

  /** Processes that were started and whose exit record has not been delivered. */
  get size(): number {
    return this.#children.size;
  }

  /** Orphans that came to us and were reaped, so far. */
  get orphansReaped(): number {
    return this.#closed ? 0 : this.#native.orphansReaped();
  }

  /**
   * Starts a process and tells the observer what happens to it: the form without promises, for those who start many.
   * Throws `spawn-spec-invalid` and `supervisor-closed`; everything that fails later is in the exit record.
   */
  start(spec: SpawnSpec, observer: ProcessObserver): Child {
    if (this.#closing !== undefined) throw new UrocketError("supervisor-closed", "expected an open supervisor");
    const id = this.#nextId;
    const placement = spec.cgroup === undefined ? undefined : this.#place(spec.cgroup, id);
    const encoded = encodeSpawn(spec, observer.onStarted !== undefined, placement);
    const child = new Child(id, this.#native, observer, spec.requestId);
    const { argv, env, cwd, file, numbers, input, confinement, descriptors } = encoded;
    this.#native.spawn(id, argv, env, cwd, file, numbers, input, confinement, descriptors);
    this.#nextId++;
    if (this.#children.size === 0) this.#native.ref();
    this.#children.set(id, child);
    return child;
  }

  /** Starts a process; `signal` kills it when it is aborted. Throws like `start`. */
  spawn(spec: SpawnSpec, options: { readonly signal?: AbortSignal | undefined } = {}): Running {
    return new Running(spec, options.signal, (observer) => this.start(spec, observer));
  }

  /** The exit record of the process that was started with this request id, for `keepRecords` after its end. */
  recent(requestId: string): ExitRecord | undefined {
    return this.#recent.get(requestId);
  }

  /** A running process as it is now, by request id; undefined when none runs under it. */
  snapshot(requestId: string): Snapshot | undefined {
    for (const child of this.#children.values()) {
      if (child.requestId === requestId) return child.snapshot();
    }
    return undefined;
  }

  /** All processes that run now. */
  list(): RunningProcess[] {
    if (this.#closed) return [];
    const numbers = this.#native.list();
    const all: RunningProcess[] = [];
    for (let at = 0; at < numbers.length; at += 3) {
      const child = this.#children.get(numbers[at] as number);
      if (child === undefined) continue;
      all.push({ requestId: child.requestId, pid: numbers[at + 1] as number, startedAt: numbers[at + 2] as number });
    }
    return all;
  }

  /** Refuses further starts, lets what runs go on for `wait`, kills the rest, and resolves when all records are out. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options.wait ?? 0);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(wait: number): Promise<void> {
    if (this.#children.size > 0) {
      const idle = new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      const kill = (): void => {
        for (const child of this.#children.values()) child.kill("supervisor closed");
      };
      let timer: NodeJS.Timeout | undefined;
      if (wait <= 0) kill();
      else if (Number.isFinite(wait)) timer = setTimeout(kill, wait);
      await idle;
      clearTimeout(timer);
    }
    this.#closed = true;
    this.#native.close();
  }

  #place(spec: NonNullable<SpawnSpec["cgroup"]>, id: number): ReturnType<typeof placeInCgroup> {
    if (this.#cgroupParent === null) this.#cgroupParent = findCgroupParent(this.#cgroupPath);
    return placeInCgroup(spec, this.#cgroupParent, `urocket-${process.pid}-${id}`, (controller, instead) => {
      if (this.#warned.has(controller)) return;
      this.#warned.add(controller);
      process.emitWarning(`no cgroup v2 \`${controller}\` controller is delegated to us: ${instead}`, {
        code: "UROCKET_CGROUP_FALLBACK",
      });
    });
  }

  readonly #onBatch = (
    numbers: Float64Array,
    bytes: Buffer | undefined,
    steps: readonly string[] | undefined,
  ): void => {
    for (let row = 0; row < numbers.length; row += EVENT_FIELD_COUNT) {
      const child = this.#children.get(numbers[row + eventField.id] as number);
      if (child === undefined) continue;
      try {
        this.#dispatch(child, numbers, row, bytes, steps);
      } catch (error) {
        // One observer's fault must not keep the others from their events: it surfaces as an uncaught exception.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  #dispatch(
    child: Child,
    numbers: Float64Array,
    row: number,
    bytes: Buffer | undefined,
    steps: readonly string[] | undefined,
  ): void {
    const { observer } = child;
    switch (numbers[row + eventField.kind]) {
      case EventKind.exit:
        this.#leave(child);
        this.#finish(child, decodeRecord(numbers, row, bytes, steps, child.reason));
        break;
      case EventKind.deadline:
        observer.onDeadline();
        break;
      case EventKind.started:
        observer.onStarted?.(numbers[row + eventField.number] as number);
        break;
      case EventKind.drained:
        observer.onDrained?.();
        break;
      case EventKind.output:
        observer.onOutput?.(chunk(numbers, row, bytes), "stdout");
        break;
      case EventKind.error:
        observer.onOutput?.(chunk(numbers, row, bytes), "stderr");
        break;
    }
  }

  #leave(child: Child): void {
    child.ended = true;
    this.#children.delete(child.id);
    if (this.#children.size > 0) return;
    this.#native.unref();
    this.#onIdle?.();
  }

  #finish(child: Child, record: ExitRecord): void {
    if (child.requestId !== undefined) this.#recent.add(child.requestId, record);
    child.observer.onExit(record);
  }
}

/** One line of `Supervisor.list()`. */
export interface RunningProcess {
  readonly requestId: string | undefined;
  readonly pid: number;
  /** Start on the monotonic clock, in milliseconds. */
  readonly startedAt: number;
}

function chunk(numbers: Float64Array, row: number, bytes: Buffer | undefined): Buffer {
  const offset = numbers[row + eventField.outputOffset] as number;
  const length = numbers[row + eventField.outputLength] as number;
  return (bytes as Buffer).subarray(offset, offset + length);
}

function atLeast(value: number | undefined, option: string, least: number, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least) return value;
  throw invalid(option, `a whole number, ${least} or more`, String(value));
}
