import { loadConfig, type ServiceConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import { type Log, type LogLevel, openLog, openTraces } from "../observe/index.ts";
import { describeSocket, sendDatagram } from "../process/sockets.ts";
import { inheritedSockets } from "./activation.ts";
import { announce } from "./announce.ts";
import { tellFailure } from "./failure.ts";
import { openNotifier } from "./notify.ts";
import { createReload } from "./reload.ts";
import { type Service, startService } from "./service.ts";
import { installSignals } from "./signals.ts";

/**
 * Runs the gateway of a configuration file until a signal ends it; resolves with the exit code. Mistakes in the file
 * and failures to start are told on standard error, one line each.
 */
export async function run(file: string): Promise<number> {
  let log: Log | undefined;
  try {
    const config = loadConfig(file);
    log = openLog(config.log);
    return await serve(file, config, log);
  } catch (error) {
    if (!(error instanceof UrocketError)) throw error;
    return await tellFailure(error, false);
  } finally {
    await log?.close();
  }
}

async function serve(file: string, config: ServiceConfig, log: Log): Promise<number> {
  const { logger } = log;
  const { env: own, pid } = process;
  const warn = (message: string): void => logger.warn(message);
  const notifier = openNotifier({ own, pid, send: sendDatagram, warn });
  let service: Service | undefined;
  let reload: (() => void) | undefined;
  let hungUp = false;
  // Before the start, so that a signal during it finds somebody who removes the socket file.
  const signals = installSignals({
    onReload: () => {
      hungUp = true;
      reload?.();
    },
    onFault: (error) => logger.fatal({ err: error }, "a fault in urocket itself: it ends"),
    // The exit may come at any moment and does not wait: what must not stay behind goes here.
    onExit: () => {
      service?.removeSocket();
      log.closeSync();
    },
  });
  const traces = openTraces();
  try {
    const inherited = inheritedSockets({ own, pid, socketPath: config.socketPath, describe: describeSocket });
    log.heed(levelsOf(config));
    const started = await startService(config, { own, inherited, warn, droppedLines: log.dropped });
    service = started;
    announce(config, started, log);
    notifier.ready(`listens on ${started.url}`);
    const apply = async (next: ServiceConfig): Promise<void> => {
      await started.reconfigure(next);
      log.heed(levelsOf(next));
    };
    reload = createReload({ started: config, load: () => loadConfig(file), apply, logger, notifier });
    // The file may have changed since it was read.
    if (hungUp) reload();
    const signal = await signals.first;
    reload = undefined;
    logger.info({ signal, grace_ms: started.grace() }, `${signal}: no new requests, those that run may end`);
    notifier.stopping(`${signal}: ends what runs`, started.grace() + STOP_MARGIN);
    await started.stop();
    logger.info("stopped");
    return 0;
  } finally {
    await traces?.close();
    notifier.close();
    signals.remove();
  }
}

function levelsOf({ routes }: ServiceConfig): (LogLevel | undefined)[] {
  return routes.map(({ logLevel }) => logLevel);
}

/** What the end may take beyond the grace, in milliseconds: to kill what runs on, and to send the last replies. */
const STOP_MARGIN = 10_000;
