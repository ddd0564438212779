// Registers OpenTelemetry's SDK before urocket starts: node --import ./tracing.mjs
// Needs @opentelemetry/api, sdk-trace-base and exporter-trace-otlp-http beside it.
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

// The collector is at OTEL_EXPORTER_OTLP_ENDPOINT, http://localhost:4318 unless that says otherwise.
const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
trace.setGlobalTracerProvider(provider);
