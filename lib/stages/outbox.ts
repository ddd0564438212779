/** A reply that is ready to be written. */
export interface Outgoing {
  /** Writes it. Must not throw. */
  send(): void;
}

const waiting: Outgoing[] = [];

/**
 * Writes a reply once the running handler is left, together with all others that wait. uWebSockets has one cork for all
 * connections, and while a handler runs its own connection holds it: what is written to another one then goes out in a
 * system call for each header and word. An answer posted on the socket would pay that for its caller's whole reply
 * (bench: whole path).
 */
export function sendLater(reply: Outgoing): void {
  if (waiting.push(reply) === 1) setImmediate(flush);
}

function flush(): void {
  for (const reply of waiting.splice(0)) reply.send();
}
