/** A request that is made again and again, and what its answer is known by. */
export interface Exchange {
  readonly verb: "GET" | "POST";
  readonly path: string;
  /** Sent as application/json. */
  readonly body?: string | undefined;
  /** What the answer contains. */
  readonly expected: string;
}

/** Whether a server answers with 200 and what is expected. False where nobody listens yet. */
export async function answers(base: string, exchange: Exchange): Promise<boolean> {
  try {
    return (await ask(base, exchange)) === undefined;
  } catch {
    // No connection.
    return false;
  }
}

/** Makes a request once. Undefined, or what the answer is instead of what was expected. */
export async function ask(base: string, { verb, path, body, expected }: Exchange): Promise<string | undefined> {
  const init = body === undefined ? {} : { body, headers: { "content-type": "application/json" } };
  const response = await fetch(base + path, { method: verb, ...init });
  const text = await response.text();
  if (response.status === 200 && text.includes(expected)) return undefined;
  return `${response.status} ${text.slice(0, 500)}`;
}
