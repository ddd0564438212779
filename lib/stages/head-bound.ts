/**
 * Loads the server library with a bound for what it keeps of a head that comes in pieces: it reads one when it is
 * loaded, from the environment, and never again. Twice the limit, so that most heads over the limit are still refused
 * in our words; the library's own 431 is bare HTML. Whoever set the variable already has had the last word.
 */
export function loadWithHeadBound<Library>(headLimit: number, load: () => Library): Library {
  if (process.env[VARIABLE] !== undefined) return load();
  process.env[VARIABLE] = String(2 * headLimit);
  try {
    return load();
  } finally {
    delete process.env[VARIABLE];
  }
}

const VARIABLE = "UWS_HTTP_MAX_HEADERS_SIZE";
