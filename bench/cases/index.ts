import type { Case } from "../case.ts";
import { concurrency } from "./concurrency.ts";
import { deadline } from "./deadline.ts";
import { endurance } from "./endurance.ts";
import { eventLoop } from "./event-loop.ts";
import { matching } from "./matching.ts";
import { memory } from "./memory.ts";
import { observe } from "./observe.ts";
import { payload } from "./payload.ts";
import { slow } from "./slow.ts";
import { socket } from "./socket.ts";
import { spawn } from "./spawn.ts";
import { stdout } from "./stdout.ts";
import { waiting } from "./waiting.ts";

/** All cases, in the order of the report: the process library, then the gateway. */
export const CASES: readonly Case[] = [
  ...[spawn, eventLoop, memory, deadline],
  ...[stdout, socket, observe, matching, waiting, payload, concurrency, slow, endurance],
];
