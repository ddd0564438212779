import type { ServiceConfig } from "../config/index.ts";
import { groupId } from "../process/confinement.ts";
import type { HttpStage, ReplySocket } from "../stages/index.ts";
import type { Inherited } from "./activation.ts";

/**
 * Lets back and front listen, on the sockets that we were started with or else where the configuration says; resolves
 * with where the front does: a URL, or `unix:/path`. The back comes first: a process that answers must find it, from the
 * first request on.
 */
export async function listen(
  { front, back }: { readonly front: HttpStage; readonly back: ReplySocket },
  { host, port, tls, socketPath, socketMode: mode, socketGroup }: ServiceConfig,
  inherited: Inherited,
): Promise<string> {
  const group = socketGroup === undefined ? undefined : groupId(socketGroup, "socketgroup");
  if (inherited.back === undefined) await back.listen(socketPath, { mode, group });
  else back.adopt(inherited.back.fd);
  const scheme = tls === undefined ? "http" : "https";
  if (inherited.front === undefined) return url(scheme, host, await front.listen(host, port));
  const { fd, facts } = inherited.front;
  front.adopt(fd);
  return facts.family === "unix" ? `unix:${facts.address}` : url(scheme, facts.address, facts.port);
}

function url(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
