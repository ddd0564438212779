const DURATIONS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Milliseconds of `1500`, `"1500"`, `"1.5s"`, `"2m"`, `"1h"`; undefined when it is none of these or negative. */
export function parseDuration(value: unknown): number | undefined {
  return parseQuantity(value, DURATIONS, "ms");
}

/** Bytes of `65536`, `"64KiB"`, `"1.5 MB"`; undefined when it is none of these or negative. */
export function parseSize(value: unknown): number | undefined {
  const size = parseQuantity(value, SIZES, "B");
  return size === undefined ? undefined : Math.round(size);
}

function parseQuantity(value: unknown, units: Readonly<Record<string, number>>, bare: string): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== "string") return undefined;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(value);
  if (match === null) return undefined;
  const [, digits = "", unit = ""] = match;
  const factor = Object.hasOwn(units, unit || bare) ? units[unit || bare] : undefined;
  const amount = factor === undefined ? Number.NaN : Number(digits) * factor;
  return Number.isFinite(amount) ? amount : undefined;
}
