import type { VerdictFormat, VerdictImport } from '../../../src-main/contract/verdict-files.ts';
import { samePairKey } from '../../../src-main/contract/judged-pairs.ts';
import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { JudgedPictures } from '../verdicts/judged-pictures.svelte.ts';
import { sendVerdicts, type PairChange } from '../verdicts/send-verdicts.ts';

/** Reads a file of verdicts into the library; an edit of the undo history. Null where that failed. */
export async function importVerdicts(
  app: AppState,
  text: string,
  format: VerdictFormat,
): Promise<VerdictImport | null> {
  const { connection, judged, undoHistory, verdicts } = app;
  await verdicts.saved;
  const before = judged.list;
  const report = await app.attempt(() => connection.call('verdicts.importFile', { text, format }));
  if (report === null || report.added + report.changed === 0) return report;
  await app.attempt(() => judged.refresh());
  const after = judged.list;
  const put = (from: Verdicts, to: Verdicts): Promise<unknown> =>
    app.attempt(() => sendVerdicts(connection, changesBetween(from, to)));
  undoHistory.add({
    name: `the import of ${countOf(report.added + report.changed, 'verdict')}`,
    undo: () => put(after, before),
    redo: () => put(before, after),
  });
  return report;
}

type Verdicts = JudgedPictures['list'];

/** What makes one list of verdicts the other. */
function changesBetween(from: Verdicts, to: Verdicts): PairChange[] {
  const keyOf = ({ hashA, hashB }: Verdicts[number]): string => samePairKey(hashA, hashB);
  const textOf = ({ verdict, note, time, run }: Verdicts[number]): string =>
    JSON.stringify([verdict, note, time, run]);
  const known = new Map(from.map((one) => [keyOf(one), textOf(one)]));
  const kept = new Set(to.map(keyOf));
  return [
    ...from
      .filter((one) => !kept.has(keyOf(one)))
      .map(({ hashA, hashB }): PairChange => ({ pair: [hashA, hashB], verdict: null })),
    ...to
      .filter((one) => known.get(keyOf(one)) !== textOf(one))
      .map((one): PairChange => ({ pair: [one.hashA, one.hashB], verdict: one })),
  ];
}
