import { newDecoding } from '../../src-main/contract/decoding.ts';
import type { Explanation } from '../../src-main/contract/negatives.ts';
import type { RunSummary } from '../../src-main/contract/runs.ts';
import type { Pictures } from '../../src-renderer/app/library/pictures.ts';
import { AnsweringClient, wayTo, type Answers } from './answering-client.ts';
import { explanationOf } from './explanation-of.ts';
import { mapPoints } from './map-points.ts';
import { newApp, type OpenApp } from './open-app.ts';
import { picturesOf } from './pictures-of.ts';
import { runOf } from './run-of.ts';

/** Pictures 1 to 6 in `cats` and `dogs`, the last one without a label. */
export const pictures = picturesOf(
  { id: 1, path: 'cats/anchor.png', label: 'cat' },
  { id: 2, path: 'cats/two.png', label: 'cat' },
  { id: 3, path: 'dogs/three.png', label: 'dog' },
  { id: 4, path: 'dogs/four.png', label: 'dog' },
  { id: 5, path: 'cats/ten.png', label: 'cat' },
  { id: 6, path: 'odd.png' },
);

/** So many pictures `1.png`, `2.png` and so on. */
export function manyPictures(count: number): Pictures {
  const ids = Array.from({ length: count }, (_, row) => row + 1);
  return picturesOf(...ids.map((id) => ({ id, path: `${id}.png` })));
}

/** Picture 1 against 3, 2 and 4, the most similar first. */
const explanation: Explanation = explanationOf(1, [
  { id: 3, bin: 'hard', similarity: 0.75, weight: 1, share: 0.5 },
  { id: 2, bin: 'false', similarity: 0.5, weight: 1, share: 0.25 },
  { id: 4, bin: 'easy', similarity: 0.25, weight: 1, share: 0.25 },
]);

export const runs: readonly RunSummary[] = [
  runOf(1, { name: 'pixels', kind: 'loaded', objective: null, encoder: 'pixels' }),
  runOf(2, { name: 'hard', settings: { temperature: 0.5 } }),
];

/** What the engine answers of that library. */
export const libraryAnswers: Answers = {
  'window.recall': () => [],
  'window.remember': () => ({}),
  'library.status': () => ({
    ...{
      file: '/library.sqlite',
      name: 'pictures',
      images: 6,
      files: 6,
      duplicates: 0,
      unlabelled: 0,
      splits: [],
      labelConflicts: 0,
      blank: 0,
      noted: 0,
      decoding: newDecoding,
    },
    folders: [
      {
        path: '/pictures',
        labels: 'deepest',
        scannedAt: 1,
        isThere: true,
        takesJunk: false,
        leftOut: {},
      },
    ],
    labels: [
      { label: 'cat', count: 3 },
      { label: 'dog', count: 2 },
    ],
    ...{ skipped: 0, version: '1' },
  }),
  'library.recent': () => [],
  'library.samples': () => pictures.columns,
  'library.skips': () => [],
  'labels.listByHand': () => ({ edits: [] }),
  'jobs.list': () => [],
  'devices.list': () => [],
  'runs.list': () => [...runs],
  'runs.map': () => mapPoints('m', [...pictures.columns.ids]),
  'runs.maps': () => [],
  'runs.embeddedEpochs': () => [],
  'runs.nearDuplicates': () => null,
  'verdicts.list': () => [],
  'pictures.marks': () => ({ tags: [], leftOut: [] }),
  'anchor.negatives': () => explanation,
  'anchor.neighbours': () => ({
    ...{ anchor: explanation.anchor, ids: new Uint32Array(), similarities: new Float32Array() },
  }),
};

/** A window that has begun on that library, and its client; some answers may be others. */
export async function openLibraryWindow(
  others: Answers = {},
): Promise<OpenApp & { readonly client: AnsweringClient }> {
  const client = new AnsweringClient({ ...libraryAnswers, ...others });
  const opened = newApp(wayTo(client));
  await opened.app.start();
  return { ...opened, client };
}
