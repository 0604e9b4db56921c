/** The look of the app, to which these pages lead and from which people come here. */
export const STYLE = `:root {
  color-scheme: dark;
  --night: #0b0f13;
  --panel: #141a20;
  --raised: #1e262e;
  --line: #2c3640;
  --ink: #f1f4f6;
  --soft: #a9b5bf;
  --lantern: #f4b860;
  background: var(--night);
  color: var(--ink);
  font: 400 1rem / 1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  -webkit-text-size-adjust: 100%;
}
:root:lang(ja) {
  font-family: system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif;
  line-height: 1.65;
  word-break: auto-phrase;
}
* { box-sizing: border-box }
body { margin: 0; padding: 0 1.25rem 2rem }
header { display: flex; align-items: baseline; gap: 0.5rem; padding: 1rem 0; font-size: 1.125rem; font-weight: 650 }
header span { color: var(--soft); font-size: 0.8rem; font-weight: 400; letter-spacing: 0.1em }
main {
  max-width: 34rem;
  margin: 8vh auto 0;
  padding: 0.5rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--panel);
  overflow-wrap: anywhere;
}
h1 { font-size: 1.25rem; line-height: 1.3 }
a { display: inline-flex; align-items: center; min-height: 44px; color: var(--lantern) }
button, input { font: inherit; min-height: 44px }
button {
  padding: 0.4em 1.1em;
  border: 1px solid var(--lantern);
  border-radius: 999px;
  background: var(--lantern);
  color: #231602;
  font-weight: 550;
  cursor: pointer;
}
button:hover { background: #ffcb7d }
input {
  width: 100%;
  padding: 0.4em 0.8em;
  border: 1px solid var(--soft);
  border-radius: 10px;
  background: var(--raised);
  color: inherit;
}
:focus-visible { outline: 3px solid var(--lantern); outline-offset: 2px }
`
