import type { Case } from "../case.ts";
import { deadline } from "./deadline.ts";
import { eventLoop } from "./event-loop.ts";
import { gateway } from "./gateway.ts";
import { memory } from "./memory.ts";
import { spawn } from "./spawn.ts";

/** All cases, in the order of the report. */
export const CASES: readonly Case[] = [spawn, eventLoop, memory, deadline, gateway];
