import { ConfigError, type ServiceConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import type { Log } from "../observe/index.ts";
import type { Notifier } from "./notify.ts";
import { needRestart } from "./restart.ts";

export interface ReloadOptions {
  /** What we started with. */
  readonly started: ServiceConfig;
  /** Reads the configuration again. */
  readonly load: () => ServiceConfig;
  /** Puts it in force whole; throws and leaves everything as it was when that can't be. */
  readonly apply: (config: ServiceConfig) => void | Promise<void>;
  readonly logger: Pick<Log["logger"], "info" | "warn" | "error">;
  readonly notifier: Pick<Notifier, "ready" | "reloading">;
}

/**
 * A function that reads the configuration again and puts it in force. One that can't be used is refused with its
 * mistakes in the log, and the old one stays. Asked during a reload it reloads once more after it, for the file may
 * have changed since it was read; the promise is for all of that, and never rejected.
 */
export function createReload(options: ReloadOptions): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const work = async (): Promise<void> => {
    do {
      again = false;
      await reload(options);
    } while (again);
    running = undefined;
  };
  return () => {
    again = running !== undefined;
    running ??= work();
    return running;
  };
}

async function reload({ started, load, apply, logger, notifier }: ReloadOptions): Promise<void> {
  notifier.reloading();
  let status = "configuration reloaded";
  try {
    const config = load();
    await apply(config);
    logger.info({ routes: config.routes.length }, "the configuration was read again and is in force");
    for (const setting of needRestart(started, config)) {
      logger.warn({ setting }, `expected \`${setting}\` as it was at the start, got another: it needs a restart`);
    }
  } catch (error) {
    for (const line of explain(error)) logger.error(...line);
    logger.error("the configuration was read again and refused: the old one stays in force");
    status = "configuration refused, the old one is in force";
  }
  notifier.ready(status);
}

/** A mistake is a line of its own; what nobody expected keeps its stack. */
function explain(error: unknown): [fields: object, message: string][] {
  if (error instanceof ConfigError) return error.message.split("\n").map((line) => [{ code: error.code }, line]);
  if (error instanceof UrocketError) return [[{ code: error.code }, error.message]];
  return [[{ err: error }, "a fault in urocket itself: please report it"]];
}
