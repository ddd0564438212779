/** How the API page looks: readable at any width, light or dark as the reader's system is. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #fff;
  --raised: #f4f5f7;
  --text: #1c1f24;
  --faint: #59606b;
  --line: #d7dae0;
  --accent: #0b57d0;
  --alert: #a8321f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c;
    --raised: #1e2229;
    --text: #e6e8ec;
    --faint: #9aa3b0;
    --line: #343a44;
    --accent: #8ab4f8;
    --alert: #f2a091;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 1rem;
  max-width: 60rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
code, pre, .type { font-family: ui-monospace, monospace; font-size: 0.9em; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 small, .bound, .type, .words { color: var(--faint); }
a.type { color: var(--accent); }
.words { white-space: pre-line; }
.required { color: var(--alert); font-size: 0.85em; }
.verb { font-weight: 700; font-size: 0.85em; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
nav ol, .content, .members { list-style: none; padding-left: 0; }
.members { margin: 0.25rem 0; padding-left: 0.75rem; border-left: 2px solid var(--line); }
article { margin: 1rem 0; padding: 0 1rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; scroll-margin-top: 1rem; }
article:target { border-color: var(--accent); }
article > ul { padding-left: 1rem; }
h4 { margin: 1rem 0 0.25rem; }
pre { margin: 0; padding: 0.75rem; background: var(--raised); border-radius: 0.25rem; white-space: pre-wrap; }
`;
