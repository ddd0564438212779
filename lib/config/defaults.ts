/** What a configuration means where it says nothing, in the spelling of the file. */
export const SERVICE_DEFAULTS = {
  servicename: "urocket",
  host: "127.0.0.1",
  port: 8080,
  socketpath: "/tmp/urocket.sock",
  // The socket lets anybody who can open it answer for a process: the owner only, unless told otherwise.
  socketmode: "0600",
  grace: 5000,
  limits: { body: "10MiB", reply: "10MiB" },
  log: { level: "info", format: "auto" },
} as const;

/** What a route means where neither it nor the `defaults` of the file say anything. */
export const ROUTE_DEFAULTS = {
  wd: ".",
  env: [],
  channel: "cmdline",
  encoding: "json",
  timeout: 1000,
  grace: 500,
  reply: "socket",
  onexit: "wait",
  onabort: "kill",
  replytimeout: 40_000,
  logstdout: false,
} as const;
