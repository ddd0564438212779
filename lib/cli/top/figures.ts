/** A time in few characters: `-`, `1.2ms`, `340ms`, `12.5s`, `3m05s`, `2h05m`, `4d02h`. */
export function timeText(ms: number | null): string {
  if (ms === null) return "-";
  if (ms < 10) return `${Number(ms.toFixed(1))}ms`;
  if (ms < 999.5) return `${Math.round(ms)}ms`;
  const seconds = Math.max(1, ms / 1000);
  if (seconds < 60) return `${Math.floor(seconds * 10) / 10}s`;
  const whole = Math.floor(seconds);
  if (whole < 3600) return pair(whole, 60, "m", "s");
  if (whole < 86_400) return pair(Math.floor(whole / 60), 60, "h", "m");
  return pair(Math.floor(whole / 3600), 24, "d", "h");
}

/** Bytes in few characters: `-`, `512B`, `1.5M`. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) return "-";
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${Number(amount.toFixed(amount < 10 ? 1 : 0))}${UNITS[power]}`;
}

/** A rate: `0`, `0.25`, `12.5`, `1240`. */
export function rateText(rate: number): string {
  return String(Number(rate.toFixed(rate < 1 ? 2 : rate < 100 ? 1 : 0)));
}

const UNITS = ["B", "K", "M", "G", "T"] as const;

function pair(amount: number, factor: number, large: string, small: string): string {
  return `${Math.floor(amount / factor)}${large}${String(amount % factor).padStart(2, "0")}${small}`;
}
