/** What a configuration means where it says nothing, in the spelling of the file; `capacity.ts` has the rest. */
export const SERVICE_DEFAULTS = {
  servicename: "urocket",
  host: "127.0.0.1",
  port: 8080,
  socketpath: "/tmp/urocket.sock",
  // The socket lets anybody who can open it answer for a process: the owner only, unless told otherwise.
  socketmode: "0600",
  grace: 5000,
  passenv: [],
  envfile: [],
  limits: {
    queuetimeout: "10s",
    body: "10MiB",
    headers: "16KiB",
    reply: "10MiB",
  },
  log: { level: "info", format: "auto" },
  admin: { host: "127.0.0.1", port: 9090, names: [] },
} as const;

/** What a route means where neither it nor the `defaults` of the file say anything. */
export const ROUTE_DEFAULTS = {
  wd: ".",
  env: [],
  channel: "cmdline",
  encoding: "json",
  timeout: 1000,
  grace: 500,
  killsignal: "SIGTERM",
  nonewprivs: false,
  urlparammode: false,
  validatein: false,
  validateout: false,
  onexit: "wait",
  onabort: "kill",
  replytimeout: 40_000,
  stats: false,
  logstdout: false,
} as const;

/** How an answer comes out where a route does not say: a CGI program prints it, every other posts it. */
export const REPLY_OF_CHANNEL: Readonly<Record<string, string>> = { cgi: "cgi" };

/** See {@link REPLY_OF_CHANNEL}. */
export const DEFAULT_REPLY = "socket";

/** What an HMAC is expected to look like: as the webhooks of GitHub are signed. */
export const HMAC_DEFAULTS = { header: "x-hub-signature-256", algorithm: "sha256", prefix: "sha256=" } as const;

/** Where an API key is expected. */
export const API_KEY_DEFAULTS = { header: "x-api-key" } as const;
