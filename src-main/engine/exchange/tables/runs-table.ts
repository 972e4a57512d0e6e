import { knnNeighbours } from '../../../contract/run-scores.ts';
import type { Library } from '../../store/library-file.ts';
import { listRuns } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';
import { noPictures } from './picture-list.ts';
import { numbers, texts, wholeTable } from '../../formats/tables/table.ts';
import type { ColumnValues, Table, TableColumn } from '../../formats/tables/table.ts';

/** A table with one row per run that is not deleted, the oldest first. */
export function runsTable(library: Library): Table {
  const runs = listRuns(library);
  const columns: TableColumn[] = [];
  const values: ColumnValues[] = [];
  const text = (name: string, meaning: string, valueOf: (run: Run) => string): void => {
    const column = runs.map(valueOf);
    columns.push(texts(name, column, meaning));
    values.push(column);
  };
  const number = (
    name: string,
    unit: string,
    meaning: string,
    valueOf: (run: Run) => number | null | undefined,
  ): void => {
    columns.push(numbers(name, 'float64', unit, meaning));
    values.push(Float64Array.from(runs, (run) => valueOf(run) ?? NaN));
  };
  columns.push(numbers('run', 'int32', '', 'its number in the library'));
  values.push(Int32Array.from(runs, ({ id }) => id));
  text('name', 'its name', ({ name }) => name);
  text('kind', 'trained, loaded or imported', ({ kind }) => kind);
  text('encoder', 'what embeds', ({ encoder }) => encoder);
  text('objective', 'what it was trained with', ({ objective }) => objective ?? '');
  text('state', 'of the training', ({ state }) => state);
  text('device', 'what it ran on', ({ device }) => device ?? '');
  text('weights_hash', 'SHA-256 of its weights', ({ weightsHash }) => weightsHash ?? '');
  text('created', 'UTC, ISO 8601', ({ createdAt }) => new Date(createdAt).toISOString());
  number('epochs', 'epochs', 'finished', ({ epochs }) => epochs);
  number('loss', 'nats', 'of the last epoch', ({ loss }) => loss);
  number('pictures_per_second', '1/s', 'speed', ({ imagesPerSecond }) => imagesPerSecond);
  number(
    'knn',
    'of 1',
    `kNN accuracy on h by a weighted vote of the ${knnNeighbours} nearest`,
    ({ metrics }) => metrics.knn,
  );
  number('linear', 'of 1', 'accuracy of a linear probe on h', ({ metrics }) => metrics.linear);
  number('alignment', 'distance²', 'mean of two views', ({ metrics }) => metrics.alignment);
  number('uniformity', 'log', 'of the features h', ({ metrics }) => metrics.uniformity);
  number(
    'precision_at_20',
    'of 1',
    'share of the 20 most similar with the same label; higher is better',
    ({ metrics }) => metrics.precisionAt20,
  );
  number(
    'score_protocol',
    '',
    'how the scores were measured; those of different numbers cannot be compared',
    ({ metrics }) => metrics.protocol,
  );
  text(
    'left_out',
    'what did not vote in kNN, linear and precision, as evaluate takes it',
    ({ metrics }) => metrics.leftOut ?? '',
  );
  text('note', 'what was noted of it', ({ note }) => note);
  text('tags', 'with commas between them', ({ tags }) => tags.join(','));
  text('archived', 'yes for a run that was put aside', ({ archived }) => (archived ? 'yes' : 'no'));
  text('settings', 'everything it was started with, as JSON', ({ settings }) =>
    JSON.stringify(settings),
  );
  return wholeTable(
    { columns, pictures: noPictures, source: { what: 'runs' } },
    runs.length,
    values,
  );
}
