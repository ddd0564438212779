import { ProxyTracerProvider, type Tracer, type TracerProvider, trace } from "@opentelemetry/api";

/** What of a registered SDK is needed here. */
export interface Sdk {
  readonly tracer: Tracer;
  /** Exports what is left, if that does not take long. */
  flush(): Promise<void>;
}

/** The SDK that is registered; undefined when there is none. */
export function findSdk(): Sdk | undefined {
  const provider = trace.getTracerProvider();
  const proxied = provider instanceof ProxyTracerProvider;
  // Without an SDK behind it, a proxy has no tracer to delegate to.
  if (proxied && provider.getDelegateTracer(NAME) === undefined) return undefined;
  const own = (proxied ? provider.getDelegate() : provider) as TracerProvider & Flushing;
  return { tracer: provider.getTracer(NAME), flush: () => flushed(own) };
}

const NAME = "urocket";

/** Not in the API, but in every SDK. */
interface Flushing {
  forceFlush?(): Promise<void>;
}

/** Milliseconds: a collector that is not there must not hold up the end. */
const PATIENCE = 2000;

async function flushed(provider: Flushing): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  try {
    await Promise.race([provider.forceFlush?.(), late]);
  } catch (error) {
    process.emitWarning(`expected the last spans to be exported, got ${(error as Error).message}`);
  } finally {
    clearTimeout(timer);
  }
}
