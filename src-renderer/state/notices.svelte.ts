import { toErrorReport } from '../../src-main/contract/errors.ts';

export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'done';
  readonly text: string;
  /** What may be done about it, by a button. */
  readonly action?: NoticeAction;
}

export interface NoticeAction {
  readonly name: string;
  run(): void;
}

/** Sentences for the user: errors stay until they are dismissed, news leaves by itself. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /** Shows a failure as one sentence; a cancelled job is what the user asked for, so it is none. */
  fail(error: unknown): void {
    const { code, message } = toErrorReport(error);
    if (code === 'cancelled' || code === 'disconnected') return;
    if (this.list.some((notice) => notice.text === message)) return;
    this.#add('error', message);
  }

  tell(text: string, action?: NoticeAction): void {
    this.list = this.list.filter((notice) => notice.text !== text);
    const id = this.#add('done', text, action);
    setTimeout(() => this.dismiss(id), 6000);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** Runs work whose failure the user must see; null when it failed. */
  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  #add(kind: Notice['kind'], text: string, action?: NoticeAction): number {
    const id = this.#next++;
    this.list = [...this.list, { id, kind, text, ...(action && { action }) }];
    return id;
  }
}
