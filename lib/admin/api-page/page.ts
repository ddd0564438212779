import { isObject, type JsonObject } from "../../openapi/json.ts";
import { type Html, html } from "./html.ts";
import { anchorOf, operationView } from "./operation-view.ts";
import { type ApiOperation, operationsOf } from "./operations.ts";
import { textOf } from "./references.ts";
import { schemaView } from "./schema-view.ts";

export interface ApiPageOptions {
  /** Where callers come in. */
  readonly front: string;
  /** What the addresses that the page leads to need behind them, as `?token=...`. */
  readonly search: string;
}

/** The page that tells an OpenAPI document to people. */
export function apiPage(document: JsonObject, { front, search }: ApiPageOptions): string {
  const info = isObject(document.info) ? document.info : {};
  const operations = operationsOf(document);
  const [title, version, description] = [textOf(info.title), textOf(info.version), textOf(info.description)];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title ?? "API"}</title>
<link rel="icon" href="/page/icon.svg">
<link rel="stylesheet" href="/page/theme.css">
<link rel="stylesheet" href="/api/style.css">
<script src="/page/theme.js"></script>
</head>
<body>
<a class="skip" href="#operations">Skip to the operations</a>
<header>
<h1>${title ?? "API"} ${version && html`<small>version ${version}</small>`}</h1>
${description && html`<p class="words">${description}</p>`}
<p><a href="/">Status</a> <a href="/openapi.json${search}">openapi.json</a></p>
</header>
<nav aria-label="Operations">${indexView(operations)}</nav>
<main id="operations">
<h2>Operations</h2>
${operations.length === 0 && html`<p>There are none.</p>`}${operations.map((each) => operationView(document, each, front))}
${schemasView(document)}
</main>
</body>
</html>
`;
  return page.text;
}

function indexView(operations: readonly ApiOperation[]): Html {
  const rows = operations.map((operation) => {
    const { verb, path, node } = operation;
    return html`<li><a href="#${encodeURIComponent(anchorOf(operation))}"><span class="verb">${verb.toUpperCase()}</span> <code>${path}</code></a> <span class="words">${textOf(node.summary)}</span></li>`;
  });
  return html`<ol>${rows}</ol>`;
}

function schemasView({ components }: JsonObject): Html | false {
  const schemas = isObject(components) && isObject(components.schemas) ? Object.entries(components.schemas) : [];
  if (schemas.length === 0) return false;
  const rows = schemas.map(
    ([name, schema]) => html`<article id="schema-${name}"><h3><code>${name}</code></h3>${schemaView(schema)}</article>`,
  );
  return html`<h2>Schemas</h2>${rows}`;
}
