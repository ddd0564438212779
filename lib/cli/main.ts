#!/usr/bin/env node
import { main } from "./program.ts";

// Not exitCode: a thread of the supervisor or a connection that lingers must not keep a process that has ended its work.
process.exit(await main(process.argv));
