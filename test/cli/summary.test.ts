import assert from "node:assert/strict";
import { test } from "node:test";
import { describeService } from "../../lib/cli/check/summary.ts";
import { parse } from "../config/parsing.ts";

test("everything that is told of a service is told in few lines", () => {
  const config = parse(`
host: "::1"
port: 8443
tls: {cert: cert.pem, key: key.pem}
socketpath: u.sock
socketmode: 0660
socketgroup: www-data
openapi: pets.yaml
passenv: [LANG, "APP_*"]
envfile: secrets.env
limits: {processes: 7, queue: 0, queuetimeout: 1500, body: 1MiB, headers: 8KiB, reply: 100}
log: {level: warn, format: json}
grace: 1m
paths:
  /pets/{petId}:
    get:
      cmd: [/bin/sh, -c, "cat {{param.petId}}"]
      channel: stdin
      reply: stdout
      validatein: true
      validateout: true
      auth: {type: bearer, secretenv: TOKEN}
    put: {cmd: "echo {{path}}", validateout: true}
`);
  assert.deepEqual(describeService(config), [
    "service  urocket",
    "front    https://[::1]:8443 (certificate /srv/app/cert.pem)",
    "socket   /srv/app/u.sock (mode 0660, group www-data)",
    "openapi  /srv/app/pets.yaml",
    "limits   7 processes at once, 0 more requests wait up to 1.5 s",
    "         request body 1 MiB, head 8 KiB; answer 100 bytes",
    "stop     after SIGTERM running requests have 1 min",
    "log      warn and above, format json",
    "env      every process gets LANG, APP_*, /srv/app/secrets.env",
    "",
    "routes (2)",
    "  GET  /pets/{petId}  stdin → stdout (bearer, validates in+out)  1 s  /bin/sh -c 'cat {{param.petId}}'",
    "  PUT  /pets/{petId}  cmdline → socket (validates out)           1 s  echo {{path}}",
  ]);
});
