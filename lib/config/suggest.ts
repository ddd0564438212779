/** The name among `known` that `given` is most likely a slip of; undefined when none is near. */
export function suggest(given: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  // A slip in every third letter, at most: `prt` is `port`, while `foo` is nothing.
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(given, name);
    if (distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}

/** A letter is left out more often than mistaken for another: `pst` is rather `post` than `put`. */
const REPLACED = 1.1;

/** How many letters must be added, dropped, replaced or swapped with their neighbour to turn one word into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + (same ? 0 : REPLACED));
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, at(before, j - 2) + 1);
      }
      row.push(least);
    }
    before = above;
    above = row;
  }
  return at(above, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
