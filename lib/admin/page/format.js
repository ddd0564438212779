/** Milliseconds, as short as they can be read. */
export function duration(ms) {
  if (ms === null) return "–";
  if (ms === 0) return "0 ms";
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  return longDuration(ms);
}

/** A round number of milliseconds, for an axis. */
export function shortDuration(ms) {
  if (ms < 1) return `${ms * 1000} µs`;
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}

/** From seconds to days. */
export function longDuration(ms) {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${seconds} s`;
  if (hours === 0) return `${minutes} min ${seconds % 60} s`;
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** Bytes. */
export function bytes(amount) {
  if (amount === null) return "–";
  if (amount < 1024) return `${amount} B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = amount / 1024;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`;
}

/** So many a second, on average. */
export function rate(value) {
  if (value === 0 || value >= 10) return count(Math.round(value));
  return value.toFixed(value < 1 ? 2 : 1);
}

/** A whole number, its thousands apart. */
export function count(value) {
  return value.toLocaleString("en");
}

/** A share of one. */
export function percent(share) {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}

/** The time of day. */
export function clock(at) {
  return new Date(at).toLocaleTimeString("en-GB");
}

/** A message by its route, or by its path where it found none. */
export function title({ verb, route, path }) {
  return `${verb.toUpperCase()} ${route ?? path ?? "without a route"}`;
}

/** The beginning of a request id, which is enough to tell two apart. */
export function shortId(id) {
  return id.slice(0, 8);
}
