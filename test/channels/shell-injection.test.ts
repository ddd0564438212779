import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { injections } from "./injections.ts";
import { message } from "./message.ts";
import { findShells, runScript } from "./shells.ts";

const P = "{{jsonpayload}}";

// Each line prints the payload and a NUL, `a` and `b` around it where the name says so.
const SCRIPT = `
printf '%s\\000' ${P}
printf '%s\\000' "${P}"
printf '%s\\000' '${P}'
printf '%s\\000' a${P}b "a${P}b" 'a${P}b' a'${P}'b a"${P}"'b'
x=${P}; printf '%s\\000' "$x"
x="$(printf '%s.' ${P})"; printf '%s\\000' "\${x%.}"
x=$(printf '%s.' "$(printf '%s' '${P}'; printf .)"); printf '%s\\000' "\${x%..}"
(printf '%s\\000' "${P}") | cat
for x in ${P} '${P}'; do printf '%s\\000' "$x"; done
set -- ${P}; printf '%s\\000' "$1"; [ "$#" = 1 ] || exit 9
case ${P} in "${P}") printf '%s\\000' '${P}';; *) exit 9;; esac
f() { printf '%s\\000' "$1"; }; f ${P}
x=1 env X=${P} sh -c 'printf "%s\\000" "$X"'
`;

const PRINTED = 18;
const WRAPPED = new Set([3, 4, 5, 6, 7]);

describe("no payload is ever run by a shell script", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "urocket-injection-"));
    // Something for globs to find.
    writeFileSync(join(folder, "canary"), "");
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const shell of findShells()) {
    test(`${injections.length} injections come out of ${shell.join(" ")} verbatim and create no file`, () => {
      for (const payload of injections) {
        const expected = Array.from({ length: PRINTED }, (_, line) => (WRAPPED.has(line) ? `a${payload}b` : payload));
        const printed = runScript(shell, SCRIPT, message(payload), folder).split("\0").slice(0, -1);
        assert.deepEqual(printed, expected, `payload ${JSON.stringify(payload)}`);
      }
      assert.deepEqual(readdirSync(folder), ["canary"]);
    });

    test(`nor does one of them in a parameter or a header run in ${shell.join(" ")}`, () => {
      const script = `printf '%s\\000' {{param.petId}} "{{query.a-b}}" '{{header.X-Trace}}' x{{param.petId}}"{{query.a-b}}"`;
      for (const value of injections) {
        const query = new URLSearchParams({ "a-b": value }).toString();
        const asked = message("{}", { params: { petId: value }, query, headers: { "x-trace": value } });
        const printed = runScript(shell, script, asked, folder).split("\0").slice(0, -1);
        assert.deepEqual(printed, [value, value, value, `x${value}${value}`]);
      }
      assert.deepEqual(readdirSync(folder), ["canary"]);
    });
  }
});
