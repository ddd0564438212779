import { availableParallelism } from "node:os";
import { UrocketError } from "../core/errors.ts";
import { encodeSpawn, invalid, knownSignal } from "./encode.ts";
import { EVENT_FIELD_COUNT, EventKind, eventField, type NativeSupervisor, native } from "./native.ts";
import { decodeRecord } from "./record.ts";
import type { ProcessHandle, ProcessObserver, ProcessStarter, SignalName, SpawnSpec } from "./types.ts";

/** Abilities of the kernel that can be left unused, to run what stands in for them. */
export type Feature = "clone3" | "pidfd" | "group-signal" | "close-range";

export interface SupervisorOptions {
  /** Threads that start processes: as many starts can be under way at once. Default: one for each CPU, at least 2. */
  readonly spawners?: number | undefined;
  /** Become the parent of our children's orphans and reap them (PR_SET_CHILD_SUBREAPER). Default false. */
  readonly subreaper?: boolean | undefined;
  readonly without?: readonly Feature[] | undefined;
}

export interface CloseOptions {
  /** How long processes that run may go on before they are killed, in milliseconds. Default 0. */
  readonly wait?: number | undefined;
}

/**
 * Starts processes and sees them to their end: one exit record for every start, whatever happens.
 * While a process runs, the event loop stays alive.
 */
export class Supervisor implements ProcessStarter {
  readonly #native: NativeSupervisor;
  readonly #children = new Map<number, Child>();
  #nextId = 1;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  /** Starts the threads. Throws `addon-unavailable`, `spawn-spec-invalid`, or the system error that prevented it. */
  constructor(options: SupervisorOptions = {}) {
    const spawners = options.spawners ?? Math.max(2, availableParallelism());
    if (!Number.isInteger(spawners) || spawners < 1 || spawners > 256) {
      throw invalid("spawners", "a whole number from 1 to 256", String(spawners));
    }
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

  /** Starts a process; the observer learns the rest. Throws `spawn-spec-invalid` and `supervisor-closed`. */
  start(spec: SpawnSpec, observer: ProcessObserver): Child {
    if (this.#closing !== undefined) throw new UrocketError("supervisor-closed", "expected an open supervisor");
    const encoded = encodeSpawn(spec, observer.onStarted !== undefined, undefined);
    const id = this.#nextId++;
    const child = new Child(id, this.#native, observer);
    const { argv, env, cwd, file, numbers, input, confinement, descriptors } = encoded;
    this.#native.spawn(id, argv, env, cwd, file, numbers, input, confinement, descriptors);
    if (this.#children.size === 0) this.#native.ref();
    this.#children.set(id, child);
    return child;
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
    this.#native.close();
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
      case EventKind.exit: {
        this.#children.delete(child.id);
        if (this.#children.size === 0) {
          this.#native.unref();
          this.#onIdle?.();
        }
        child.ended = true;
        observer.onExit(decodeRecord(numbers, row, bytes, steps, child.reason));
        break;
      }
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
}

/** A started process as its supervisor knows it. */
export class Child implements ProcessHandle {
  readonly id: number;
  readonly observer: ProcessObserver;
  /** Why it was killed, if it was. */
  reason: string | null = null;
  ended = false;
  readonly #native: NativeSupervisor;

  constructor(id: number, nativeSupervisor: NativeSupervisor, observer: ProcessObserver) {
    this.id = id;
    this.observer = observer;
    this.#native = nativeSupervisor;
  }

  kill(reason: string, signal?: SignalName): void {
    if (this.ended) return;
    this.reason ??= reason;
    this.#native.kill(this.id, signal === undefined ? 0 : knownSignal(signal, "signal"));
  }

  /** Sends a signal to the group without taking it for the end: SIGHUP, SIGUSR1, SIGSTOP, ... */
  signal(signal: SignalName): void {
    if (!this.ended) this.#native.signal(this.id, knownSignal(signal, "signal"));
  }

  /** Bytes for a standard input that is a `"pipe"`; `onDrained` follows when the pipe has taken them. */
  write(bytes: Buffer): void {
    if (!this.ended) this.#native.write(this.id, bytes);
  }

  endInput(): void {
    if (!this.ended) this.#native.endInput(this.id);
  }

  /** Tells that so many bytes of a streamed output were dealt with. */
  consumed(stream: "stdout" | "stderr", bytes: number): void {
    if (!this.ended) this.#native.consumed(this.id, stream === "stderr", bytes);
  }
}

function chunk(numbers: Float64Array, row: number, bytes: Buffer | undefined): Buffer {
  const offset = numbers[row + eventField.outputOffset] as number;
  const length = numbers[row + eventField.outputLength] as number;
  return (bytes as Buffer).subarray(offset, offset + length);
}
