import type { VerdictFormat } from '../../../src-main/contract/verdict-files.ts';
import { exportVerdicts, importVerdicts } from '../../../src-main/engine/verdicts/verdict-files.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import { isSentence } from '../judge-error.ts';
import { changedSample } from './one-file.ts';
import { sampleHashes, sampleLibrary, samplePaths } from './table-samples.ts';

export const verdictsFormat: FuzzFormat = {
  name: 'verdicts',
  title: 'Files of verdicts',
  open(scratch) {
    const library = sampleLibrary(scratch);
    const head = 'anchor_hash,candidate_hash,anchor_path,candidate_path,verdict,note,time,run';
    const rows = [
      `${sampleHashes[0]},${sampleHashes[1]},${samplePaths[0]},,same,"a ""note""",2026-11-25T16:00:00Z,`,
      `,,${samplePaths[2]},${samplePaths[3]},different,,,none`,
    ];
    const given = `${[head, ...rows].join('\n')}\n`;
    importVerdicts(library, given, 'csv', scratch);
    const samples = [
      { path: 'given.csv', bytes: Buffer.from(given) },
      ...(['csv', 'json'] as const).map((format) => {
        const { text } = exportVerdicts(library, presentSamples(library), format);
        return { path: `verdicts.${format}`, bytes: Buffer.from(text) };
      }),
    ];
    const mutations = { ...byteMutations, ...textMutations, ...jsonMutations };
    return Promise.resolve({
      make: (random) => changedSample(samples, mutations, random),
      read: (_folder, { path, files }) => {
        const format: VerdictFormat = path.endsWith('.json') ? 'json' : 'csv';
        const text = Buffer.from(files[path] ?? []).toString();
        const { reasons } = importVerdicts(library, text, format, scratch);
        const poor = reasons.find(({ reason }) => !isSentence('bad-argument', reason));
        if (poor !== undefined) throw new Error(`Row ${poor.row} is refused as: ${poor.reason}`);
        exportVerdicts(library, presentSamples(library), format);
        // Each input meets the same library, so that it can be read again alone.
        library.query('DELETE FROM verdicts').run();
        return Promise.resolve();
      },
    });
  },
};
