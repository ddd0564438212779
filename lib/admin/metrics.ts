import type { AdminHandler } from "./handler.ts";

/** Whoever has the metrics, in the text format of Prometheus. */
export interface MetricsSource {
  readonly contentType: string;
  text(): Promise<string>;
}

/** `/metrics`, for scrapers. */
export function metricsHandler(source: MetricsSource): AdminHandler {
  const handle = async () => {
    return { status: 200, contentType: source.contentType, headers: [], body: await source.text() };
  };
  return { method: "GET", path: "/metrics", access: "read", handle };
}
