import { toErrorReport } from '../../../src-main/contract/errors/errors.ts';
import { generatedUseOf } from '../../../src-main/contract/generated-negatives.ts';
import type {
  GeneratedInput,
  GeneratedNegatives,
} from '../../../src-main/contract/generated-negatives.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly } from '../../connection/latest-only.ts';

interface Answer {
  readonly generated: GeneratedNegatives | null;
  readonly problem: string;
}

/** The negatives that the generator of the run makes for the anchor. */
export class AnchorGeneratedState {
  current = $state.raw<GeneratedNegatives | null>(null);
  /** Why there are none where the training had some, as one sentence; empty where there are. */
  problem = $state('');
  readonly #connection: Connection;
  readonly #load = latestOnly<GeneratedInput, Answer>(
    (input) => this.#ask(input),
    ({ generated, problem }) => {
      this.current = generated;
      this.problem = problem;
    },
  );

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Makes them for an anchor (by content hash), or none where the training of the run made none. */
  async make(run: RunSummary, anchor: string): Promise<void> {
    if (generatedUseOf(run) === null) this.clear();
    else await this.#load({ run: run.run, anchor });
  }

  clear(): void {
    this.#load.drop();
    this.current = null;
    this.problem = '';
  }

  async #ask(input: GeneratedInput): Promise<Answer> {
    try {
      return { generated: await this.#connection.call('anchor.generated', input), problem: '' };
    } catch (error) {
      const { code, message } = toErrorReport(error);
      if (code !== 'not-found') throw error;
      return { generated: null, problem: message };
    }
  }
}
