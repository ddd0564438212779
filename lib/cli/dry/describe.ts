import type { SpawnSpec } from "../../process/index.ts";
import { columns } from "../columns.ts";
import { durationText, sizeText } from "../figures.ts";
import { isShowable, shellWord } from "../shell-word.ts";
import type { Bytes, RunFacts } from "./run-facts.ts";

/** What would run, for people. Nothing is cut: this is the place to see everything. */
export function describeRun(facts: RunFacts): string {
  const { request, route, argv, env, cwd, program, stdin, files } = facts;
  const target = `${request.path}${request.query === "" ? "" : `?${request.query}`}`;
  const lines = [
    `${request.verb.toUpperCase()} ${target} runs ${route.verb} ${route.path} (${route.file}:${route.line})`,
    "",
    "command",
    ...columns(
      argv.map((word, index) => [`[${index}]`, isShowable(word) ? word : shellWord(word)]),
      "  ",
    ),
    "  as a shell would be given it:",
    `  ${argv.map(shellWord).join(" ")}`,
    "",
    "environment, all of it",
    ...env.map((entry) => `  ${variable(entry)}`),
    "",
    ...columns([
      ["program", program.fault ?? program.path ?? ""],
      ["directory", cwd ?? process.cwd()],
      ["input", stdin === undefined ? "nothing" : describeBytes(stdin)],
      ...Object.entries(files).map(([fd, bytes]) => [`file ${fd}`, `/dev/fd/${fd}: ${describeBytes(bytes)}`]),
      ["user", facts.group === undefined ? String(facts.user) : `${facts.user}, group ${facts.group}`],
      ...boundsOf(facts.bounds),
      ["answer", ANSWERS[facts.reply ?? "socket"] + (facts.reply === "socket" ? facts.socketPath : "")],
    ]),
    "",
    "Nothing was run. REQUEST_ID is another one for every request.",
  ];
  return `${lines.join("\n")}\n`;
}

const ANSWERS: Readonly<Record<NonNullable<RunFacts["reply"]>, string>> = {
  socket: "posted to ",
  stdout: "what it prints",
  cgi: "what it prints, header fields first",
  report: "a report of how it ended",
  accepted: "202 at once; the result is fetched later",
};

function variable(entry: string): string {
  const equals = entry.indexOf("=");
  return `${entry.slice(0, equals)}=${equals === entry.length - 1 ? "" : shellWord(entry.slice(equals + 1))}`;
}

/** The beginning is enough to recognise a payload by. */
const SHOWN = 200;

function describeBytes(data: Bytes): string {
  const content = "text" in data ? data.text : data.base64;
  const shown = shellWord(content.slice(0, SHOWN));
  const rest = content.length > SHOWN ? "..." : "";
  return `${sizeText(data.bytes)}${"text" in data ? "" : ", in base64"}: ${shown}${rest}`;
}

function boundsOf({ timeout = 0, grace = 0, killSignal, linger = 0, ...others }: RunFacts["bounds"]): string[][] {
  const { umask, nice, rlimits, cgroup, noNewPrivs } = others;
  const end = `${killSignal}, ${durationText(grace)} later SIGKILL`;
  return [
    ["timeout", timeout === 0 ? "none" : `${durationText(timeout)}, then ${end}`],
    ...(linger === 0 ? [] : [["linger", `what it leaves running has ${durationText(linger)}`]]),
    ...(umask === undefined ? [] : [["umask", umask.toString(8).padStart(4, "0")]]),
    ...(nice === undefined ? [] : [["nice", String(nice)]]),
    ...Object.entries(rlimits ?? {}).map(([name, bound]) => [`rlimit ${name}`, describeBound(bound)]),
    ...Object.entries(cgroup ?? {}).flatMap(([name, bound]) =>
      bound === undefined ? [] : [[`cgroup ${name}`, name === "memory" ? sizeText(bound) : String(bound)]],
    ),
    ...(noNewPrivs === true ? [["privileges", "no new ones"]] : []),
  ];
}

function describeBound(bound: NonNullable<SpawnSpec["rlimits"]>["as"]): string {
  return typeof bound === "object" ? `${bound.soft}, up to ${bound.hard}` : String(bound);
}
