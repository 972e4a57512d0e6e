import { app, BrowserWindow, powerMonitor } from 'electron';
import type { PageName } from '../contract/pages.ts';
import type { AppLog } from './app-log.ts';
import type { EngineLink } from './engine-link.ts';
import { FollowedJobs } from './followed-jobs.ts';
import { JobEffects } from './job-effects.ts';
import { backgroundLine } from './job-signs.ts';
import type { PreferencesFile } from './preferences-file.ts';
import { askAtQuit } from './quit-dialog.ts';
import { QuitRequests } from './quit-requests.ts';
import { BackgroundTray } from './tray.ts';

interface DesktopJobsOptions {
  readonly ownEngine: EngineLink;
  readonly preferences: PreferencesFile;
  /** Shows the window, and a page in it where one is given. */
  readonly showWindow: (page: PageName | null) => void;
  readonly log: AppLog;
}

/** After a job another one may follow, such as a map after vectors. */
const followingJobMs = 2000;
const searchAfterMs = 1000;

/** What jobs mean for the desktop: signs of their progress, and when the app may end. */
export class DesktopJobs {
  readonly quits: QuitRequests;
  readonly #options: DesktopJobsOptions;
  readonly #own: FollowedJobs;
  /** The jobs of the remote engine in use; null while this machine's engine is. */
  #remote: FollowedJobs | null = null;
  readonly #effects: JobEffects;
  readonly #tray: BackgroundTray;

  constructor(options: DesktopJobsOptions) {
    this.#options = options;
    this.#own = this.#follow(options.ownEngine, () => {
      // Its ways close a moment before its process has ended; until then there is no other.
      setTimeout(() => this.#searchInBackground(), searchAfterMs);
    });
    this.#effects = new JobEffects({
      onNotice: ({ page }) => options.showWindow(page),
      onSeen: () => this.#show(),
    });
    this.#tray = new BackgroundTray({
      show: () => options.showWindow(null),
      quit: () => this.quits.end(),
    });
    this.quits = new QuitRequests({
      jobs: () => this.#own.live,
      choice: () => options.preferences.current.atQuit,
      remember: (atQuit) => this.#remember(atQuit),
      ask: askAtQuit,
      enterBackground: () => this.#enterBackground(),
      end: () => void this.#end(),
    });
    this.#followQuits();
  }

  /** The engine that the window uses from now on. */
  use(link: EngineLink): void {
    this.#remote?.close();
    this.#remote = link === this.#options.ownEngine ? null : this.#follow(link, () => undefined);
    this.#show();
  }

  /** The window has a way to the engine in use, so that its jobs can be followed, too. */
  async connect(): Promise<void> {
    await (this.#remote ?? this.#own).connect();
  }

  /** A window is on screen again. */
  leaveBackground(): void {
    this.quits.leaveBackground();
    this.#tray.hide();
    this.#show();
  }

  /** Asks before a window closes whose end would be the app's. */
  guard(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (process.platform === 'darwin' || this.quits.mayClose) return;
      event.preventDefault();
      void this.quits.request();
    });
  }

  #follow(link: EngineLink, onLost: () => void): FollowedJobs {
    return new FollowedJobs(link, {
      now: () => performance.now(),
      onChange: () => this.#show(),
      onEnded: (job, ranMs) => this.#effects.tellEnd(job, ranMs),
      onLost: () => {
        this.#show();
        onLost();
      },
      onError: (error) => this.#options.log.fail('The jobs could not be asked for:', error),
    });
  }

  #show(): void {
    const own = this.#own.live;
    const here = this.#own.seen;
    this.#effects.show([...(this.#remote?.seen ?? []), ...here], here);
    this.#tray.tell(backgroundLine(own));
    if (this.quits.isInBackground) {
      setTimeout(() => this.quits.checkBackground(), followingJobMs);
    }
  }

  #enterBackground(): void {
    this.#tray.show(backgroundLine(this.#own.live));
    for (const window of BrowserWindow.getAllWindows()) window.close();
  }

  /** Without a window nobody else asks for an engine that ended. */
  #searchInBackground(): void {
    if (!this.quits.isInBackground) return;
    this.connect().catch((error: unknown) => {
      this.#options.log.fail('The engine ended in the background:', error);
      this.quits.end();
    });
  }

  #remember(atQuit: 'resume-later' | 'background'): void {
    const { preferences, log } = this.#options;
    const obstacle = preferences.save({ ...preferences.current, atQuit });
    if (obstacle !== null) log.fail('The answer is not remembered:', obstacle);
  }

  #followQuits(): void {
    // With “Keep On in the Background” the app outlives its window.
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin' && !this.quits.isInBackground) app.quit();
    });
    app.on('before-quit', (event) => {
      if (this.#mayQuit) return;
      event.preventDefault();
      void this.quits.request();
    });
    // Neither who ends the session nor a terminal waits for an answer.
    powerMonitor.on('shutdown', () => this.quits.end());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.quits.end());
  }

  #mayQuit = false;

  async #end(): Promise<void> {
    this.#tray.hide();
    await this.#options.ownEngine.close();
    this.#mayQuit = true;
    app.quit();
  }
}
