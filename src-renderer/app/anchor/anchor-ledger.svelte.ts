import { toErrorReport } from '../../../src-main/contract/errors/errors.ts';
import type { AnchorLedger } from '../../../src-main/contract/ledger.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly } from '../../connection/latest-only.ts';

interface Question {
  readonly run: number;
  readonly anchor: string;
  readonly epoch?: number;
}

interface Answer {
  readonly ledger: AnchorLedger | null;
  readonly before: AnchorLedger | null;
  readonly problem: string;
}

/** The training's ledger of the anchor in one epoch, and in the recorded epoch before it. */
export class AnchorLedgerState {
  current = $state.raw<AnchorLedger | null>(null);
  before = $state.raw<AnchorLedger | null>(null);
  /** Why there is no ledger, as one sentence; empty where there is one. */
  problem = $state('');
  readonly #connection: Connection;
  readonly #load = latestOnly<Question, Answer>(
    (question) => this.#ask(question),
    ({ ledger, before, problem }) => {
      this.current = ledger;
      this.before = before;
      this.problem = problem;
    },
  );
  /**
   * Ledgers that were read of this run and anchor: going back to an epoch asks the engine nothing.
   */
  #known: readonly AnchorLedger[] = [];
  #knownOf = '';

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Reads an epoch of an anchor (by content hash) in a run, or the last one. */
  load(run: number, anchor: string, epoch?: number): Promise<void> {
    return this.#load({ run, anchor, ...(epoch !== undefined && { epoch }) });
  }

  clear(): void {
    this.#load.drop();
    this.current = null;
    this.before = null;
    this.problem = '';
    this.#known = [];
  }

  async #ask(question: Question): Promise<Answer> {
    const { run, anchor } = question;
    if (this.#knownOf !== `${run} ${anchor}`) this.#known = [];
    this.#knownOf = `${run} ${anchor}`;
    try {
      const ledger = await this.#read(question);
      const before = ledger.epochs.findLast((epoch) => epoch < ledger.epoch);
      return {
        ledger,
        before: before === undefined ? null : await this.#read({ run, anchor, epoch: before }),
        problem: '',
      };
    } catch (error) {
      const { code, message } = toErrorReport(error);
      if (code !== 'not-found') throw error;
      return { ledger: null, before: null, problem: message };
    }
  }

  async #read(question: Question): Promise<AnchorLedger> {
    const known = this.#known.find(({ epoch }) => epoch === question.epoch);
    if (known) return known;
    const ledger = await this.#connection.call('anchor.ledger', question);
    this.#known = [...this.#known, ledger];
    return ledger;
  }
}
