/** The style sheet of a report: the app's colours, in light and dark; it loads nothing. */
export const reportStyle = `
:root { color-scheme: light; --page: #f4f3ef; --panel: #fffefb; --line: #dedbd2; --text: #1b1e23;
  --dim: #5c646e; --hard: #c24e12; --false: #a9407f; --suspected: #4b2fb5; --ring: #14808d; --track: #e7e4dc; --film: #fffdf6; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --page: #0d0f12; --panel: #15181d; --line: #272c34; --text: #e8eaed;
    --dim: #9aa3ae; --hard: #e8743b; --false: #d67ab1; --suspected: #b3a2ff; --ring: #4fb3bf; --track: #272c34; --film: #f6f3ea; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2.5rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 14px/1.5 Inter, 'Segoe UI', system-ui, -apple-system, 'Noto Sans', 'DejaVu Sans', sans-serif; }
main { max-width: 62rem; margin: 0 auto; }
h1 { margin: 0; font-size: 1.6rem; font-weight: 650; letter-spacing: -.01em; }
h2 { margin: 2.2rem 0 .6rem; color: var(--dim); font-size: .78rem; font-weight: 650; letter-spacing: .07em;
  text-transform: uppercase; }
p { margin: .3rem 0; }
a { color: inherit; text-decoration-color: var(--dim); }
.lead, .note, caption { color: var(--dim); }
.pair + .pair { margin-top: 4rem; padding-top: 2.5rem; border-top: 1px solid var(--line); }
.panel { padding: .4rem 1rem; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding: .3rem 0; text-align: left; }
th, td { padding: .45rem .5rem .45rem 0; text-align: left; vertical-align: baseline; font-weight: 400; }
tr + tr > *, tbody tr:first-child > * { border-top: 1px solid var(--line); }
thead th { color: var(--dim); }
tbody th small { display: block; color: var(--dim); font-size: .8rem; }
td.number, th.number { padding-left: .8rem; text-align: right; white-space: nowrap; }
td.sure { padding-left: .8rem; color: var(--dim); white-space: nowrap; }
.measured td.bar { width: 34%; padding-left: .8rem; }
svg { display: block; width: 100%; }
.key { display: inline-block; width: .7em; height: .7em; margin-right: .35em; border-radius: 2px; }
.changed { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(27rem, 100%), 1fr)); gap: .6rem; margin: 0; padding: 0; list-style: none; }
.changed > li { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 1rem; align-items: center;
  padding: .8rem; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
.changed .name { overflow-wrap: anywhere; }
.changed .name span { color: var(--dim); }
.row { display: grid; grid-template-columns: 4.2rem minmax(0, 1fr); align-items: start; gap: .4rem; margin-top: .35rem; }
.row > span { padding-top: .4rem; color: var(--dim); font-size: .85rem; }
.strip { display: flex; flex-wrap: wrap; gap: 4px; }
img { width: 36px; height: 36px; border-radius: 5px; background: var(--film); object-fit: contain; }
.changed > li > img { width: 84px; height: 84px; padding: 5px; border-radius: 8px; }
.none { display: inline-block; width: 36px; height: 36px; border: 1px dashed var(--line); border-radius: 5px; }
@media (max-width: 40rem) { .measured td.bar { display: none; } }
@media print { body { padding: 0; } .changed > li, tr { break-inside: avoid; } }
`;
