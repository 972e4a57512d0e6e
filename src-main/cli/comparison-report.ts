import type { Comparison, Interval } from '../contract/comparison.ts';
import type { PictureName } from './picture-names.ts';

/** What a report shows of pictures: their names, and small images as data URIs ('' for none). */
export interface ReportPictures {
  readonly nameOf: (id: number) => PictureName;
  readonly thumbnailOf: (id: number) => string;
}

const css = `
:root { color-scheme: light dark; --ink: #1c1c1e; --paper: #fff; --line: #d6d6da; --soft: #5c5c66; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf0; --paper: #17171a; --line: #3a3a42; --soft: #a5a5b0; }
}
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: var(--ink); background: var(--paper); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
caption, p.note { text-align: left; color: var(--soft); }
img { width: 48px; height: 48px; object-fit: contain; }`;

/** A page that needs nothing but itself: one section for each pair of runs. */
export function comparisonReport(
  comparisons: readonly Comparison[],
  pictures: ReportPictures,
): string {
  const sections = comparisons.map((comparison) => section(comparison, pictures)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Runs compared</title>
<style>${css}</style>
</head>
<body>
<main>
${sections}
</main>
</body>
</html>
`;
}

function section(comparison: Comparison, pictures: ReportPictures): string {
  const { a, b, k, anchors } = comparison;
  const changed = comparison.mostChanged.map(
    ({ id, overlap, gained, lost }) =>
      `<tr><td>${image(id, pictures)}<br>${escaped(pictures.nameOf(id).path)}</td><td class="number">${overlap.toFixed(3)}</td><td>${images(gained, pictures)}</td><td>${images(lost, pictures)}</td></tr>`,
  );
  const negatives = Object.entries(comparison.negatives).map(
    ([bin, change]) =>
      `<tr><th scope="row">${bin}</th>${[change.kept, change.new, change.gone].map((part) => `<td class="number">${part.toFixed(2)}</td>`).join('')}</tr>`,
  );
  return `<h1>${escaped(a)} and ${escaped(b)}</h1>
<p>${comparison.pictures} pictures that both have embedded.</p>
<table><caption>Measured in the embedding space; means with 95 % bootstrap intervals</caption>
${measures(comparison)}</table>
<table><caption>Negatives per anchor, mean of ${anchors} anchors; false ones within the ring’s outer cut</caption>
<tr><th scope="col">bin</th><th scope="col">kept</th><th scope="col">new</th><th scope="col">gone</th></tr>
${negatives.join('\n')}</table>
<h2>Changed most</h2>
<table><caption>By the overlap of ${k} nearest neighbours</caption>
<tr><th scope="col">picture</th><th scope="col">overlap</th><th scope="col">gained</th><th scope="col">lost</th></tr>
${changed.join('\n')}</table>`;
}

function measures({
  neighbourOverlap,
  rankBiasedOverlap,
  hardness,
  cka,
  accuracy,
}: Comparison): string {
  const range = ({ mean, low, high }: Interval): string =>
    `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const rows = [
    ['Overlap of neighbours (Jaccard)', range(neighbourOverlap)],
    ['Rank-biased overlap', range(rankBiasedOverlap)],
    ['Change of hardness', range(hardness)],
    ['Linear CKA', cka?.toFixed(3) ?? '–'],
    [
      'kNN accuracy',
      accuracy === null
        ? '–'
        : `${accuracy.a.toFixed(3)} and ${accuracy.b.toFixed(3)}, McNemar p = ${accuracy.p.toPrecision(2)}`,
    ],
  ] as const;
  return rows
    .map(([name, value]) => `<tr><th scope="row">${name}</th><td class="number">${value}</td></tr>`)
    .join('\n');
}

function images(ids: readonly number[], pictures: ReportPictures): string {
  return ids.map((id) => image(id, pictures)).join('');
}

function image(id: number, { nameOf, thumbnailOf }: ReportPictures): string {
  const path = escaped(nameOf(id).path);
  return `<img src="${thumbnailOf(id)}" alt="${path}" title="${path}">`;
}

/** Text for HTML: paths and names may hold any character. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
