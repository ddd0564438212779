import { constants } from "node:os";
import { isatty } from "node:tty";

export interface SignalOptions {
  /** SIGHUP, as service managers send it: the configuration has changed. */
  readonly onReload: () => void;
  /** An exception that nobody caught; the process exits with 1 right after. */
  readonly onFault: (error: unknown) => void;
  /** The process is about to exit, for whatever reason. Synchronous. */
  readonly onExit: () => void;
}

export interface Signals {
  /** The first SIGTERM or SIGINT, or SIGHUP of a closed terminal. */
  readonly first: Promise<NodeJS.Signals>;
  /** Gives the signals back to their default. */
  remove(): void;
}

/**
 * Takes over SIGTERM and SIGINT: the first asks for an orderly end, the second exits at once with 128 + its number.
 * SIGHUP asks for a reload; from a terminal that was closed it is one more way to ask for the end. SIGUSR1 does nothing:
 * node would open its debugger for everybody on this machine.
 */
export function installSignals({ onReload, onFault, onExit }: SignalOptions): Signals {
  let resolveFirst: (signal: NodeJS.Signals) => void;
  const first = new Promise<NodeJS.Signals>((resolve) => {
    resolveFirst = resolve;
  });
  let seen = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (seen) process.exit(128 + constants.signals[signal]);
    seen = true;
    resolveFirst(signal);
  };
  const terminals = TERMINALS.filter((fd) => isatty(fd));
  let hungUp = false;
  const onHangUp = (): void => {
    // The kernel tells of a closed terminal, and the shell often does, too: that is one wish for the end, not two.
    if (hungUp) return;
    // A terminal that is gone is none any more.
    if (terminals.every((fd) => isatty(fd))) {
      onReload();
      return;
    }
    hungUp = true;
    // At its exit node puts the terminal back in order, and aborts when it can't: end as if nobody had caught the signal.
    process.once("exit", () => {
      process.removeAllListeners("SIGHUP");
      process.kill(process.pid, "SIGHUP");
    });
    onSignal("SIGHUP");
  };
  const onUncaught = (error: unknown): void => {
    onFault(error);
    process.exit(1);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  process.on("SIGHUP", onHangUp);
  process.on("SIGUSR1", doNothing);
  process.on("uncaughtException", onUncaught);
  process.once("exit", onExit);
  return {
    first,
    remove: () => {
      process.off("SIGTERM", onSignal);
      process.off("SIGINT", onSignal);
      process.off("SIGHUP", onHangUp);
      process.off("SIGUSR1", doNothing);
      process.off("uncaughtException", onUncaught);
      process.off("exit", onExit);
    },
  };
}

function doNothing(): void {}

/** Standard input, output and error. */
const TERMINALS = [0, 1, 2] as const;
