import { Readable } from "node:stream";
import { shown } from "./check.ts";
import { invalid } from "./invalid.ts";
import { spawnField } from "./native.ts";
import type { Input, OutputSink } from "./types.ts";

/** Numbered as in native/core/spec.h. */
const InputKind = { null: 0, bytes: 1, stream: 2, descriptor: 3 } as const;
const OutputKind = { null: 0, capture: 1, stream: 2, descriptor: 3, merge: 4 } as const;

const DEFAULT_CAPTURE = 65536;
/** Of each output; several such records may have to fit into one buffer of node's. */
const MOST_CAPTURED = 256 * 1024 * 1024;
/** Streamed bytes on their way to a slow reader before the pipe is left alone. */
const STREAM_WINDOW = 256 * 1024;

/** Descriptors are C's `int`. */
const LARGEST_DESCRIPTOR = 0x7fffffff;

/** Writes what becomes of standard input into `numbers`; returns the bytes to feed, if there are any. */
export function encodeInput(input: Input | undefined, numbers: Float64Array): Uint8Array | undefined {
  if (input === undefined || input === "null") return undefined;
  if (input instanceof Uint8Array) {
    numbers[spawnField.inputKind] = InputKind.bytes;
    return asBuffer(input);
  }
  if (input === "pipe") {
    numbers[spawnField.inputKind] = InputKind.stream;
  } else if (input === "inherit") {
    numbers[spawnField.inputKind] = InputKind.descriptor;
  } else if (typeof input === "object" && input !== null && "fd" in input && !(input instanceof Readable)) {
    numbers[spawnField.inputKind] = InputKind.descriptor;
    numbers[spawnField.inputDescriptor] = descriptor(input.fd, "stdin");
  } else {
    // Streams are fed by `spawn`, which asks for a pipe here.
    throw invalid("stdin", "null, inherit, pipe, bytes, {fd} or, with spawn(), a stream", shown(input));
  }
  return undefined;
}

/** The addon knows buffers only; this is a view, not a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Writes what becomes of standard output or error into `numbers`: the kind at `field`, its number behind it. */
export function encodeOutput(
  sink: OutputSink | undefined,
  option: "stdout" | "stderr",
  field: number,
  numbers: Float64Array,
): void {
  const [kind, number] = outputOf(sink, option);
  numbers[field] = kind;
  numbers[field + 1] = number;
}

/** An open descriptor of ours, as far as its number can tell. */
export function descriptor(value: unknown, option: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_DESCRIPTOR) {
    return value as number;
  }
  throw invalid(option, "an open descriptor", shown(value));
}

function outputOf(sink: OutputSink | undefined, option: "stdout" | "stderr"): [kind: number, number: number] {
  if (sink === undefined) return [OutputKind.capture, DEFAULT_CAPTURE];
  if (sink === "null") return [OutputKind.null, 0];
  if (sink === "inherit") return [OutputKind.descriptor, option === "stdout" ? 1 : 2];
  if (sink === "pipe") return [OutputKind.stream, STREAM_WINDOW];
  if (sink === "merge" && option === "stderr") return [OutputKind.merge, 0];
  if (typeof sink === "object" && sink !== null) {
    if ("fd" in sink) return [OutputKind.descriptor, descriptor(sink.fd, option)];
    if ("capture" in sink) return [OutputKind.capture, count(sink.capture, `${option}.capture`)];
  }
  const merge = option === "stderr" ? "merge, " : "";
  throw invalid(option, `null, inherit, pipe, ${merge}{capture} or {fd}`, shown(sink));
}

function count(value: number, option: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= MOST_CAPTURED) return value;
  throw invalid(option, `a number of bytes up to ${MOST_CAPTURED}`, shown(value));
}
