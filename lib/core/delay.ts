/** Longest delay that setTimeout takes, in milliseconds. */
export const LONGEST_DELAY = 2 ** 31 - 1;
