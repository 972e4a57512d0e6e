import { createHash } from 'node:crypto';
import { saveEmbeddings } from '../../src-main/engine/store/embeddings.ts';
import { saveFile } from '../../src-main/engine/store/files.ts';
import { saveFolder } from '../../src-main/engine/store/folders.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { createRun, updateRun } from '../../src-main/engine/store/runs.ts';
import { saveSample } from '../../src-main/engine/store/samples.ts';
import { dot, parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';

/** What a client asks with to get the golden numbers of `fillGoldenLibrary`'s anchor. */
export interface GoldenQuestion {
  readonly run: string;
  readonly anchor: string;
  readonly positiveSimilarity: number;
  readonly posteriorAuc: number;
}

/**
 * Writes a library whose one run embeds the golden anchor and its candidates, all rows of both views
 * but the anchor's own positive, as pictures of their labels; none has a file.
 */
export function fillGoldenLibrary(file: string, golden: GoldenCase): GoldenQuestion {
  const rows = [...(golden.inputs['z1'] as Matrix), ...(golden.inputs['z2'] as Matrix)];
  const pictures = rows.length / 2;
  const anchor = parameter(golden, 'anchor');
  const positive = (anchor + pictures) % rows.length;
  const labels = golden.inputs['labels'] as number[];
  const kept = rows.map((_, row) => row).filter((row) => row !== positive);
  const hashOf = (row: number): string => createHash('sha256').update(`row ${row}`).digest('hex');
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  const ids = library.write(() => {
    const folder = saveFolder(library, '/golden', 'deepest');
    return Uint32Array.from(kept, (row) => {
      const size = { width: 8, height: 8, format: 'png' } as const;
      const sampleId = saveSample(library, { hash: hashOf(row), ...size });
      const label = `label ${labels[row % pictures]}`;
      const place = { folderId: folder.id, path: `${label}/${row}.png`, sampleId, label };
      saveFile(library, { ...place, sizeBytes: 1, modifiedMs: 0, split: null });
      return sampleId;
    });
  });
  const vectors = Float32Array.from(kept.flatMap((row) => rows[row]!));
  const dimensions = rows[0]!.length;
  saveEmbeddings(library, 'golden', 'h', ids, { dimensions, vectors });
  const run = createRun(library, {
    name: 'golden',
    kind: 'trained',
    encoder: 'resnet8',
    objective: 'hard',
    settings: {
      temperature: parameter(golden, 'temperature'),
      beta: parameter(golden, 'beta'),
      tauPlus: parameter(golden, 'tau_plus'),
      ringOuter: parameter(golden, 'thres_outer'),
      ringInner: parameter(golden, 'thres_inner'),
      ringDynamicInner: golden.params['dynamic_inner'],
    },
    state: 'done',
  });
  updateRun(library, run.id, { weightsHash: 'golden' });
  library.close();
  return {
    run: 'golden',
    anchor: hashOf(anchor),
    positiveSimilarity: dot(rows[anchor]!, rows[positive]!),
    posteriorAuc: parameter(golden, 'bcl_alpha'),
  };
}
