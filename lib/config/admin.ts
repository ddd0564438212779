import { resolve } from "node:path";
import { isLoopback } from "../core/loopback.ts";
import { toPort } from "./amounts.ts";
import { SERVICE_DEFAULTS } from "./defaults.ts";
import type { Scope } from "./scope.ts";
import { type DataMap, isDataMap } from "./tree.ts";
import type { AdminConfig, SecretSource } from "./types.ts";

/** The port for operators; undefined when none is asked for. Notes one that others can reach and nothing protects. */
export function buildAdmin(
  top: DataMap,
  scope: Pick<Scope, "folder" | "places" | "mistakes">,
): AdminConfig | undefined {
  const given = top.admin;
  if (!isDataMap(given)) return undefined;
  const { places, mistakes } = scope;
  const { host, port, names } = { ...SERVICE_DEFAULTS.admin, ...given } as DataMap;
  const token = tokenOf(given, scope);
  if (given.tokenfile !== undefined && given.tokenenv !== undefined) {
    const offset = places.get(given, "tokenenv")?.key ?? 0;
    mistakes.add(offset, "expected `admin` to have `tokenfile` or `tokenenv`, got both");
  }
  if (given.tokenenv !== undefined && Array.isArray(top.passenv) && top.passenv.includes(given.tokenenv)) {
    const offset = places.get(top, "passenv")?.value ?? 0;
    mistakes.add(
      offset,
      `expected \`passenv\` without ${given.tokenenv}, which holds the token of \`admin\`, got it there`,
    );
  }
  if (token === undefined && !isLoopback(String(host))) {
    const offset = places.get(given, "host")?.value ?? 0;
    mistakes.add(
      offset,
      `expected \`admin\` to have \`tokenfile\` or \`tokenenv\` on an address that others can reach, got none with ${host}`,
    );
  }
  return { host: String(host), port: toPort(port) as number, names: names as readonly string[], token };
}

function tokenOf({ tokenfile, tokenenv }: DataMap, { folder }: Pick<Scope, "folder">): SecretSource | undefined {
  if (tokenfile !== undefined) return { file: resolve(folder, String(tokenfile)) };
  return tokenenv === undefined ? undefined : { env: String(tokenenv) };
}
