/** Milliseconds for people: `500 ms`, `1.5 s`, `2 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const [unit, factor] = [...LONG].reverse().find(([, each]) => ms % each === 0 && ms >= each) ?? ["s", 1000];
  return `${Number((ms / factor).toFixed(3))} ${unit}`;
}

/** Bytes for people: `100 bytes`, `64 KiB`, `1.5 MiB`. */
export function sizeText(bytes: number): string {
  const [unit, factor] = SIZES.find(([, each]) => bytes >= each) ?? ["bytes", 1];
  return `${Number((bytes / factor).toFixed(1))} ${unit}`;
}

const LONG: readonly (readonly [unit: string, factor: number])[] = [
  ["s", 1000],
  ["min", 60_000],
  ["h", 3_600_000],
];

const SIZES: readonly (readonly [unit: string, factor: number])[] = [
  ["GiB", 1024 ** 3],
  ["MiB", 1024 ** 2],
  ["KiB", 1024],
];
