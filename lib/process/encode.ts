import type { CgroupPlacement } from "./cgroup.ts";
import { confinementOf } from "./confinement.ts";
import { invalid } from "./invalid.ts";
import { signalNumber } from "./names.ts";
import { type NativeConfinement, SPAWN_FIELD_COUNT, spawnField } from "./native.ts";
import type { Input, OutputSink, SignalName, SpawnSpec } from "./types.ts";

/** The arguments of one native spawn. `numbers` is one array used again for every call: pass it on at once. */
export interface EncodedSpawn {
  readonly argv: string;
  readonly env: string;
  readonly cwd: string;
  readonly file: string;
  readonly numbers: Float64Array;
  readonly input: Uint8Array | undefined;
  readonly confinement: NativeConfinement | undefined;
  readonly descriptors: readonly number[] | undefined;
}

/** Numbered as in native/core/spec.h. */
const InputKind = { null: 0, bytes: 1, stream: 2, descriptor: 3 } as const;
const OutputKind = { null: 0, capture: 1, stream: 2, descriptor: 3, merge: 4 } as const;

const DEFAULT_GRACE = 500;
const DEFAULT_DRAIN = 100;
const DEFAULT_CAPTURE = 65536;
/** Streamed bytes on their way to a slow reader before the pipe is left alone. */
const STREAM_WINDOW = 256 * 1024;

const SIGTERM = 15;
const numbers = new Float64Array(SPAWN_FIELD_COUNT);

/** Checks a spec and turns it into what the addon takes. Throws `spawn-spec-invalid`. */
export function encodeSpawn(spec: SpawnSpec, announce: boolean, placement: CgroupPlacement | undefined): EncodedSpawn {
  const argv = strings(spec.argv, "argv");
  if (spec.argv.length === 0) throw invalid("argv", "at least one word", "none");
  numbers.fill(0);
  const input = encodeInput(spec.stdin);
  encodeOutput(spec.stdout, "stdout", spawnField.outputKind, 1);
  encodeOutput(spec.stderr, "stderr", spawnField.errorKind, 2);
  numbers[spawnField.timeout] = duration(spec.timeout, "timeout", 0);
  numbers[spawnField.grace] = duration(spec.grace, "grace", DEFAULT_GRACE);
  numbers[spawnField.linger] = duration(spec.linger, "linger", 0);
  numbers[spawnField.drain] = duration(spec.drain, "drain", DEFAULT_DRAIN);
  numbers[spawnField.killSignal] = spec.killSignal === undefined ? SIGTERM : knownSignal(spec.killSignal, "killSignal");
  numbers[spawnField.newSession] = spec.newSession === false ? 0 : 1;
  numbers[spawnField.announce] = announce ? 1 : 0;
  return {
    argv,
    env: environment(spec.env),
    cwd: string(spec.cwd, "cwd"),
    file: string(spec.file, "file"),
    numbers,
    input,
    confinement: confinementOf(spec, placement),
    descriptors: spec.fds === undefined ? undefined : descriptors(spec.fds),
  };
}

/** The number of a signal name. Throws `spawn-spec-invalid`. */
export function knownSignal(name: SignalName, option: string): number {
  const number = signalNumber(name);
  if (number === undefined) throw invalid(option, "a signal name such as SIGTERM", JSON.stringify(name));
  return number;
}

function encodeInput(input: Input | undefined): Uint8Array | undefined {
  if (input === undefined || input === "null") return undefined;
  let kind: number = InputKind.stream;
  let bytes: Uint8Array | undefined;
  if (input === "inherit") {
    kind = InputKind.descriptor;
  } else if (input instanceof Uint8Array) {
    kind = InputKind.bytes;
    // The addon knows buffers only; this is a view, not a copy.
    bytes = Buffer.isBuffer(input) ? input : Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  } else if (typeof input === "object" && "fd" in input && typeof input.fd === "number") {
    kind = InputKind.descriptor;
    numbers[spawnField.inputDescriptor] = descriptor(input.fd, "stdin");
  } else if (typeof input === "string" && input !== "pipe") {
    kind = InputKind.bytes;
    bytes = Buffer.from(input);
  }
  numbers[spawnField.inputKind] = kind;
  return bytes;
}

function encodeOutput(sink: OutputSink | undefined, option: string, field: number, own: number): void {
  let kind: number = OutputKind.capture;
  let number = DEFAULT_CAPTURE;
  if (sink === "null") {
    kind = OutputKind.null;
  } else if (sink === "inherit") {
    kind = OutputKind.descriptor;
    number = own;
  } else if (sink === "pipe") {
    kind = OutputKind.stream;
    number = STREAM_WINDOW;
  } else if (sink === "merge" && option === "stderr") {
    kind = OutputKind.merge;
  } else if (typeof sink === "object" && "fd" in sink) {
    kind = OutputKind.descriptor;
    number = descriptor(sink.fd, option);
  } else if (typeof sink === "object" && "capture" in sink) {
    number = count(sink.capture, `${option}.capture`);
  } else if (sink !== undefined) {
    throw invalid(option, "null, inherit, pipe, {capture} or {fd}", JSON.stringify(sink));
  }
  numbers[field] = kind;
  numbers[field + 1] = number;
}

function environment(env: SpawnSpec["env"]): string {
  const list = Array.isArray(env) ? env : Object.entries(env).map(([name, value]) => `${name}=${value}`);
  for (const variable of list) {
    if (variable.indexOf("=") <= 0) throw invalid("env", "a list of NAME=value", JSON.stringify(variable));
  }
  return strings(list, "env");
}

function strings(list: readonly string[], option: string): string {
  for (const item of list) string(item, option);
  return list.length === 0 ? "" : `${list.join("\0")}\0`;
}

function string(value: string | undefined, option: string): string {
  if (value === undefined) return "";
  if (typeof value !== "string") throw invalid(option, "text", typeof value);
  if (value.includes("\0")) throw invalid(option, "text without NUL bytes", `${JSON.stringify(value.slice(0, 40))}`);
  return value;
}

function duration(value: number | undefined, option: string, fallback: number): number {
  if (value === undefined) return fallback;
  // An endless time is none at all for a bound, and a very long one elsewhere: 100 days.
  if (value === Number.POSITIVE_INFINITY) return option === "timeout" ? 0 : 8_640_000_000;
  if (typeof value !== "number" || !(value >= 0)) throw invalid(option, "milliseconds, 0 or more", String(value));
  return value;
}

function count(value: number, option: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw invalid(option, "a number of bytes", String(value));
  return value;
}

function descriptor(value: number, option: string): number {
  if (!Number.isInteger(value) || value < 0) throw invalid(option, "an open descriptor", String(value));
  return value;
}

function descriptors(fds: Readonly<Record<number, number>>): number[] {
  return Object.entries(fds).flatMap(([theirs, ours]) => {
    const number = Number(theirs);
    if (!Number.isInteger(number) || number < 3 || number > 1023) {
      throw invalid("fds", "numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr)", theirs);
    }
    return [descriptor(ours, `fds[${theirs}]`), number];
  });
}
