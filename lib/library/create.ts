import { planService } from "../compose/plan.ts";
import { Gateway } from "../gateway/index.ts";
import { type ProcessStarter, Supervisor } from "../process/index.ts";
import { type InProcessRequest, type InProcessResponse, InProcessStage } from "../stages/in-process.ts";
import { type AnswerSocket, needsSocket, openSocket, planSocket } from "./answer-socket.ts";
import { configurationOf } from "./configuration.ts";
import type { LibraryOptions } from "./options.ts";

/** A gateway inside of this program: no HTTP in front of it. */
export interface LibraryGateway extends AsyncDisposable {
  /** Where processes post their answers; undefined when no route needs it. */
  readonly socketPath: string | undefined;
  /** How many callers wait, how many processes run, how many messages wait for a slot. */
  figures(): { readonly waiting: number; readonly running: number; readonly queued: number };
  /**
   * Runs the route of a request; resolves with its one response, whatever its status. Rejects with the reason of `signal`
   * once that is aborted, as if a caller had hung up, and with `bad-request` for what is no request.
   */
  request(
    request: InProcessRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<InProcessResponse>;
  /**
   * Refuses what comes from now on with 503, lets what runs go on for at most `grace` milliseconds (default 0), then ends
   * it. Resolves when every request has its response, every process has ended and nothing is left behind.
   */
  close(options?: { readonly grace?: number | undefined }): Promise<void>;
}

/**
 * Opens a gateway for this program: the routes of a configuration, called like a function. Rejects with `config-invalid`
 * for options that can't be used, and with what keeps the socket from being listened on.
 *
 * @example
 * await using gateway = await createGateway({
 *   routes: [{ path: "/sum", verb: "post", cmd: "md5sum", channel: "stdin", reply: "stdout" }],
 * });
 * const { status, body } = await gateway.request({ verb: "post", path: "/sum", body: "hello" });
 */
export async function createGateway(options: LibraryOptions): Promise<LibraryGateway> {
  const { config, explain, retell } = configurationOf(options);
  const { warn = process.emitWarning } = options;
  const { routes: configs, limits } = config;
  const place = planSocket(options.socketPath === undefined ? undefined : config.socketPath, needsSocket(configs));
  const { starter, end } = starterOf(options);
  try {
    const planned = { ...config, socketPath: place?.path ?? "" };
    const routes = await planService(config.file, planned, (warning) => warn(retell(warning)));
    const gateway = new Gateway({ routes, starter, limits });
    const socket = place && (await openSocket(place, config, gateway));
    return new Library(gateway, limits.body, end, socket);
  } catch (error) {
    await end();
    place?.remove();
    throw explain(error);
  }
}

/** The supervisor, and what ends it: one that was given is not ours to close. */
function starterOf({ supervisor }: LibraryOptions): { starter: ProcessStarter; end: () => Promise<void> } {
  if (supervisor !== undefined) return { starter: supervisor, end: async () => {} };
  const own = new Supervisor();
  return { starter: own, end: () => own.close() };
}

class Library implements LibraryGateway {
  readonly socketPath: string | undefined;
  readonly #gateway: Gateway;
  readonly #stage: InProcessStage;
  readonly #endProcesses: () => Promise<void>;
  readonly #socket: AnswerSocket | undefined;
  #closed: Promise<void> | undefined;

  constructor(
    gateway: Gateway,
    bodyLimit: number,
    endProcesses: () => Promise<void>,
    socket: AnswerSocket | undefined,
  ) {
    this.#gateway = gateway;
    this.#stage = new InProcessStage({ gateway, bodyLimit });
    this.#endProcesses = endProcesses;
    this.#socket = socket;
    this.socketPath = socket?.path;
  }

  figures(): ReturnType<LibraryGateway["figures"]> {
    const { size: waiting, running, queued } = this.#gateway;
    return { waiting, running, queued };
  }

  request(
    request: InProcessRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<InProcessResponse> {
    return this.#stage.request(request, options);
  }

  close({ grace = 0 }: { readonly grace?: number | undefined } = {}): Promise<void> {
    if (typeof grace !== "number" || !(grace >= 0)) {
      throw new TypeError(`expected \`grace\` to be milliseconds, 0 or more, got ${grace}`);
    }
    this.#closed ??= this.#close(grace);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(grace: number): Promise<void> {
    await this.#gateway.close({ grace });
    await this.#endProcesses();
    await this.#socket?.close();
  }
}
