import type { Comparison } from '../contract/comparison.ts';
import {
  measureText,
  seedsText,
  sidesMeasures,
  sideText,
} from '../contract/comparison-measures.ts';
import { scoreWords } from '../contract/run-scores.ts';
import { escaped } from './report-html.ts';
import type { ReportPictures } from './report-html.ts';
import {
  groupsSection,
  labelsSection,
  measuresSection,
  negativesSection,
  picturesSection,
} from './report-sections.ts';
import { reportStyle } from './report-style.ts';

/** The report as one HTML page without other files: one section for each pair of runs. */
export function comparisonReport(
  comparisons: readonly Comparison[],
  pictures: ReportPictures,
): string {
  const overview = comparisons.length > 1 ? `${overviewSection(comparisons)}\n` : '';
  const pairs = comparisons.map((comparison, index) => pairSection(comparison, index, pictures));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(runsOf(comparisons).join(', '))} compared</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${overview}${pairs.join('\n')}
</main>
</body>
</html>
`;
}

function pairSection(comparison: Comparison, index: number, pictures: ReportPictures): string {
  const { a, b, dimensions } = comparison;
  const sizes =
    dimensions.a === dimensions.b
      ? `${dimensions.a} dimensions`
      : `${dimensions.a} and ${dimensions.b} dimensions`;
  return `<article class="pair" id="pair-${index + 1}">
<h1>${escaped(a)} and ${escaped(b)}</h1>
<p class="lead">${comparison.pictures} pictures that both have embedded, ${sizes}. Everything is measured in the embedding space, nothing on a map.</p>
${measuresSection(comparison)}
${negativesSection(comparison)}
${picturesSection(comparison, pictures)}
${groupsSection(comparison, pictures)}
${labelsSection(comparison)}
</article>`;
}

/** A table of all pairs, where there is more than one. */
function overviewSection(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((comparison, index) => {
    const { a, b, neighbourOverlap, cka } = comparison;
    const { mean, low, high } = neighbourOverlap;
    const knn = sidesMeasures(comparison).find(({ name }) => name === scoreWords.knn.title);
    const paired = knn
      ? [`${sideText(knn, 'a')} and ${sideText(knn, 'b')}`, seedsText(knn)]
          .filter(Boolean)
          .join(', ')
      : '–';
    return `<tr><th scope="row"><a href="#pair-${index + 1}">${escaped(a)} and ${escaped(b)}</a></th>
<td class="number">${mean.toFixed(3)}</td><td class="sure">${low.toFixed(3)} to ${high.toFixed(3)}</td>
<td class="number">${measureText(cka, false, 3)}</td><td class="sure">${paired}</td></tr>`;
  });
  return `<article class="pair"><h1>${escaped(runsOf(comparisons).join(', '))}</h1>
<p class="lead">Each pair of ${runsOf(comparisons).length} runs.</p>
<h2>Every pair</h2>
<div class="panel"><table><thead><tr><th scope="col">runs</th><th scope="col" class="number">overlap</th><th scope="col">95 % interval</th><th scope="col" class="number">linear CKA</th><th scope="col">kNN accuracy</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></article>`;
}

function runsOf(comparisons: readonly Comparison[]): string[] {
  return [...new Set(comparisons.flatMap(({ a, b }) => [a, b]))];
}
