import { resolve } from "node:path";
import { API_KEY_DEFAULTS, HMAC_DEFAULTS } from "./defaults.ts";
import type { Scope } from "./scope.ts";
import type { Setting } from "./settings.ts";
import { toHeaderName } from "./texts.ts";
import { type DataMap, isDataMap } from "./tree.ts";
import type { AuthConfig, SecretSource } from "./types.ts";

/** How callers prove who they are; undefined when they need not. Notes what does not belong to the type, and what it lacks. */
export function buildAuth(setting: Setting | undefined, scope: Scope): AuthConfig | undefined {
  if (!isDataMap(setting?.value)) return undefined;
  const given = setting.value;
  const keys = KEYS[given.type as AuthConfig["type"]];
  // A type that is none has been noted by the schema.
  if (keys === undefined) return undefined;
  checkKeys(given, keys, setting, scope);
  const secret = secretOf(given, setting, scope);
  if (secret === undefined) return undefined;
  switch (given.type as AuthConfig["type"]) {
    case "bearer":
      return { type: "bearer", secret };
    case "basic":
      return { type: "basic", user: given.user as string, secret };
    case "apikey":
      return { type: "apikey", header: toHeaderName(given.header ?? API_KEY_DEFAULTS.header) as string, secret };
    case "hmac": {
      const { algorithm, prefix } = { ...HMAC_DEFAULTS, ...given } as Hmac;
      const header = toHeaderName(given.header ?? HMAC_DEFAULTS.header) as string;
      return { type: "hmac", header, algorithm, prefix, secret };
    }
  }
}

type Hmac = Extract<AuthConfig, { type: "hmac" }>;

/** The keys of each type, beside its secret. */
const KEYS: Readonly<Record<AuthConfig["type"], readonly string[]>> = {
  bearer: [],
  basic: ["user"],
  apikey: ["header"],
  hmac: ["header", "algorithm", "prefix"],
};

function checkKeys(given: DataMap, keys: readonly string[], { place }: Setting, { places, mistakes }: Scope): void {
  for (const key of new Set(Object.values(KEYS).flat())) {
    const entry = places.get(given, key);
    if (entry === undefined || keys.includes(key)) continue;
    const types = Object.entries(KEYS).flatMap(([type, known]) => (known.includes(key) ? type : []));
    const expected = `expected \`${entry.name}\` with type ${types.join(" or ")} only`;
    mistakes.add(entry.key, `${expected}, got it with ${given.type}`);
  }
  if (keys.includes("user") && given.user === undefined) {
    mistakes.add(place.key, `expected \`${place.name}\` of type basic to have \`user\`, got none`);
  }
}

function secretOf(given: DataMap, { place }: Setting, { folder, mistakes }: Scope): SecretSource | undefined {
  const { secretfile: file, secretenv: env } = given;
  if ((file === undefined) === (env === undefined)) {
    const got = file === undefined ? "none" : "both";
    mistakes.add(place.key, `expected \`${place.name}\` to have \`secretfile\` or \`secretenv\`, got ${got}`);
    return undefined;
  }
  return file === undefined ? { env: String(env) } : { file: resolve(folder, String(file)) };
}
