import { toErrorReport, type ErrorCode } from '../../../src-main/contract/errors/errors.ts';

interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'done';
  readonly text: string;
  /** What may be done about it, by a button. */
  readonly action?: NoticeAction;
  /** What else may be done, by a button before that. */
  readonly before?: NoticeAction;
  /** News of a topic takes the place of what was said of it before. */
  readonly topic?: string;
}

interface NoticeAction {
  readonly name: string;
  run(): void;
}

/** How long news stays, in ms; longer where it can be answered (WCAG 2.2.1 asks for 20 s). */
const newsMs = 6000;
const answerableMs = 20_000;

/** Sentences for the user: errors stay until they are dismissed, news leaves by itself. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  /** What may be done about failures of a kind, where who tells them names nothing. */
  remedies: { readonly [code in ErrorCode]?: NoticeAction } = {};
  #next = 1;
  /** When news leaves, by its id. */
  readonly #timers: ReturnType<typeof setTimeout>[] = [];

  /**
   * Shows a failure as one sentence, with what may be done about it; a cancelled job is what the user
   * asked for, so it is none.
   */
  fail(error: unknown, action?: NoticeAction, topic?: string): void {
    const { code, message } = toErrorReport(error);
    if (code === 'cancelled' || code === 'disconnected') return;
    if (this.list.some((notice) => notice.text === message)) return;
    const remedy = action ?? this.remedies[code];
    this.#add('error', message, { ...(remedy && { action: remedy }), ...(topic && { topic }) });
  }

  /**
   * Shows news, with what may be done about it, and `before` that; `topic` replaces earlier news of the
   * same.
   */
  show(text: string, action?: NoticeAction, topic?: string, before?: NoticeAction): void {
    const isOld = (notice: Notice): boolean =>
      notice.text === text || (topic !== undefined && notice.topic === topic);
    this.list = this.list.filter((notice) => !isOld(notice));
    const more = { ...(action && { action }), ...(before && { before }), ...(topic && { topic }) };
    this.release(this.#add('done', text, more));
  }

  /** Stops news from leaving while it is looked at. */
  hold(id: number): void {
    clearTimeout(this.#timers[id]);
  }

  /** Lets news leave after its whole time, counted from now. */
  release(id: number): void {
    const notice = this.list.find((one) => one.id === id);
    if (notice?.kind !== 'done') return;
    this.hold(id);
    const ms = notice.action ? answerableMs : newsMs;
    this.#timers[id] = setTimeout(() => this.dismiss(id), ms);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** Takes away what was said of a topic, which holds no more. */
  dismissTopic(topic: string): void {
    for (const { id } of this.list.filter((notice) => notice.topic === topic)) this.dismiss(id);
  }

  /** Takes everything away: it was about what is no longer on screen. */
  clear(): void {
    for (const { id } of this.list) this.dismiss(id);
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

  #add(
    kind: Notice['kind'],
    text: string,
    more: Pick<Notice, 'action' | 'before' | 'topic'> = {},
  ): number {
    const id = this.#next++;
    this.list = [...this.list, { id, kind, text, ...more }];
    return id;
  }
}
