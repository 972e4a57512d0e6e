import { sampleHashes } from './table-samples.ts';

const [first = '', second = ''] = sampleHashes;
const pair = { pair: [first, second], verdict: 'same', note: 'a note' };

/** Calls that change little and start nothing, as the window sends them. */
export const sampleCalls: readonly object[] = (
  [
    ['library.status', {}],
    ['library.samples', {}],
    ['runs.list', {}],
    ['runs.history', { run: 'none' }],
    ['runs.nearDuplicates', { run: 'none', threshold: 0.1 }],
    ['pictures.details', { hash: first }],
    ['pictures.tag', { hashes: [first, second], tag: 'a tag', isTagged: true }],
    ['anchor.find', { anchor: 'cat/1.png' }],
    ['anchor.negatives', { run: 'none', anchor: first, k: 20, candidates: 'library' }],
    ['verdicts.set', pair],
    ['verdicts.queue', { run: 'none', limit: 10, order: 'matter' }],
    ['verdicts.importFile', { text: 'verdict\nsame\n', format: 'csv' }],
    ['labels.edit', { edits: [{ hash: first, labels: ['cat', 'dog'] }] }],
    ['labels.importFile', { name: 'labels.csv', text: 'path,label\ncat/1.png,dog\n' }],
    ['exports.preview', { what: 'embeddings', run: 'none', format: 'csv', space: 'h' }],
    ['imports.inspect', { files: ['/nowhere/h.npy'] }],
    ['encoders.inspect', { path: '/nowhere/model.onnx' }],
    ['heads.cost', { on: 'none' }],
    ['augment.preview', { anchor: first, count: 2, size: 32, seed: 1 }],
    ['window.remember', { key: 'page', text: 'map', at: 5 }],
    ['jobs.cancel', { job: 7 }],
    ['jobs.start', { kind: 'none', input: {} }],
    ['search.text', { run: 'none', text: 'a red bird', k: 5 }],
    ['labels.edit', { edits: Array.from({ length: 70 }, () => ({ hash: first, labels: null })) }],
    ['pictures.leaveOut', { hashes: Array<string>(100).fill(first), isLeftOut: true }],
  ] as const
).map((call, index) => ({ t: 'q', m: 'call', a: call, i: `call ${index}` }));
