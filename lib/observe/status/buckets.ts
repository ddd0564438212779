/** How many buckets there are: they grow by a tenth each, from 50 µs to a quarter of an hour. */
export const BUCKETS = 176;

/** The bucket of a time in milliseconds; whatever is shorter or longer is in the first or the last. */
export function bucketOf(time: number): number {
  const bucket = Math.ceil(Math.log(time / SHORTEST) / STEP);
  // Minus infinity for a time of none.
  return bucket > 0 ? Math.min(bucket, BUCKETS - 1) : 0;
}

/** The time in milliseconds below which `share` of the counted times are, to some 5 %; null where none was counted. */
export function percentile(counts: Uint32Array, share: number): number | null {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return null;
  let left = Math.ceil(total * share);
  const bucket = counts.findIndex((count) => {
    left -= count;
    return left <= 0;
  });
  return SHORTEST * Math.exp(STEP * (bucket - 0.5));
}

/** Milliseconds. */
const SHORTEST = 0.05;

const STEP = Math.log(1.1);
