import type { JobStatus } from '../contract/jobs.ts';
import type { QuitChoice } from '../contract/preferences.ts';
import { quitQuestion, type QuitQuestion } from './job-signs.ts';

/** What the user answers to the question about jobs. */
export interface QuitAnswer {
  readonly answer: Exclude<QuitChoice, 'ask'> | 'cancel';
  /** The same answer is taken from now on. */
  readonly isRemembered: boolean;
}

interface QuitRequestsOptions {
  /** The jobs of this machine's engine that have not ended. */
  readonly jobs: () => readonly JobStatus[];
  readonly choice: () => QuitChoice;
  readonly remember: (choice: Exclude<QuitChoice, 'ask'>) => void;
  readonly ask: (question: QuitQuestion) => Promise<QuitAnswer>;
  /** Closes the window and leaves a way back to it. */
  readonly enterBackground: () => void;
  /** Closes the engine and ends the app. */
  readonly end: () => void;
}

/** Decides what a wish to quit means while jobs run or wait. */
export class QuitRequests {
  readonly #options: QuitRequestsOptions;
  #state: 'open' | 'asking' | 'background' | 'ending' = 'open';

  constructor(options: QuitRequestsOptions) {
    this.#options = options;
  }

  /** Whether a window may close without a question. */
  get mayClose(): boolean {
    return this.#state === 'ending' || this.#state === 'background';
  }

  get isInBackground(): boolean {
    return this.#state === 'background';
  }

  /** Somebody closed the last window, or quits. */
  async request(): Promise<void> {
    if (this.#state === 'ending' || this.#state === 'asking') return;
    const question = quitQuestion(this.#options.jobs());
    // Who quits what is in the background already knows that.
    if (question === null || this.#state === 'background') {
      this.end();
      return;
    }
    const choice = this.#options.choice();
    this.#do(choice === 'ask' ? await this.#ask(question) : choice);
  }

  /** Ends the app without a question; jobs go on at the next start. */
  end(): void {
    if (this.#state === 'ending') return;
    this.#state = 'ending';
    this.#options.end();
  }

  /** A window is shown again. */
  leaveBackground(): void {
    if (this.#state === 'background') this.#state = 'open';
  }

  /** The jobs may have ended: nobody needs the app in the background then. */
  checkBackground(): void {
    if (this.#state === 'background' && quitQuestion(this.#options.jobs()) === null) this.end();
  }

  async #ask(question: QuitQuestion): Promise<QuitAnswer['answer']> {
    this.#state = 'asking';
    try {
      const { answer, isRemembered } = await this.#options.ask(question);
      if (isRemembered && answer !== 'cancel') this.#options.remember(answer);
      return answer;
    } catch {
      return 'cancel';
    } finally {
      this.#state = 'open';
    }
  }

  #do(answer: QuitAnswer['answer']): void {
    if (answer === 'cancel') return;
    // Meanwhile the jobs may have ended.
    if (answer === 'resume-later' || quitQuestion(this.#options.jobs()) === null) {
      this.end();
      return;
    }
    this.#state = 'background';
    this.#options.enterBackground();
  }
}
