import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { appScheme } from '../contract/anchor-address.ts';
import type { DesktopCommand, KnownPreferences } from '../contract/desktop.ts';
import type { PageName } from '../contract/pages.ts';
import { toErrorReport } from '../contract/errors/errors.ts';
import { needsNewStart } from '../contract/preferences.ts';
import { AppEngine, type OpenLibrary } from './app-engine.ts';
import type { AppFiles } from './app-files.ts';
import type { AppLog } from './app-log.ts';
import { DesktopJobs } from './desktop-jobs.ts';
import { EngineChoice } from './engine-choice.ts';
import type { EngineLink } from './engine-link.ts';
import type { FirstLibrary } from './engine-messages.ts';
import { KnownEngines } from './known-engines.ts';
import { LocalEngine } from './local-engine.ts';
import { HelpCommands } from './help-commands.ts';
import { ApplicationMenu } from './menu/application-menu.ts';
import { offerTextMenu } from './menu/offer-text-menu.ts';
import { noteOpened, showRecentInSystem } from './menu/system-recents.ts';
import { openingCommand } from './opening-command.ts';
import { openedPath, pathOfArguments, type OpenedPath } from './opened-paths.ts';
import { servePage } from './page-protocol.ts';
import { PreferencesFile } from './preferences-file.ts';
import { askWhereToSave } from './saved-files.ts';
import { lockDown } from './security.ts';
import { answerSettings } from './setting-calls.ts';
import { systemVault } from './token-vault.ts';
import type { SystemRequests } from './system-requests.ts';
import { answerWindows } from './window-calls.ts';
import { WindowCommands } from './window-commands.ts';
import { keepAlive, noteEndedProcesses } from './window-recovery.ts';
import { windowTitle } from './window-title.ts';
import { openWindow } from './window.ts';

/** What the app was started with; a second start passes its own on. */
export interface AppStart {
  readonly args: readonly string[];
  readonly workingFolder: string;
}

interface DesktopAppOptions {
  readonly start: AppStart;
  readonly requests: SystemRequests;
  readonly files: AppFiles;
  /** Where libraries and the list of recent ones are. */
  readonly dataFolder: string;
  readonly log: AppLog;
}

/** Puts the desktop app together: the engine, its window, the menu, and what the system asks for. */
export class DesktopApp {
  readonly #files: AppFiles;
  readonly #log: AppLog;
  readonly #commands = new WindowCommands();
  /** What the start names, such as a folder; null for nothing. */
  readonly #asked: OpenedPath | null;
  readonly #ownEngine: LocalEngine;
  readonly #engine: AppEngine;
  readonly #help: HelpCommands;
  readonly #requests: SystemRequests;
  #menu: ApplicationMenu | null = null;
  readonly #send = (command: DesktopCommand): void => this.#commands.send(command);
  readonly #preferences: PreferencesFile;
  readonly #knownEngines: KnownEngines;
  readonly #choice: EngineChoice;
  readonly #jobs: DesktopJobs;
  /** Where libraries are made where the user prefers no folder. */
  readonly #usualLibraryFolder: string;
  /** What is open in the app's own engine. */
  #library: OpenLibrary | null = null;
  /** What is open in the engine that is used. */
  #shown: OpenLibrary | null = null;

  constructor({ start, requests, files, dataFolder, log }: DesktopAppOptions) {
    this.#files = files;
    this.#log = log;
    this.#requests = requests;
    this.#asked = pathOfArguments(start.args, start.workingFolder);
    const settingsFolder = app.getPath('userData');
    this.#preferences = new PreferencesFile(join(settingsFolder, 'preferences.json'));
    this.#knownEngines = new KnownEngines(join(settingsFolder, 'remote-engines.json'), systemVault);
    this.#usualLibraryFolder = join(dataFolder, 'libraries');
    this.#ownEngine = new LocalEngine({
      settings: () => this.#preferences.current,
      nodeProgram: files.nodeProgram,
      entry: files.engineEntry,
      dataFolder,
      modelFolder: files.modelFolder,
      workingFolder: app.getPath('home'),
      first: firstLibrary(this.#asked),
      openLibrary: () => this.#library?.file ?? null,
      onLine: (line) => log.note(`[engine] ${line}`),
      onProblem: ({ code, message }) =>
        this.#commands.send({ kind: 'tell', sentence: message, code }),
      onSilence: (seconds) => this.#commands.send({ kind: 'engine-silence', seconds }),
    });
    this.#engine = new AppEngine(this.#ownEngine, {
      onLibrary: (library) => this.#noteLibrary(library),
      onRecent: (recent) => {
        this.#menu?.setRecent(recent);
        showRecentInSystem(recent, this.#send);
      },
      onError: (error) => log.fail('The open library could not be asked for:', error),
    });
    this.#help = new HelpCommands({
      ...{ files, dataFolder, log, send: this.#send },
      engine: () => this.#engine.client(),
      isEngineRemote: () => this.#engine.link.remoteName !== null,
    });
    this.#choice = new EngineChoice({
      known: this.#knownEngines,
      ownEngine: this.#ownEngine,
      onUse: (link) => this.#use(link),
      onError: log.fail,
    });
    this.#jobs = new DesktopJobs({
      ...{ ownEngine: this.#ownEngine, preferences: this.#preferences, log },
      showWindow: (page) => this.#showPage(page),
    });
  }

  /** Opens the window; with the address of a remote engine where one is given. */
  begin(remote: string): void {
    const { note } = this.#log;
    note(`Negatoscope ${app.getVersion()}, Electron ${process.versions.electron}`);
    lockDown();
    askWhereToSave();
    noteEndedProcesses(note);
    servePage(this.#files.pageFolder, () => this.#engine.client());
    this.#answerWindows();
    this.#menu = new ApplicationMenu({
      platform: process.platform,
      isPackaged: app.isPackaged,
      hasGuide: this.#help.hasGuide,
      hasLicences: this.#help.hasLicences,
      actions: {
        useOwnEngine: () => this.#choice.useOwn(),
        send: this.#send,
        showGuide: () => void this.#help.showGuide(),
        showLicences: () => void this.#help.showLicences(),
        showLogs: () => void this.#help.showLogs(),
        copyDiagnostics: () => void this.#help.copyDiagnostics(),
        showAbout: () => void this.#help.showAbout(),
      },
    });
    offerTextMenu();
    this.#answerLinks();
    this.#useFirst(remote);
    this.#showWindow();
    this.#openAsked();
    this.#followSystem();
  }

  /** This machine's engine opens a folder or a library first of all, by itself. */
  #openAsked(): void {
    const isOwn = this.#engine.link === this.#ownEngine;
    const isFirst = this.#asked?.kind === 'folder' || this.#asked?.kind === 'library';
    if (this.#asked !== null && !(isOwn && isFirst)) this.#open(this.#asked);
  }

  /** Has the system open links of the app's own scheme with it; from the sources it would be Electron. */
  #answerLinks(): void {
    if (!app.isPackaged || app.setAsDefaultProtocolClient(appScheme)) return;
    // There the installed desktop entry says so, and the answer is “no” in spite of it.
    if (process.platform === 'linux') return;
    this.#log.note(`The system does not take this app for links of ${appScheme}://.`);
  }

  #answerWindows(): void {
    answerWindows({
      link: () => this.#engine.link,
      onConnected: () => void this.#connect(),
      restartEngine: (beginning) => void this.#ownEngine.restart(beginning),
      showLogs: () => void this.#help.showLogs(),
      copyDiagnostics: () => this.#help.copyDiagnostics(),
      openPath: (path) => this.#open(openedPath(path, '/')),
      setMenuState: (state) => this.#menu?.follow(state),
      onListening: () => this.#commands.listen(),
      onError: this.#log.fail,
    });
    answerSettings({
      remoteEngines: () => this.#knownEngines.list(),
      useRemoteEngine: (wanted) => this.#choice.useRemote(wanted),
      useOwnEngine: () => this.#choice.useOwn(),
      forgetRemoteEngine: (origin) => {
        this.#knownEngines.forget(origin);
        return this.#knownEngines.list();
      },
      preferences: () => this.#knownPreferences(),
      savePreferences: (wanted) => this.#preferences.save(wanted),
      renewEngine: () => void this.#ownEngine.renew(),
    });
  }

  #knownPreferences(): KnownPreferences {
    const preferences = this.#preferences.current;
    const { startedWith } = this.#ownEngine;
    return {
      preferences,
      usualLibraryFolder: this.#usualLibraryFolder,
      cores: availableParallelism(),
      needsNewStart: startedWith !== null && needsNewStart(startedWith, preferences),
    };
  }

  #followSystem(): void {
    app.on('second-instance', (_event, _args, _folder, start) => {
      const { args, workingFolder } = start as AppStart;
      const path = pathOfArguments(args, workingFolder);
      if (path !== null) this.#open(path);
      this.#raiseWindow();
    });
    this.#requests.follow((path) => {
      this.#open(openedPath(path, '/'));
      this.#raiseWindow();
    });
    app.on('activate', () => this.#raiseWindow());
  }

  #open(path: OpenedPath): void {
    this.#send(openingCommand(path, this.#engine.link.remoteName));
  }

  #showWindow(): void {
    const { preload, icon } = this.#files;
    const boundsFile = join(app.getPath('userData'), 'window.json');
    const window = openWindow({ preload, icon, boundsFile, title: this.#title() });
    keepAlive(window, this.#log.note);
    this.#jobs.guard(window);
    this.#commands.follow(window);
  }

  #showPage(page: PageName | null): void {
    if (page !== null) this.#commands.send({ kind: 'go', page });
    this.#raiseWindow();
  }

  #raiseWindow(): void {
    this.#jobs.leaveBackground();
    const [window] = BrowserWindow.getAllWindows();
    if (!window) {
      this.#showWindow();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  /** Main follows the engine, too, for the window's title and for what to open after a crash. */
  async #connect(): Promise<void> {
    try {
      await this.#engine.client();
      await this.#jobs.connect();
    } catch (error) {
      this.#log.fail('Main has no way to the engine:', error);
    }
  }

  #noteLibrary(library: OpenLibrary | null): void {
    if (this.#engine.link === this.#ownEngine) {
      if (library !== null && library.file !== this.#library?.file) noteOpened(library.file);
      this.#library = library;
    }
    this.#shown = library;
    const title = this.#title();
    for (const window of BrowserWindow.getAllWindows()) window.setTitle(title);
  }

  #title(): string {
    return windowTitle(this.#shown?.name ?? null, this.#engine.link.remoteName);
  }

  #useFirst(remote: string): void {
    try {
      this.#use(this.#choice.first(remote));
    } catch (error) {
      dialog.showErrorBox('The remote engine was not opened', toErrorReport(error).message);
    }
  }

  /** The page connects again when it is reloaded. */
  #use(next: EngineLink): void {
    const former = this.#engine.use(next);
    this.#jobs.use(next);
    this.#shown = null;
    this.#menu?.setEngineRemote(next !== this.#ownEngine);
    for (const window of BrowserWindow.getAllWindows()) {
      window.setTitle(this.#title());
      window.reload();
    }
    if (former !== next && former !== this.#ownEngine) void former.close();
  }
}

/** The library that the engine opens at the app's start. */
function firstLibrary(asked: OpenedPath | null): FirstLibrary {
  if (asked?.kind === 'folder') return { folder: asked.folder };
  if (asked?.kind === 'library') return { file: asked.file };
  if (asked?.kind === 'anchor' && asked.library !== null && existsSync(asked.library)) {
    return { file: asked.library };
  }
  return 'last';
}
