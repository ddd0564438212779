import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { parse } from "yaml";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";

const EXAMPLE = join(import.meta.dirname, "../../examples/tracing");

interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/** A collector that keeps what it gets. */
async function startCollector(t: TestContext) {
  const spans: ExportedSpan[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as {
      resourceSpans: readonly { scopeSpans: readonly { spans: readonly ExportedSpan[] }[] }[];
    };
    if (request.url === "/v1/traces") {
      spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp(t, () => {
    server.close();
    server.closeAllConnections();
  });
  return { spans, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("the example exports each request to a collector, the last ones when it ends", async (t) => {
  const collector = await startCollector(t);
  const { paths } = parse(readFileSync(join(EXAMPLE, "urocket-service.yaml"), "utf8"));
  const { url, signal, exited } = await startGateway(t, `  ${JSON.stringify(paths)}`, {
    env: {
      NODE_OPTIONS: `--import=${join(EXAMPLE, "tracing.mjs")}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    },
  });
  const { status, text } = await curl(
    `${url}/context`,
    "-H",
    "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  );
  assert.equal(status, 200);
  signal("SIGTERM");
  assert.equal((await exited).code, 0);
  const names = collector.spans.map(({ name }) => name).sort();
  assert.deepEqual(names, ["GET /context", "queue", "reply", "run", "spawn"]);
  const request = collector.spans.find(({ name }) => name === "GET /context");
  assert.equal(request?.traceId, "0af7651916cd43dd8448eb211c80319c");
  assert.equal(request?.parentSpanId, "b7ad6b7169203331");
  assert.equal(text, `00-${request?.traceId}-${request?.spanId}-01\n`);
});
