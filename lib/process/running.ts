import { finished, Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { shown } from "./check.ts";
import type { Child } from "./child.ts";
import { invalid } from "./invalid.ts";
import type { Snapshot } from "./snapshot.ts";
import { InputStream, OutputStream } from "./streams.ts";
import type { ExitRecord, Input, ProcessObserver, SignalName, SpawnSpec } from "./types.ts";

/** A process that was started, with promises and streams. `exited` never rejects: a failed start is a record too. */
export class Running implements ProcessObserver {
  /** The exit record; resolves once, whatever happens. */
  readonly exited: Promise<ExitRecord>;
  /** The process id once it runs; undefined when it never did. */
  readonly started: Promise<number | undefined>;
  /** Set when `stdin` is `"pipe"` or a stream. */
  readonly stdin: InputStream | undefined;
  /** Set when `stdout` or `stderr` is `"pipe"`: a node stream; `Readable.toWeb` makes a web stream of it. */
  readonly stdout: OutputStream | undefined;
  readonly stderr: OutputStream | undefined;
  /** Undefined until it runs. */
  pid: number | undefined;
  /** Whether the deadline has passed. */
  timedOut = false;

  readonly #child: Child;
  readonly #resolveExited: (record: ExitRecord) => void;
  readonly #resolveStarted: (pid: number | undefined) => void;
  #signal: AbortSignal | undefined;

  /** `start` begins the process with this object as its observer. */
  constructor(spec: SpawnSpec, signal: AbortSignal | undefined, start: (observer: Running, spec: SpawnSpec) => Child) {
    let resolveExited: (record: ExitRecord) => void = () => {};
    let resolveStarted: (pid: number | undefined) => void = () => {};
    this.exited = new Promise((resolve) => {
      resolveExited = resolve;
    });
    this.started = new Promise((resolve) => {
      resolveStarted = resolve;
    });
    this.#resolveExited = resolveExited;
    this.#resolveStarted = resolveStarted;
    // Before the start: what can't be used must not leave a process behind that nobody holds.
    const source = streamOf(spec.stdin);
    checkSignal(signal);
    this.#child = start(this, source === undefined ? spec : { ...spec, stdin: "pipe" });
    if (spec.stdout === "pipe") this.stdout = new OutputStream(this.#child, "stdout");
    if (spec.stderr === "pipe") this.stderr = new OutputStream(this.#child, "stderr");
    if (spec.stdin === "pipe" || source !== undefined) this.stdin = new InputStream(this.#child);
    if (source !== undefined && this.stdin !== undefined) this.#feed(source, this.stdin);
    if (signal !== undefined) this.#obey(signal);
  }

  /** Ends the process and its group: `signal` (default `killSignal`), after `grace` SIGKILL. */
  kill(reason = "kill() was called", signal?: SignalName): void {
    this.#child.kill(reason, signal);
  }

  /** Sends a signal to the group without taking it for the end. */
  signal(signal: SignalName): void {
    this.#child.signal(signal);
  }

  /** How it stands now, from /proc; undefined before it runs and after it ended. */
  snapshot(): Snapshot | undefined {
    return this.#child.snapshot();
  }

  onStarted(pid: number): void {
    this.pid = pid;
    this.#resolveStarted(pid);
  }

  onDeadline(): void {
    this.timedOut = true;
  }

  onOutput(chunk: Buffer, stream: "stdout" | "stderr"): void {
    this[stream]?.deliver(chunk);
  }

  onDrained(closed: boolean): void {
    this.stdin?.drained(closed);
  }

  onExit(record: ExitRecord): void {
    this.stdout?.push(null);
    this.stderr?.push(null);
    // Whoever still writes is told by the end of the stream, as with a socket that was closed by the other side.
    this.stdin?.destroy();
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#resolveStarted(undefined);
    this.#resolveExited(record);
  }

  #feed(stream: Readable | ReadableStream, input: InputStream): void {
    const source = stream instanceof Readable ? stream : Readable.fromWeb(stream);
    finished(source, { writable: false }, (error) => {
      // Also of one that had ended before it was handed over, and will not say so again.
      if (!error) input.end();
      // A source that we destroyed because nobody reads any more has not failed.
      else if (!input.destroyed) this.kill(`stdin failed: ${error.message}`);
    });
    input.on("close", () => source.destroy());
    // Of what is no bytes, as an object-mode stream may give, `write` says so by throwing.
    source.on("data", (chunk: unknown) => {
      try {
        if (!input.write(chunk)) source.pause();
      } catch (error) {
        source.destroy(error as Error);
      }
    });
    input.on("drain", () => source.resume());
  }

  #obey(signal: AbortSignal): void {
    this.#signal = signal;
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  readonly #onAbort = (): void => {
    this.kill("aborted");
  };
}

/** The stream that is to feed standard input; undefined where it is none. */
function streamOf(input: Input | undefined): Readable | ReadableStream | undefined {
  if (input instanceof Readable) return input;
  if (!(input instanceof ReadableStream)) return undefined;
  if (input.locked) throw invalid("stdin", "a stream that nobody else reads", "a locked ReadableStream");
  return input;
}

/** Any object that behaves as one will do: there may be several classes of that name in a program. */
function checkSignal(signal: unknown): void {
  if (signal === undefined) return;
  const { aborted, addEventListener, removeEventListener } = (signal ?? {}) as Partial<AbortSignal>;
  const heard = typeof addEventListener === "function" && typeof removeEventListener === "function";
  if (typeof aborted === "boolean" && heard) return;
  throw invalid("signal", "an AbortSignal", shown(signal));
}
