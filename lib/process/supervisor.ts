import { UrocketError } from "../core/errors.ts";
import { TransientMap } from "../core/transient-map.ts";
import { known, table, text } from "./check.ts";
import { Child } from "./child.ts";
import { encodeSpawn, SPEC_NAMES } from "./encode.ts";
import {
  EVENT_FIELD_COUNT,
  EventKind,
  eventField,
  type NativeSupervisor,
  type OnBatch,
  startNative,
} from "./native.ts";
import {
  type CloseOptions,
  checkSpawnOptions,
  complete,
  type SpawnOptions,
  type SupervisorOptions,
  waitOf,
} from "./options.ts";
import { CgroupPlaces } from "./places.ts";
import { RecentRecords } from "./recent.ts";
import { decodeRecord } from "./record.ts";
import { Running } from "./running.ts";
import type { Snapshot } from "./snapshot.ts";
import { checkObserver, tell } from "./tell.ts";
import type { ExitRecord, ProcessHandle, ProcessObserver, ProcessStarter, SpawnSpec } from "./types.ts";

/** Those with processes that run: nobody else need hold them meanwhile. */
const busy = new Set<Supervisor>();

/** Of setTimeout, in milliseconds (24 days): beyond it, waiting is waiting for ever. */
const LONGEST_TIMER = 0x7fffffff;

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
  readonly #children = new TransientMap<number, Child>();
  readonly #recent: RecentRecords;
  readonly #places: CgroupPlaces;
  #nextId = 1;
  #closing: Promise<void> | undefined;
  #closed = false;
  #orphansReaped = 0;
  #turning = false;
  #onIdle: (() => void) | undefined;
  #killAt = Number.POSITIVE_INFINITY;
  #killTimer: NodeJS.Timeout | undefined;

  /** Starts the threads. Throws `addon-unavailable`, `spawn-spec-invalid` and `supervisor-unavailable`. */
  constructor(options: SupervisorOptions = {}) {
    const { subreaper, concurrentStarts, without, cgroupParent, ...bounds } = complete(options);
    const { keepRecords: keep, maxRecords: most, maxRecordBytes: mostBytes } = bounds;
    this.#recent = new RecentRecords({ keep, most, mostBytes });
    this.#places = new CgroupPlaces(cgroupParent);
    // Weak: one that is forgotten while nothing runs is collected, and its threads end.
    const self = new WeakRef(this);
    const onBatch: OnBatch = (numbers, bytes, steps, turn) => {
      const supervisor = self.deref();
      if (supervisor !== undefined) supervisor.#onBatch(numbers, bytes, steps, turn);
    };
    this.#native = startNative({ subreaper, concurrentStarts, without }, onBatch);
  }

  /** Processes that were started and whose exit record has not been delivered. */
  get size(): number {
    return this.#children.size;
  }

  /** Orphans that came to us and were reaped, so far. */
  get orphansReaped(): number {
    return this.#closed ? this.#orphansReaped : this.#native.orphansReaped();
  }

  /**
   * Starts a process and tells the observer what happens to it: the form without promises, for those who start many.
   * Throws `spawn-spec-invalid` and `supervisor-closed`; everything that fails later is in the exit record.
   */
  start(spec: SpawnSpec, observer: ProcessObserver): Child {
    if (this.#closing !== undefined) throw new UrocketError("supervisor-closed", "expected an open supervisor");
    known(spec, SPEC_NAMES, "spec", "a specification");
    checkObserver(observer);
    if (spec.requestId !== undefined) text(spec.requestId, "requestId");
    const id = this.#nextId;
    const placement = spec.cgroup === undefined ? undefined : this.#places.place(spec.cgroup, id);
    const encoded = encodeSpawn(spec, observer.onStarted !== undefined, placement);
    const child = new Child(id, this.#native, observer, spec);
    const { argv, env, cwd, file, numbers, input, confinement, descriptors, files } = encoded;
    this.#native.spawn(id, argv, env, cwd, file, numbers, input, confinement, descriptors, files);
    this.#nextId++;
    if (this.#children.size === 0) {
      this.#native.ref();
      busy.add(this);
    }
    this.#children.set(id, child);
    return child;
  }

  /** Starts a process; `signal` kills it when it is aborted. Throws like `start`. */
  spawn(spec: SpawnSpec, options: SpawnOptions = {}): Running {
    table(spec, "spec", "a specification");
    checkSpawnOptions(options);
    return new Running(spec, options.signal, (observer, asked) => this.start(asked, observer));
  }

  /** The exit record of the process that was started with this request id, for `keepRecords` after its end. */
  recent(requestId: string): ExitRecord | undefined {
    return this.#recent.get(requestId);
  }

  /** A running process as it is now, by request id; undefined when none runs under it. */
  snapshot(requestId: string): Snapshot | undefined {
    return this.find(requestId)?.snapshot?.();
  }

  /** A process on its way or running, by request id; of several under one id the oldest. */
  find(requestId: string): ProcessHandle | undefined {
    for (const child of this.#children.values()) {
      if (child.requestId === requestId) return child;
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
      all.push({
        requestId: child.requestId,
        pid: numbers[at + 1] as number,
        startedAt: numbers[at + 2] as number,
      });
    }
    return all;
  }

  /**
   * Refuses further starts, lets what runs go on for `wait`, kills the rest, and resolves when all records are out. What
   * only lingers is ended then. A later call with less patience hurries an earlier one.
   */
  close(options: CloseOptions = {}): Promise<void> {
    const wait = waitOf(options);
    this.#closing ??= this.#close();
    this.#killIn(wait);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    if (this.#children.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      clearTimeout(this.#killTimer);
    }
    this.#orphansReaped = this.#native.orphansReaped();
    this.#closed = true;
    this.#native.close();
  }

  #onBatch(
    numbers: Float64Array,
    bytes: Buffer | undefined,
    steps: readonly string[] | undefined,
    turn: boolean,
  ): void {
    // Immediates run when all input of a turn has been handled, SIGCHLD at the end of it. One at a time: two in the same
    // turn would count it twice.
    if (turn && !this.#turning) {
      this.#turning = true;
      setImmediate(this.#onTurn);
    }
    for (let row = 0; row < numbers.length; row += EVENT_FIELD_COUNT) {
      const child = this.#children.get(numbers[row + eventField.id] as number);
      if (child === undefined) continue;
      try {
        if (numbers[row + eventField.kind] !== EventKind.exit) tell(child.observer, numbers, row, bytes);
        else this.#finish(child, decodeRecord(numbers, row, bytes, steps, child.reason));
      } catch (error) {
        // One observer's fault must not keep the others from their events: it surfaces as an uncaught exception.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Of several calls the most impatient counts. */
  #killIn(wait: number): void {
    const at = performance.now() + wait;
    if (this.#children.size === 0 || at >= this.#killAt) return;
    this.#killAt = at;
    clearTimeout(this.#killTimer);
    const kill = (): void => {
      for (const child of this.#children.values()) child.kill("supervisor closed");
    };
    if (wait === 0) kill();
    else if (wait <= LONGEST_TIMER) this.#killTimer = setTimeout(kill, wait);
  }

  readonly #onTurn = (): void => {
    this.#turning = false;
    this.#native.turned();
  };

  #finish(child: Child, record: ExitRecord): void {
    this.#leave(child);
    if (child.requestId !== undefined) this.#recent.add(child.requestId, record);
    child.observer.onExit(record);
  }

  #leave(child: Child): void {
    child.ended = true;
    this.#children.delete(child.id);
    if (this.#children.size > 0) return;
    this.#native.unref();
    busy.delete(this);
    this.#onIdle?.();
  }
}

/** One line of `Supervisor.list()`. */
export interface RunningProcess {
  readonly requestId: string | undefined;
  readonly pid: number;
  /** When its start began, on the clock of `process.hrtime()`, in milliseconds; `monotonicStart` of its record. */
  readonly startedAt: number;
}
