import type { CgroupPlacement } from "./cgroup.ts";
import { flag, type NamesOf, shown, table, text } from "./check.ts";
import { confinementOf } from "./confinement.ts";
import { invalid } from "./invalid.ts";
import { signalNumber } from "./names.ts";
import { type NativeConfinement, SPAWN_FIELD_COUNT, spawnField } from "./native.ts";
import { asBuffer, descriptor, encodeInput, encodeOutput } from "./stdio.ts";
import type { SignalName, SpawnSpec } from "./types.ts";

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
  readonly files: readonly (number | Buffer)[] | undefined;
}

const DEFAULT_GRACE = 500;
const DEFAULT_DRAIN = 100;
/** What "endless" comes to where an end is needed, in milliseconds: 100 days. */
const LONGEST = 8_640_000_000;

const SIGTERM = 15;
const numbers = new Float64Array(SPAWN_FIELD_COUNT);

export const SPEC_NAMES: NamesOf<SpawnSpec> = {
  argv: true,
  file: true,
  env: true,
  cwd: true,
  stdin: true,
  stdout: true,
  stderr: true,
  fds: true,
  files: true,
  timeout: true,
  grace: true,
  killSignal: true,
  linger: true,
  drain: true,
  newSession: true,
  user: true,
  group: true,
  groups: true,
  umask: true,
  nice: true,
  oomScoreAdj: true,
  rlimits: true,
  noNewPrivs: true,
  cgroup: true,
  requestId: true,
};

/** Checks a spec and turns it into what the addon takes. Throws `spawn-spec-invalid`. */
export function encodeSpawn(spec: SpawnSpec, announce: boolean, placement: CgroupPlacement | undefined): EncodedSpawn {
  if (!Array.isArray(spec.argv)) throw invalid("argv", "a list of words", typeof spec.argv);
  if (spec.argv.length === 0) throw invalid("argv", "at least one word", "none");
  const argv = strings(spec.argv, "argv");
  numbers.fill(0);
  const input = encodeInput(spec.stdin, numbers);
  encodeOutput(spec.stdout, "stdout", spawnField.outputKind, numbers);
  encodeOutput(spec.stderr, "stderr", spawnField.errorKind, numbers);
  numbers[spawnField.timeout] = duration(spec.timeout, "timeout", 0);
  numbers[spawnField.grace] = duration(spec.grace, "grace", DEFAULT_GRACE);
  numbers[spawnField.linger] = duration(spec.linger, "linger", 0);
  numbers[spawnField.drain] = duration(spec.drain, "drain", DEFAULT_DRAIN);
  numbers[spawnField.killSignal] = spec.killSignal === undefined ? SIGTERM : knownSignal(spec.killSignal, "killSignal");
  numbers[spawnField.newSession] = flag(spec.newSession, "newSession", true) ? 1 : 0;
  numbers[spawnField.announce] = announce ? 1 : 0;
  return {
    argv,
    env: environment(spec.env),
    cwd: path(spec.cwd, "cwd"),
    file: path(spec.file, "file"),
    numbers,
    input,
    confinement: confinementOf(spec, placement),
    descriptors: spec.fds === undefined ? undefined : descriptors(spec.fds),
    files: spec.files === undefined ? undefined : files(spec.files, spec.fds),
  };
}

/** The number of a signal name. Throws `spawn-spec-invalid`. */
export function knownSignal(name: SignalName, option: string): number {
  const number = typeof name === "string" ? signalNumber(name) : undefined;
  if (number === undefined) throw invalid(option, "a signal name such as SIGTERM", shown(name));
  return number;
}

function environment(env: SpawnSpec["env"]): string {
  if (Array.isArray(env)) {
    for (const variable of env) {
      if (typeof variable === "string" && variable.indexOf("=") > 0) continue;
      throw invalid("env", "a list of NAME=value", shown(variable));
    }
    return strings(env, "env");
  }
  const list: string[] = [];
  for (const [name, value] of Object.entries(table(env, "env", "a list of NAME=value or an object"))) {
    if (value === undefined) continue;
    if (name === "" || name.includes("=")) throw invalid("env", "names without =", JSON.stringify(name));
    list.push(`${text(name, "env")}=${text(value, `env.${name}`)}`);
  }
  return joined(list);
}

function strings(list: readonly string[], option: string): string {
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    // The place is only spelt out when it is needed.
    if (typeof item !== "string" || item.includes("\0")) text(item, `${option}[${at}]`);
  }
  return joined(list);
}

function joined(list: readonly string[]): string {
  return list.length === 0 ? "" : `${list.join("\0")}\0`;
}

function path(value: string | undefined, option: string): string {
  if (value === undefined) return "";
  if (value === "") throw invalid(option, "a path", '""');
  return text(value, option);
}

function duration(value: number | undefined, option: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== "number" || !(value >= 0)) throw invalid(option, "milliseconds, 0 or more", shown(value));
  if (value <= LONGEST) return value;
  // An endless time is none at all for a bound.
  return option === "timeout" ? 0 : LONGEST;
}

function descriptors(fds: NonNullable<SpawnSpec["fds"]>): number[] {
  return Object.entries(table(fds, "fds", "descriptors by number")).flatMap(([theirs, ours]) => [
    descriptor(ours, `fds[${theirs}]`),
    childNumber(theirs, "fds"),
  ]);
}

function files(contents: NonNullable<SpawnSpec["files"]>, fds: SpawnSpec["fds"]): (number | Buffer)[] {
  return Object.entries(table(contents, "files", "bytes by number")).flatMap(([theirs, bytes]) => {
    if (!(bytes instanceof Uint8Array)) throw invalid(`files[${theirs}]`, "bytes", typeof bytes);
    if (fds !== undefined && Object.hasOwn(fds, theirs)) throw invalid("files", "numbers that `fds` has not", theirs);
    return [childNumber(theirs, "files"), asBuffer(bytes)];
  });
}

function childNumber(theirs: string, option: string): number {
  const number = Number(theirs);
  // Two spellings of one number ("3", "0x3") would promise it twice.
  if (Number.isInteger(number) && number >= 3 && number <= 1023 && String(number) === theirs) return number;
  throw invalid(option, "numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr)", theirs);
}
