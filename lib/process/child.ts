import { shown } from "./check.ts";
import { knownSignal } from "./encode.ts";
import { invalid } from "./invalid.ts";
import type { NativeSupervisor } from "./native.ts";
import { parseSnapshot, type Snapshot } from "./snapshot.ts";
import { asBuffer } from "./stdio.ts";
import type { ProcessHandle, ProcessObserver, SignalName, SpawnSpec } from "./types.ts";

/** A started process as its supervisor knows it. No call has an effect once nothing of it is left. */
export class Child implements ProcessHandle {
  readonly id: number;
  readonly observer: ProcessObserver;
  readonly requestId: string | undefined;
  /** Why it was killed, if it was. */
  reason: string | null = null;
  ended = false;
  readonly #native: NativeSupervisor;
  readonly #lingers: boolean;

  constructor(id: number, supervisor: NativeSupervisor, observer: ProcessObserver, spec: SpawnSpec) {
    this.id = id;
    this.observer = observer;
    this.requestId = spec.requestId;
    this.#native = supervisor;
    this.#lingers = spec.linger !== undefined && spec.linger > 0;
  }

  kill(reason: string, signal?: SignalName): void {
    // The rest of a group that may outlive its leader can be ended after the exit record as well.
    if (this.ended && !this.#lingers) return;
    if (typeof reason !== "string") throw invalid("reason", "text", shown(reason));
    this.#native.kill(this.id, signal === undefined ? 0 : knownSignal(signal, "signal"));
    this.reason ??= reason;
  }

  /** Sends a signal to the group without taking it for the end: SIGHUP, SIGUSR1, SIGSTOP, ... */
  signal(signal: SignalName): void {
    if (!this.ended) this.#native.signal(this.id, knownSignal(signal, "signal"));
  }

  /** Bytes for a standard input that is a `"pipe"`; `onDrained` follows when the pipe has taken them. */
  write(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) throw invalid("bytes", "a Uint8Array", shown(bytes));
    if (!this.ended) this.#native.write(this.id, asBuffer(bytes));
  }

  /** End-of-file for such an input, after all that was written. */
  endInput(): void {
    if (!this.ended) this.#native.endInput(this.id);
  }

  /** Tells that so many bytes of a streamed output were dealt with. */
  consumed(stream: "stdout" | "stderr", bytes: number): void {
    if (!this.ended) this.#native.consumed(this.id, stream === "stderr", bytes);
  }

  /** How it stands now, from /proc; undefined before it runs and after it ended. */
  snapshot(): Snapshot | undefined {
    if (this.ended) return undefined;
    return parseSnapshot(this.#native.readProc(this.id, "stat"), this.#native.readProc(this.id, "status"));
  }
}
