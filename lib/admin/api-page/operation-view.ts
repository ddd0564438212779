import { STATUS_CODES } from "node:http";
import type { JsonObject } from "../../openapi/json.ts";
import { curlLine } from "./curl.ts";
import { type Html, html } from "./html.ts";
import type { ApiOperation } from "./operations.ts";
import { membersOf, textOf } from "./references.ts";
import { schemaView } from "./schema-view.ts";

/** The name of an operation in the page, for links to it. */
export function anchorOf({ verb, path }: ApiOperation): string {
  return `${verb}${path}`.replaceAll(/\s/g, "_");
}

/** One operation: what it is for, what it takes and gives, and how to try it. */
export function operationView(document: JsonObject, operation: ApiOperation, front: string): Html {
  const { verb, path, node, parameters, requestBody, responses, security } = operation;
  const [summary, description] = [textOf(node.summary), textOf(node.description)];
  return html`
<article id="${anchorOf(operation)}" aria-label="${verb.toUpperCase()} ${path}">
<h3><span class="verb">${verb.toUpperCase()}</span> <code>${path}</code>${node.deprecated === true && html` <em>deprecated</em>`}</h3>
${summary && html`<p class="summary">${summary}</p>`}${description && html`<p class="words">${description}</p>`}
${security.length > 0 && html`<p>Asks for ${security.map(([name]) => html`<code>${name}</code> `)}</p>`}
${parameters.length > 0 && html`<h4>Parameters</h4><ul>${parameters.map((each) => parameterView(document, each))}</ul>`}
${requestBody && html`<h4>Request body${requestBody.required === true && html` <span class="required">required</span>`}</h4>${contentView(document, requestBody)}`}
<h4>Responses</h4><ul>${responses.map(([status, response]) => responseView(document, status, response))}</ul>
<h4>Try it</h4><pre tabindex="0"><code>${curlLine(document, operation, front)}</code></pre>
</article>`;
}

function parameterView(document: JsonObject, parameter: JsonObject): Html {
  const { name, in: place, required, content, schema } = parameter;
  const description = textOf(parameter.description);
  const [media] = membersOf(document, content);
  return html`<li><code>${String(name)}</code> <span class="bound">in ${String(place)}</span>${
    required === true && html` <span class="required">required</span>`
  } ${schemaView(schema ?? media?.[1].schema)}${description && html` <span class="words">${description}</span>`}</li>`;
}

function responseView(document: JsonObject, status: string, response: JsonObject): Html {
  const title = STATUS_CODES[status];
  const headers = membersOf(document, response.headers);
  return html`<li><strong>${status}</strong>${title && html` ${title}`} <span class="words">${textOf(response.description)}</span>
${headers.length > 0 && html`<ul>${headers.map(([name, header]) => html`<li>header <code>${name}</code> ${schemaView(header.schema)}</li>`)}</ul>`}
${contentView(document, response)}</li>`;
}

function contentView(document: JsonObject, holder: JsonObject): Html {
  const description =
    holder.content === undefined ? undefined : textOf(holder.required === undefined ? undefined : holder.description);
  const types = membersOf(document, holder.content);
  return html`${description && html`<p class="words">${description}</p>`}${
    types.length > 0 &&
    html`<ul class="content">${types.map(([type, media]) => html`<li><code>${type}</code> ${schemaView(media.schema)}</li>`)}</ul>`
  }`;
}
