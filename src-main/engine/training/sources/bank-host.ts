import type { NamedArray } from '../../graph/program.ts';
import type { DrawnBank } from './bank-draws.ts';
import { noPicture } from './training-source.ts';
import type { HostStep, SourceHost, StateArray } from './training-source.ts';

/**
 * The host part of a bank source: feeds each step the bank rows of its pictures, and what `draw` draws
 * from the other rows. The bank has `rows` rows.
 */
export function bankHost(
  arrays: Readonly<Record<string, StateArray>>,
  rows: number,
  draw: (step: HostStep, bank: DrawnBank) => Readonly<Record<string, NamedArray['values']>>,
): SourceHost {
  const rowOf = bankRows(arrays);
  const columnIds = new Uint32Array(rows).fill(noPicture);
  for (const [id, row] of rowOf) columnIds[row] = id;
  return {
    step: (step) => {
      const rowsOf = (ids: Uint32Array): Int32Array =>
        Int32Array.from(ids, (id) => rowOf.get(id) ?? 0);
      const ownRows = rowsOf(step.batch);
      const positiveRows = step.positives && rowsOf(step.positives);
      const knownRows = step.known?.map((ids) => ids.flatMap((id) => rowOf.get(id) ?? []));
      const drawn = draw(step, { used: rowOf.size, ownRows, ...(knownRows && { knownRows }) });
      const feeds = { bankRows: ownRows, ...(positiveRows && { positiveRows }), ...drawn };
      return { feeds, rowIds: step.batch, columnIds };
    },
    state: () => ({}),
  };
}

/** The bank row of each picture, by sample id. */
export function bankRows({
  bankIds,
}: Readonly<Record<string, StateArray>>): ReadonlyMap<number, number> {
  if (!(bankIds instanceof Uint32Array)) throw new Error('The state has no ids of the bank.');
  return new Map(Array.from(bankIds, (id, row) => [id, row]));
}
