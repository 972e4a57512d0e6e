import type { Comparison } from '../contract/comparison.ts';
import {
  certaintyText,
  seedsText,
  sideText,
  changeText,
  hardnessName,
  intervalText,
  measureText,
  negativesMeasures,
  negativesWords,
  pairMeasures,
  sidesMeasures,
} from '../contract/comparison-measures.ts';
import {
  isBeyondSeeds,
  seedNullWords,
  seedOverlapWords,
  trainingsWords,
} from '../contract/trainings-words.ts';
import { escaped, intervalBar, partsBar, picture, strip } from './report-html.ts';
import type { ReportPictures } from './report-html.ts';

const shownMembers = 24;

/** The section with the measures of each run, and of both together. */
export function measuresSection(comparison: Comparison): string {
  const sides = sidesMeasures(comparison).map(
    (measure) => `<tr>${named(measure)}
<td class="number">${sideText(measure, 'a')}</td>
<td class="number">${sideText(measure, 'b')}</td>
<td class="number">${changeText(measure)}</td><td class="sure">${certaintyText(measure)}</td>
<td class="sure">${seedsText(measure)}</td></tr>`,
  );
  const pair = pairMeasures(comparison).map(({ name, meaning, value, interval }) => {
    const isOnBar = value !== null && name !== hardnessName;
    const bar = isOnBar ? intervalBar(value, interval?.low ?? value, interval?.high ?? value) : '';
    return `<tr>${named({ name, meaning })}<td class="bar">${bar}</td>
<td class="number">${measureText(value, false, 3)}</td><td class="sure">${intervalText(interval)}</td></tr>`;
  });
  return `<h2>In the embedding space</h2>
<div class="panel"><table>
<thead><tr><th scope="col">of each run</th><th scope="col" class="number">${escaped(comparison.a)}</th>
<th scope="col" class="number">${escaped(comparison.b)}</th><th scope="col" class="number">change</th><th scope="col">95 % interval</th><th scope="col">by seeds</th></tr></thead>
<tbody>${sides.join('\n')}</tbody></table></div>
<p class="note">${escaped([...trainingsWords(comparison), seedOverlapWords(comparison)].filter(Boolean).join(' '))}</p>
<div class="panel" style="margin-top: .8rem"><table class="measured">
<thead><tr><th scope="col">of both together</th><th scope="col">0 to 1</th><th scope="col" class="number">mean</th><th scope="col">95 % interval</th></tr></thead>
<tbody>${pair.join('\n')}</tbody></table></div>`;
}

/** The section on the negatives of each bin that are kept, new or gone. */
export function negativesSection(comparison: Comparison): string {
  const rows = negativesMeasures(comparison).map(
    ({ bin, kept, new: fresh, gone }) =>
      `<tr><th scope="row"><span class="key" style="background: var(--${bin})"></span>${bin}</th>
<td class="bar">${partsBar([
        { size: kept, colour: `var(--${bin})` },
        { size: fresh, colour: `color-mix(in srgb, var(--${bin}) 45%, var(--panel))` },
        { size: gone, colour: 'var(--track)' },
      ])}</td>${[kept, fresh, gone].map((part) => `<td class="number">${part.toFixed(1)}</td>`).join('')}</tr>`,
  );
  return `<h2>Negatives</h2>
<div class="panel"><table class="measured">
<caption>Per anchor, mean of ${comparison.anchors} anchors, each run by its own loss; ${escaped(negativesWords(comparison))}; false and suspected ones are those that else were hard or in the ring.</caption>
<thead><tr><th scope="col">bin</th><th scope="col">kept, new, gone</th><th scope="col" class="number">kept</th><th scope="col" class="number">new</th><th scope="col" class="number">gone</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/**
 * The section of the pictures whose neighbours changed most, each with the neighbours that it lost and
 * gained.
 */
export function picturesSection(
  { mostChanged, k, trainings }: Comparison,
  pictures: ReportPictures,
): string {
  const changed = mostChanged.filter(({ overlap }) => overlap < 1);
  if (changed.length === 0) return '<h2>Changed most</h2>\n<p>No picture has other neighbours.</p>';
  const items = changed.map(
    ({ id, overlap, hardness, gained, lost, q }) => `<li>${picture(id, pictures)}<div>
<div class="name">${escaped(pictures.nameOf(id).path)} <span>overlap ${overlap.toFixed(3)}, relative hardness ${hardness < 0 ? '−' : '+'}${Math.abs(hardness).toFixed(3)}${isBeyondSeeds({ q }) ? ', beyond the seeds' : ''}</span></div>
${strip('lost', lost, pictures)}
${strip('gained', gained, pictures)}</div></li>`,
  );
  return `<h2>Changed most, by the overlap of ${k} neighbours</h2>
<p class="note">${escaped(seedNullWords({ trainings }))}</p>
<ol class="changed">${items.join('\n')}</ol>`;
}

/** The section of changed groups, with the neighbours that they lost and gained together. */
export function groupsSection({ changedGroups }: Comparison, pictures: ReportPictures): string {
  const items = changedGroups.map(({ ids, gained, lost, isBeyondSeeds: isBeyond }) => {
    const [first = 0] = ids;
    return `<li>${picture(first, pictures)}<div>
<div class="name">${ids.length} pictures${isBeyond ? ' <span>beyond the seeds</span>' : ''}</div>
${strip('pictures', ids.slice(0, shownMembers), pictures)}
${strip('lost', lost.slice(0, shownMembers), pictures)}
${strip('gained', gained.slice(0, shownMembers), pictures)}</div></li>`;
  });
  if (items.length === 0) return '';
  return `<h2>Changed in the same way</h2>
<p class="note">Each picture shares at least a quarter of its lost and gained neighbours with the first one. The neighbours that at least half of the group lost or gained are shown.</p>
<ol class="changed">${items.join('\n')}</ol>`;
}

/** The section of the labels whose pictures changed most. */
export function labelsSection({ mostChangedLabels }: Comparison): string {
  if (mostChangedLabels.length === 0) return '';
  const rows = mostChangedLabels.map(
    ({ label, pictures, overlap, q }) =>
      `<tr><th scope="row">${escaped(label)}</th><td class="bar">${intervalBar(overlap, overlap, overlap)}</td><td class="number">${overlap.toFixed(3)}</td><td class="number">${pictures}</td><td class="sure">${isBeyondSeeds({ q }) ? 'beyond the seeds' : ''}</td></tr>`,
  );
  return `<h2>Labels, most changed first</h2>
<div class="panel"><table class="measured"><thead><tr><th scope="col">label</th><th scope="col">0 to 1</th><th scope="col" class="number">mean overlap</th><th scope="col" class="number">pictures</th><th scope="col">other seeds</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** The pictures that the sections show, whose thumbnails are needed. */
export function shownPictures({ mostChanged, changedGroups }: Comparison): number[] {
  const first = (ids: readonly number[]): readonly number[] => ids.slice(0, shownMembers);
  return [
    ...mostChanged.flatMap(({ id, gained, lost }) => [id, ...gained, ...lost]),
    ...changedGroups.flatMap(({ ids, gained, lost }) =>
      [ids, gained, lost].flatMap((part) => first(part)),
    ),
  ];
}

function named({ name, meaning }: { readonly name: string; readonly meaning: string }): string {
  return `<th scope="row">${name}<small>${meaning}</small></th>`;
}
