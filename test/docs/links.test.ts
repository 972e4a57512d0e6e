import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, documents, root, textOf, withoutCode } from './documents.ts';

describe.each(documents)('%s', (document) => {
  const text = textOf(document);

  it('links to files and headings that are there', () => {
    const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    );
    const dead = targets.filter((target) => !/^[a-z]+:/.test(target) && !isThere(document, target));
    expect(dead).toEqual([]);
  });

  it('names source files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:src-main|src-renderer|test|docs)\/[^`\s]*)`/g)];
    const paths = named.flatMap(([, path = '']) => expanded(path));
    const missing = paths.filter((path) => !existsSync(join(root, path)) && !movedSoon.has(path));
    expect([...new Set(missing)]).toEqual([]);
  });
});

/** Paths that the documents name as they will be once the folders of the engine and the window have moved. */
const movedSoon: ReadonlySet<string> = new Set([
  'src-main/engine/augmentation/',
  'src-main/engine/augmentation/augmentation-draws.ts',
  'src-main/engine/augmentation/augmentation.ts',
  'src-main/engine/augmentation/colour-jitter.ts',
  'src-main/engine/checkpoints/',
  'src-main/engine/devices/devices.ts',
  'src-main/engine/encoders/starter/starter-network.ts',
  'src-main/engine/encoders/starter/whitening.ts',
  'src-main/engine/encoders/weight-free/weight-free-vectors.ts',
  'src-main/engine/exchange/destination/estimate-bytes.ts',
  'src-main/engine/explain/',
  'src-main/engine/explain/anchor-gradient.ts',
  'src-main/engine/explain/assign-bins.ts',
  'src-main/engine/explain/explain-anchor.ts',
  'src-main/engine/explain/explain-run-anchor.ts',
  'src-main/engine/explain/false-negative-posterior.ts',
  'src-main/engine/explain/similarity-auc.ts',
  'src-main/engine/explain/similarity-rank.ts',
  'src-main/engine/formats/',
  'src-main/engine/graph/',
  'src-main/engine/job-worker/',
  'src-main/engine/job-worker/job-runners.ts',
  'src-main/engine/losses/',
  'src-main/engine/losses/annealing.ts',
  'src-main/engine/training/sources/bank-candidates.ts',
  'src-main/engine/training/sources/batch-candidates.ts',
  'src-main/engine/losses/binary-nce.ts',
  'src-main/engine/losses/cancellation.ts',
  'src-main/engine/losses/debiased-and-hard.ts',
  'src-main/engine/losses/info-nce.ts',
  'src-main/engine/losses/judged-pairs.ts',
  'src-main/engine/losses/mixing.ts',
  'src-main/engine/losses/patch-nce.ts',
  'src-main/engine/training/sources/prototype-candidates.ts',
  'src-main/engine/training/sources/queue-candidates.ts',
  'src-main/engine/losses/ring-zone.ts',
  'src-main/engine/losses/ring.ts',
  'src-main/engine/neighbours/mutual-neighbours.ts',
  'src-main/engine/neighbours/near-duplicates.ts',
  'src-main/engine/networks/',
  'src-main/engine/networks/colour-histograms.ts',
  'src-main/engine/networks/hog-and-colour.ts',
  'src-main/engine/networks/lab.ts',
  'src-main/engine/networks/oriented-gradients.ts',
  'src-main/engine/numeric/bootstrap-mean.ts',
  'src-main/engine/numeric/principal-directions.ts',
  'src-main/engine/numeric/softmax.ts',
  'src-main/engine/numeric/spherical-k-means.ts',
  'src-main/engine/numeric/unit-row-tensor.ts',
  'src-main/engine/numeric/unit-rows.ts',
  'src-main/engine/pictures/',
  'src-main/engine/pictures/open-picture.ts',
  'src-main/engine/pictures/picture-format.ts',
  'src-main/engine/review/false-negative-rate.ts',
  'src-main/engine/review/queued-pair.ts',
  'src-main/engine/review/wilson-interval.ts',
  'src-main/engine/threads/addon-workers.ts',
  'src-main/engine/training/ledger/',
  'src-main/engine/training/ledger/ledger-recorder.ts',
  'src-main/engine/training/ledger/negative-totals.ts',
  'src-main/engine/training/ledger/push-zones.ts',
  'src-main/engine/training/material/',
  'src-main/engine/training/step/',
  'src-main/engine/training/step/judged-step.ts',
  'src-main/engine/training/ledger/ledger-outputs.ts',
  'src-main/engine/training/step/step-views.ts',
  'src-renderer/app/',
  'src-renderer/pages/',
  'src-renderer/pages/compare/runs/run-columns.ts',
  'src-renderer/pages/explore/evidence.ts',
  'src-renderer/shell/',
  'src-renderer/shell/Rail.svelte',
  'src-renderer/shell/judging-keys.ts',
  'src-renderer/shell/shortcuts.ts',
]);

function isThere(document: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(textOf(file)).has(decodeURIComponent(anchor));
}

/** \`a/{b,c}.ts\` is two paths; of \`a/<name>/b\` the folder before the name of one's own. */
function expanded(path: string): string[] {
  const [, before = '', choices, after = ''] = /^([^{]*)\{([^}]+)\}(.*)$/.exec(path) ?? [];
  if (choices !== undefined) {
    return choices.split(',').flatMap((choice) => expanded(`${before}${choice}${after}`));
  }
  return [path.replace(/[^/]*<.*$/, '').replace(/[^/]*\*.*$/, '')];
}
