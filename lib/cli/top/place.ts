import { InvalidArgumentError } from "commander";
import { readAdminToken } from "../../compose/admin-token.ts";
import type { SecretOptions } from "../../compose/secrets.ts";
import { type AdminConfig, loadConfig } from "../../config/index.ts";
import { UrocketError } from "../../core/errors.ts";

/** Where the admin port of a gateway is, and what opens it. */
export interface AdminPlace {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string | undefined;
  /** Why there is no token; empty where there is one. */
  readonly tokenFault: string;
}

export interface PlaceOptions {
  /** Its address, perhaps with `?token=` in it; this or `config`. */
  readonly url?: URL | undefined;
  /** The configuration file that it runs with. */
  readonly config?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** Finds the admin port. Throws `config-invalid` for a configuration that does not tell, and for a token that can't be used. */
export function findPlace({ url, config, tokenFile }: PlaceOptions, secrets: SecretOptions): AdminPlace {
  const admin = url === undefined && config !== undefined ? adminOf(config) : undefined;
  const base = url === undefined ? urlOf(admin) : `${url.origin}${url.pathname}`;
  const place = { url: base.replace(/\/+$/, "") };
  if (tokenFile !== undefined) return { ...place, token: read({ file: tokenFile }, secrets), tokenFault: "" };
  const given = url?.searchParams.get("token") ?? undefined;
  if (given !== undefined) return { ...place, token: given, tokenFault: "" };
  const tokenFault = "name its file with --token-file, or give --url the whole address that the log tells";
  if (admin?.token === undefined) return { ...place, token: undefined, tokenFault };
  try {
    return { ...place, token: read(admin.token, secrets), tokenFault: "" };
  } catch (error) {
    if (!(error instanceof UrocketError)) throw error;
    // Whoever may not read it may look all the same, where only this machine reaches the port.
    return { ...place, token: undefined, tokenFault: error.message };
  }
}

/** The address of an admin port, as a command line has it. */
export function parseAdminUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new InvalidArgumentError("Expected an address such as http://127.0.0.1:9090.");
}

function adminOf(file: string): AdminConfig {
  const { admin } = loadConfig(file);
  if (admin !== undefined && admin.port !== 0) return admin;
  const got = admin === undefined ? "none" : "port 0, which is any";
  const expected = `expected \`admin\` with a port in ${file}, got ${got}`;
  throw new UrocketError("config-invalid", `${expected}: name the address of the admin port with --url`);
}

function urlOf(admin: AdminConfig | undefined): string {
  if (admin === undefined) return "";
  const host = ANY[admin.host] ?? admin.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${admin.port}`;
}

function read(token: AdminConfig["token"], secrets: SecretOptions): string | undefined {
  return readAdminToken({ token }, secrets);
}

/** What listens everywhere is reached here. */
const ANY: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
