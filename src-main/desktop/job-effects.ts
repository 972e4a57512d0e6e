import { app, BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { JobStatus } from '../contract/jobs.ts';
import { endNotice, keepsAwake, taskbarProgress, type EndNotice } from './job-signs.ts';

interface JobEffectsOptions {
  /** A notice was clicked. */
  readonly onNotice: (notice: EndNotice) => void;
  /** Somebody looks at the window, so that its signs are to be shown anew. */
  readonly onSeen: () => void;
}

/** Shows the system what jobs do: progress in taskbar and dock, notices, and that it must stay awake. */
export class JobEffects {
  readonly #options: JobEffectsOptions;
  #hasUnseenFailure = false;
  #blocker: number | null = null;
  /** A notice that nothing refers to is collected, and its click lost. */
  readonly #shown = new Set<Notification>();

  constructor(options: JobEffectsOptions) {
    this.#options = options;
    app.on('browser-window-focus', () => {
      this.#hasUnseenFailure = false;
      options.onSeen();
    });
  }

  /** `shown` are the live jobs that the user follows, `here` those on this machine. */
  show(shown: readonly JobStatus[], here: readonly JobStatus[]): void {
    const { value, mode } = taskbarProgress(shown, this.#hasUnseenFailure);
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(value, { mode });
    this.#stayAwake(keepsAwake(here));
  }

  /** Tells the end of a job, where it is worth it. */
  tellEnd(job: JobStatus, ranMs: number): void {
    const isFocused = BrowserWindow.getFocusedWindow() !== null;
    if (job.state === 'failed' && !isFocused) this.#hasUnseenFailure = true;
    const notice = endNotice(job, ranMs, isFocused);
    if (notice === null || !Notification.isSupported()) return;
    const notification = new Notification({ title: notice.title, body: notice.body });
    this.#shown.add(notification);
    notification.once('click', () => {
      this.#shown.delete(notification);
      this.#options.onNotice(notice);
    });
    notification.show();
  }

  #stayAwake(isWanted: boolean): void {
    if (isWanted && this.#blocker === null) {
      this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    } else if (!isWanted && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
