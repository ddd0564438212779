import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, startCurl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";

/** Every form that the first configurations of this program were written in, in one file. */
const PATHS = `
  /get/pets:
    post:
      validatein: false
      inject:
        wd: /usr
        env:
          - MYENV=CI
        cmd: /usr/bin/echo {{jsonpayload}}
        timeout: 1000
        channel: "cmdline"
        encoding: json
      logstdout: true
      outtake: usocket://uri/{req_id}
      validate-out: false
  get/dogs:
    post:
      validate-in: false
      inject: {cmd: !ToSplit "/usr/bin/echo dog {{jsonpayload}}"}
      log-stdout: true
  get/cats:
    post:
      validate_in: false
      inject: {cmd: !Splitted ["/bin/sh", "-c", "echo cat {{jsonpayload}} $MYENV"], env: [MYENV=CI]}
      log_stdout: true
  /get/birds:
    post:
      cmd: [/usr/bin/echo, bird, "{{jsonpayload}}"]
      logstdout: true`;

test("every form of the first configurations runs as it is", async (t) => {
  const { url, socket, log } = await startGateway(t, PATHS);
  const payload = '{"payload": "low \'and\' $HOME"}';
  for (const [path, printed] of [
    ["/get/pets", payload],
    ["/get/dogs", `dog ${payload}`],
    ["/get/cats", `cat ${payload} CI`],
    ["/get/birds", `bird ${payload}`],
  ] as const) {
    const caller = startCurl(`${url}${path}`, "-H", "Content-type: application/json", "-d", payload);
    const id = await log.stored(path);
    await log.find({ request_id: id, stream: "stdout", msg: printed });
    assert.equal((await answer(socket, `/urhttp/${id}`, "-d", path)).status, 200);
    assert.equal((await caller.done).text, path);
  }
});
