import { availableParallelism } from "node:os";
import { type ApiSource, describeRoutes } from "../admin/index.ts";
import { checkOutward } from "../compose/outward.ts";
import { buildRoutes } from "../compose/routes.ts";
import { readSurroundings, type SurroundingsOptions } from "../compose/surroundings.ts";
import type { ServiceConfig } from "../config/index.ts";
import { Gateway, type Route } from "../gateway/index.ts";
import type { OpenApiDocument } from "../openapi/index.ts";
import { Supervisor } from "../process/index.ts";
import { HttpStage, ReplySocket } from "../stages/index.ts";
import type { Inherited } from "./activation.ts";
import { type Admin, openAdmin } from "./admin.ts";
import { listen } from "./listen.ts";

/** A gateway at work. */
export interface Service {
  /** Where the front listens; `unix:/path` for an inherited unix socket. */
  readonly url: string;
  /** Where operators look; undefined when they are not to. */
  readonly adminUrl: string | undefined;
  /** How long running requests may go on after the end was asked for, in milliseconds: as last configured. */
  grace(): number;
  /**
   * Puts another configuration in force for the messages that come from now on, but for what only a restart changes.
   * Rejects with ConfigError and leaves everything as it was.
   */
  reconfigure(config: ServiceConfig): Promise<void>;
  /**
   * Takes no new connection, lets what runs end within the configured grace, answers 503 to the rest and kills it.
   * Resolves when every reply is out, every process reaped and the socket file gone.
   */
  stop(): Promise<void>;
  /** Removes the socket file at once, for an exit that can't wait. */
  removeSocket(): void;
}

export interface ServiceOptions extends SurroundingsOptions {
  /** Sockets to take over instead of listening. */
  readonly inherited: Inherited;
  /** Log lines that nobody read in time. */
  readonly droppedLines: () => number;
}

/** What is made of a configuration. */
interface Built {
  readonly routes: Route[];
  /** The OpenAPI document, if there is one. */
  readonly api: OpenApiDocument | undefined;
}

/** Wires everything that the configuration asks for and starts to listen. On failure nothing is left running. */
export async function startService(config: ServiceConfig, options: ServiceOptions): Promise<Service> {
  const { socketPath, cgroupParent } = config;
  const build = async (current: ServiceConfig): Promise<Built> => {
    const surroundings = await readSurroundings(current, options);
    const bounds = { socketPath, answerLimit: current.limits.reply };
    return { routes: buildRoutes(current.file, bounds, current.routes, surroundings), api: surroundings.api };
  };
  // Those who use them tell what is only to be warned of.
  checkOutward(config.file, config, { own: options.own, warn: () => {} });
  const built = await build(config);
  // Whoever waits for an answer waits for a process: more of them at once are worth more than a prompt event loop.
  const concurrentStarts = Math.min(256, 8 * availableParallelism());
  const supervisor = new Supervisor({ subreaper: true, cgroupParent, concurrentStarts });
  try {
    const gateway = new Gateway({ routes: built.routes, starter: supervisor, limits: config.limits });
    return await open(config, options, supervisor, gateway, built, build);
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}

async function open(
  config: ServiceConfig,
  { inherited, own, warn, droppedLines }: ServiceOptions,
  supervisor: Supervisor,
  gateway: Gateway,
  built: Built,
  build: (config: ServiceConfig) => Promise<Built>,
): Promise<Service> {
  const { limits, tls } = config;
  const headLimit = limits.headers;
  const front = new HttpStage({ gateway, bodyLimit: limits.body, headLimit, tls, warn });
  const back = new ReplySocket({ gateway, answerLimit: limits.reply, headLimit });
  let { grace } = config;
  let admin: Admin | undefined;
  let current = { config, api: built.api };
  let url = "";
  const api: ApiSource = {
    document: () => current.api?.raw ?? describeRoutes(current.config.serviceName, current.config.routes, url),
    front: () => url,
  };
  const reconfigure = async (next: ServiceConfig): Promise<void> => {
    const { routes, api } = await build(next);
    if (next.admin !== undefined) admin?.reconfigure(next.admin);
    gateway.use(routes, next.limits);
    current = { config: next, api };
    front.limitBody(next.limits.body);
    back.limitAnswer(next.limits.reply);
    grace = next.grace;
  };
  const stop = async (): Promise<void> => {
    front.drain();
    await gateway.close({ grace });
    await front.close(PATIENCE);
    await supervisor.close();
    await back.close(PATIENCE);
    // Last, so that it shows what still runs.
    await admin?.close();
  };
  try {
    if (config.admin !== undefined)
      admin = await openAdmin(config.admin, { gateway, supervisor, droppedLines, api, own, warn });
    url = await listen({ front, back }, config, inherited);
    return { url, adminUrl: admin?.url, grace: () => grace, reconfigure, stop, removeSocket: () => back.removeFile() };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How long the last replies may take to leave, in milliseconds: a peer that reads slower is cut off. */
const PATIENCE = 2000;
