import { verdictKind } from '../../../contract/verdicts.ts';
import type { Library } from '../../store/library-file.ts';
import { allRuns } from '../../store/runs.ts';
import { presentSamples } from '../../store/samples.ts';
import { listVerdicts } from '../../store/verdicts.ts';
import { describeVerdicts } from '../../verdicts/library-verdicts.ts';
import { noPictures } from './picture-list.ts';
import { choice, texts, wholeTable } from '../../formats/tables/table.ts';
import type { Table } from '../../formats/tables/table.ts';

/** A table with one row per judged pair, the latest first. */
export function verdictsTable(library: Library): Table {
  const verdicts = describeVerdicts(presentSamples(library), listVerdicts(library));
  const names = new Map(allRuns(library).map(({ id, name }) => [id, name]));
  const hashesA = verdicts.map(({ pair }) => pair[0].hash);
  const pathsA = verdicts.map(({ pair }) => pair[0].path ?? '');
  const hashesB = verdicts.map(({ pair }) => pair[1].hash);
  const pathsB = verdicts.map(({ pair }) => pair[1].path ?? '');
  const notes = verdicts.map(({ note }) => note);
  const times = verdicts.map(({ time }) => time);
  const runs = verdicts.map(({ run }) => names.get(run ?? -1) ?? '');
  return wholeTable(
    {
      columns: [
        texts('hash_a', hashesA, 'one picture of the pair, SHA-256 of its bytes'),
        texts('path_a', pathsA, 'its path in the scanned folder'),
        texts('hash_b', hashesB, 'the other picture'),
        texts('path_b', pathsB, 'its path'),
        choice('verdict', verdictKind.options, 'same, different or unsure'),
        texts('note', notes, 'why'),
        texts('time', times, 'when it was given, UTC, ISO 8601'),
        texts('run', runs, 'the run that suggested the pair'),
      ],
      pictures: noPictures,
      source: { what: 'verdicts' },
    },
    verdicts.length,
    [
      hashesA,
      pathsA,
      hashesB,
      pathsB,
      Uint8Array.from(verdicts, ({ verdict }) => verdictKind.options.indexOf(verdict)),
      notes,
      times,
      runs,
    ],
  );
}
