import type { KnownEncoder } from '../../../src-main/contract/loaded-encoders.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Connection } from '../../connection/connection.svelte.ts';

/** The encoders that were added to the library. */
export class Encoders {
  list = $state.raw<readonly KnownEncoder[]>([]);
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async refresh(): Promise<void> {
    this.list = await this.#connection.call('encoders.list', {});
  }

  /** Those whose files are there and that have embedded nothing yet. */
  notEmbedded(runs: readonly RunSummary[]): KnownEncoder[] {
    return this.list.filter(({ name, present }) => present && runOfEncoder(runs, name) === null);
  }
}

/**
 * The run that an added encoder has embedded the pictures in, the latest; null where there is none.
 */
export function runOfEncoder(runs: readonly RunSummary[], name: string): RunSummary | null {
  const own = (run: RunSummary): boolean =>
    run.kind === 'loaded' && run.encoder === name && run.embedded;
  return runs.findLast(own) ?? null;
}
