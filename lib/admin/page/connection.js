import { askToken, token } from "./token.js";

/** Follows the status: `onStatus` gets each snapshot, `onState` whether there is a connection. */
export function follow({ onStatus, onState }) {
  const source = new EventSource(withToken("/api/status/stream"));
  source.addEventListener("message", ({ data }) => {
    onState("live");
    onStatus(JSON.parse(data));
  });
  source.addEventListener("error", async () => {
    onState("not connected");
    // The browser tries again by itself, unless it was refused.
    if (source.readyState !== EventSource.CLOSED) return;
    const refused = await isRefused();
    if (refused) await askToken({ title: "This status is not open to all", text: "", action: "Look" });
    setTimeout(() => follow({ onStatus, onState }), refused ? 0 : AGAIN);
  });
}

/** Milliseconds. */
const AGAIN = 3000;

/** What became of one request; undefined when nothing is known of it. */
export async function fetchTimeline(id) {
  const response = await fetch(`/api/requests/${encodeURIComponent(id)}`, { headers: authorization() });
  return response.ok ? response.json() : undefined;
}

/** Asks for the end of a process; resolves with the status of the answer. */
export async function postKill(id) {
  const options = { method: "POST", headers: authorization() };
  const { status } = await fetch(`/api/requests/${encodeURIComponent(id)}/kill`, options);
  return status;
}

/** A path of this port for those who can't send a header. */
export function withToken(path) {
  return token() === null ? path : `${path}?${new URLSearchParams({ token: token() })}`;
}

async function isRefused() {
  try {
    return (await fetch("/api/status", { headers: authorization() })).status === 401;
  } catch {
    return false;
  }
}

function authorization() {
  return token() === null ? {} : { authorization: `Bearer ${token()}` };
}
