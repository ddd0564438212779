import { ConfigError, type Mistake, type OutwardSetting, type ServiceConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import { checkTls } from "../stages/tls.ts";
import { readAdminToken } from "./admin-token.ts";
import type { SecretOptions } from "./secrets.ts";

/**
 * Checks what front and admin port need from outside of a configuration. `file` names it in mistakes. Throws ConfigError
 * with all of them.
 */
export function checkOutward(
  file: string,
  { tls, admin, positions }: Pick<ServiceConfig, "tls" | "admin" | "positions">,
  options: SecretOptions,
): void {
  const mistakes: Mistake[] = [];
  const check = (setting: OutwardSetting, look: () => void): void => {
    try {
      look();
    } catch (error) {
      mistakes.push(outwardMistake(file, positions, setting, error));
    }
  };
  if (tls !== undefined) check("tls", () => checkTls(tls, options.warn));
  if (admin !== undefined) check("admin", () => readAdminToken(admin, options));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}

/** A mistake of the configuration at the place of the setting that led to it. Throws what is none. */
export function outwardMistake(
  file: string,
  positions: ServiceConfig["positions"],
  setting: OutwardSetting,
  error: unknown,
): Mistake {
  if (!(error instanceof UrocketError) || error.code !== "config-invalid") throw error;
  return { file, position: positions[setting] ?? { line: 1, column: 1 }, message: error.message };
}
