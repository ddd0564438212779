import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { events } from "../../core/events.ts";
import type { ProcessExitedEvent } from "../exit-facts.ts";
import { listen } from "../listen.ts";
import { SECONDS } from "./buckets.ts";
import { remembered } from "./remembered.ts";

/** Counts processes by how they started, ran and ended; returns the function that stops it. */
export function countProcesses(registry: Registry): () => void {
  const registers = [registry];
  const counter = (name: string, help: string, ...more: string[]) =>
    new Counter({ name, help, labelNames: ["route", ...more], registers });
  const seconds = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ["route"], buckets: SECONDS, registers });
  const spawns = counter("urocket_process_spawns_total", "Processes that were started.");
  const failures = counter("urocket_process_spawn_failures_total", "Processes that could not be started.", "errno");
  const exits = counter("urocket_process_exits_total", "Processes by how they ended.", "how");
  const timeouts = counter("urocket_process_timeouts_total", "Processes that ran into their deadline.");
  const kills = counter("urocket_process_kills_total", "Processes that were ended early, by reason.", "reason");
  const cpu = counter("urocket_process_cpu_seconds_total", "CPU time of ended processes.", "mode");
  const spawnTimes = seconds("urocket_process_spawn_seconds", "From the start of a process until it executed.");
  const runTimes = seconds("urocket_process_run_seconds", "From the execution of a process to its end.");
  const memory = new Gauge({
    name: "urocket_process_max_rss_bytes",
    help: "Largest memory of a process so far, of those whose own figure is known.",
    labelNames: ["route"],
    registers,
  });
  const byRoute = remembered((route: string) => ({
    spawns: spawns.labels(route),
    timeouts: timeouts.labels(route),
    user: cpu.labels(route, "user"),
    system: cpu.labels(route, "system"),
    spawn: spawnTimes.labels(route),
    run: runTimes.labels(route),
    exits: remembered((how: string) => exits.labels(route, how)),
    failures: remembered((errno: string) => failures.labels(route, errno)),
    kills: remembered((reason: string) => kills.labels(route, reason)),
    memory: memory.labels(route),
    maxrss: 0,
  }));
  return listen<ProcessExitedEvent>(events.exited, ({ route, record }) => {
    const { how, errno, reason, usage, spawn, run } = record;
    const handles = byRoute(route);
    handles.exits(how).inc();
    if (how === "spawn-error") {
      handles.failures(errno ?? "unknown").inc();
      return;
    }
    handles.spawns.inc();
    handles.user.inc(usage.utime / 1000);
    handles.system.inc(usage.stime / 1000);
    handles.spawn.observe(spawn / 1000);
    handles.run.observe(run / 1000);
    if (how === "timeout") handles.timeouts.inc();
    if (how === "killed") handles.kills(reason ?? "unknown").inc();
    if (usage.maxrssExact && usage.maxrss > handles.maxrss) {
      handles.maxrss = usage.maxrss;
      handles.memory.set(usage.maxrss);
    }
  });
}
