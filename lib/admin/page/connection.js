import { announce } from "./dom.js";
import { askToken, dropToken, token } from "./token.js";

/** Follows the status: `onStatus` gets each snapshot, `onLost` why there are none for the moment. */
export function follow({ onStatus, onLost }) {
  const source = new EventSource(withToken("/api/status/stream"));
  source.addEventListener("message", ({ data }) => {
    onStatus(JSON.parse(data));
  });
  source.addEventListener("error", async () => {
    onLost("not connected");
    // The browser tries again by itself, unless it was refused.
    if (source.readyState !== EventSource.CLOSED) return;
    const refusal = await askWhy();
    if (refusal === 503) onLost("too many look");
    if (refusal !== 401) setTimeout(() => follow({ onStatus, onLost }), AGAIN);
    else if (await askToLook()) follow({ onStatus, onLost });
    else onLost("locked");
  });
}

/** Asks for the token, for another one where it was refused; somebody who has none is left in peace. */
async function askToLook() {
  const text = token() === null ? "" : "The token was refused.";
  dropToken();
  const agreed = await askToken({ title: "This status is not open to all", text, action: "Look" });
  if (!agreed) announce("Reload the page to be asked for the token again");
  return agreed;
}

/** Milliseconds. */
const AGAIN = 3000;

/** What became of one request; undefined when nothing is known of it. Throws, in words, when that can't be asked. */
export async function fetchTimeline(id) {
  const response = await fetch(`/api/requests/${encodeURIComponent(id)}`, { headers: authorization() }).catch(() => {
    throw new Error("The gateway can't be reached");
  });
  if (response.ok) return response.json();
  if (response.status === 404) return undefined;
  throw new Error(response.status === 401 ? "The token was refused" : `The gateway answered ${response.status}`);
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

/** The status that a stream is refused with, which the browser keeps to itself; undefined when nobody answers. */
async function askWhy() {
  try {
    return (await fetch("/api/status/stream", { method: "HEAD", headers: authorization() })).status;
  } catch {
    return undefined;
  }
}

function authorization() {
  return token() === null ? {} : { authorization: `Bearer ${token()}` };
}
