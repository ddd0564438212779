import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const PROGRAMS = join(import.meta.dirname, "../fixtures/programs");

test("a CGI script in Perl works as it is: query, form, cookie, status, redirect, path info", async (t) => {
  const route = JSON.stringify({ cmd: [join(PROGRAMS, "guestbook.pl")], channel: "cgi", timeout: "20s" });
  const { url } = await startGateway(t, `  /cgi-bin/guestbook/*:\n    get: ${route}\n    post: ${route}`);
  const page = `${url}/cgi-bin/guestbook`;

  const asked = await curl(`${page}?name=Ann%20B`, "-H", "cookie: visits=3");
  assert.equal(asked.status, 200, asked.text);
  assert.equal(asked.headers["content-type"], "text/html; charset=iso-8859-1");
  assert.equal(asked.headers["set-cookie"], "visits=4");
  assert.equal(asked.text, "<p>Hello Ann B, visit 4, from 127.0.0.1 by GET.</p>\n");

  const posted = await curl(page, "--data-urlencode", "name=C & D=E");
  assert.equal(posted.text, "<p>Hello C & D=E, visit 1, from 127.0.0.1 by POST.</p>\n");

  const nobody = await curl(page);
  assert.deepEqual([nobody.status, nobody.text], [422, "Who are you?\n"]);

  const moved = await curl(`${page}/old`);
  assert.deepEqual([moved.status, moved.headers.location], [302, `${page}/new`]);
});

test("a CGI script in Python with the module cgi works as it is, an upload of any bytes too", async (t) => {
  const route = JSON.stringify({ cmd: [join(PROGRAMS, "upload.py")], channel: "cgi", timeout: "20s" });
  const { url } = await startGateway(t, `  /cgi-bin/upload.py:\n    get: ${route}\n    post: ${route}`);
  const content = randomBytes(300_000);
  const file = join(temporaryDirectory(t), "some bytes.bin");
  writeFileSync(file, content);
  const page = `${url}/cgi-bin/upload.py`;

  const uploaded = await curl(page, "-F", "name=Joe Blow", "-F", `file=@${file}`);
  assert.equal(uploaded.status, 200, uploaded.text);
  assert.equal(uploaded.headers["content-type"], "text/html");
  const sum = createHash("sha256").update(content).digest("hex");
  assert.match(uploaded.text, /<p>name: Joe Blow\n/);
  assert.ok(uploaded.text.includes(`<p>file: some bytes.bin ${content.length} ${sum}\n`), uploaded.text);

  assert.match((await curl(`${page}?name=Joe`)).text, /Please fill in name and file/);
});

/** The lines that a script in PHP answers with, appended to what it did before. */
const PHP_LINES = `
$reqid = $_ENV["REQUEST_ID"];
$ch = curl_init();
$postdata = json_encode(["handler" => "pricechange", "pricelist" => $list]);
curl_setopt($ch, CURLOPT_UNIX_SOCKET_PATH, $_ENV["UROCKET_SOCKET"]);
curl_setopt($ch, CURLOPT_URL, "http://doesnotmatt.er/$reqid");
curl_setopt($ch, CURLOPT_POST, 1);
curl_setopt($ch, CURLOPT_POSTFIELDS, $postdata);
curl_setopt($ch, CURLOPT_RETURNTRANSFER, 1);
curl_setopt($ch, CURLOPT_HTTPHEADER, array('Content-Type: application/json'));
$result = curl_exec($ch);
print_r($result);
`;

/** The one line that a shell script answers with. */
const SHELL_LINE = `
curl -sS --unix-socket "$UROCKET_SOCKET" "http://internal/urhttp/$REQUEST_ID" -H 'content-type: text/plain' --data-binary "@$report"
`;

test("a script of a crontab answers with a few lines appended, and runs without them by its exit", async (t) => {
  const directory = temporaryDirectory(t);
  const append = (name: string, lines: string): string => {
    const path = join(directory, name);
    writeFileSync(path, readFileSync(join(PROGRAMS, name), "utf8") + lines);
    return path;
  };
  const php = ["/usr/bin/php", "-d", "variables_order=EGPCS", append("nightly.php", PHP_LINES)];
  const shell = ["/bin/sh", append("nightly.sh", SHELL_LINE)];
  const route = (cmd: readonly string[], more: object = {}) =>
    JSON.stringify({ cmd, timeout: "20s", onexit: "error", ...more });
  const { url } = await startGateway(
    t,
    `  /php: {post: ${route(php)}}\n  /shell: {post: ${route(shell)}}\n` +
      `  /before: {post: ${JSON.stringify({ cmd: ["/bin/sh", join(PROGRAMS, "nightly.sh")], reply: "report", timeout: "20s" })}}`,
  );
  const fromPhp = await curl(`${url}/php`, "-d", "{}");
  assert.equal(fromPhp.status, 200, fromPhp.text);
  assert.equal(fromPhp.headers["content-type"], "application/json");
  const pricelist = [
    { articlenr: "12312", price: 20.9 },
    { articlenr: "12313", price: 5.25 },
  ];
  assert.deepEqual(JSON.parse(fromPhp.text), { handler: "pricechange", pricelist });

  const fromShell = await curl(`${url}/shell`, "-d", "{}");
  assert.deepEqual([fromShell.status, fromShell.text], [200, "item 1\nitem 2\nitem 3\n"]);

  const before = await curl(`${url}/before`, "-d", "{}");
  assert.deepEqual([before.status, JSON.parse(before.text).stdout.text], [200, "nightly: 3 items\n"]);
});
