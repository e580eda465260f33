/** The look of the report as a file, in both colours and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #17211f; --soft: #53625e; --line: #dce3e1; --paper: #fff; --bad: #b3261e; --warn: #855000; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ecf1ef; --soft: #a6b4b0; --line: #343d3b; --paper: #181c1b; --bad: #ff9f96; --warn: #f0c170; }
}
@media print { :root { --ink: #000; --soft: #333; --line: #999; --paper: #fff; --bad: #8c1d18; --warn: #5f3a00; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
main { max-inline-size: 56rem; margin: 0 auto; padding: 1.5rem; }
h1, h2, h3 { line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin-block: 2rem 0.5rem; font-size: 1.25rem; }
h3 { margin-block: 1.25rem 0; font-size: 1rem; }
table { inline-size: 100%; margin-block: 0.75rem; border-collapse: collapse; table-layout: fixed; }
caption { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 400; }
th:first-child { inline-size: 11rem; font-weight: 600; }
[data-level="fault"] th { color: var(--bad); }
[data-level="warning"] th { color: var(--warn); }
.facts th { color: var(--soft); font-weight: 400; }
.note { color: var(--soft); }
.simulated { color: var(--warn); font-weight: 600; }
.technical { color: var(--soft); font: 0.8125rem/1.5 ui-monospace, Consolas, monospace; }
@media (max-width: 36rem) { th:first-child { inline-size: 6.5rem; } }
`;
