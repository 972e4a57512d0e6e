import { basename, dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { app, BrowserWindow, clipboard, dialog, shell } from 'electron';
import type { EngineClient } from '../contract/client.ts';
import type { DesktopCommand } from '../contract/desktop.ts';
import type { LibraryStatus } from '../contract/library.ts';
import type { AppFiles } from './app-files.ts';
import type { AppLog } from './app-log.ts';
import { appFacts, type AppFacts } from './diagnostics/app-facts.ts';
import { inTime } from './diagnostics/in-time.ts';
import { crashCount } from './diagnostics/crash-dumps.ts';
import { aboutText, diagnosticsText } from './diagnostics/report-text.ts';
import { withoutPaths } from './diagnostics/without-paths.ts';

/** So many lines of the log go into a report. */
const reportedLines = 100;

interface HelpOptions {
  readonly files: AppFiles;
  readonly dataFolder: string;
  readonly log: AppLog;
  readonly engine: () => Promise<EngineClient>;
  readonly isEngineRemote: () => boolean;
  readonly send: (command: DesktopCommand) => void;
}

/** Does what the menu Help offers beside the page's own sheet of keys. */
export class HelpCommands {
  readonly #options: HelpOptions;

  constructor(options: HelpOptions) {
    this.#options = options;
  }

  get hasGuide(): boolean {
    return existsSync(this.#options.files.guide);
  }

  get hasLicences(): boolean {
    return existsSync(this.#options.files.licences);
  }

  showGuide(): Promise<void> {
    return this.#show(this.#options.files.guide);
  }

  showLicences(): Promise<void> {
    return this.#show(this.#options.files.licences);
  }

  /** The folder of the logs, in which the crashes are too. */
  showLogs(): Promise<void> {
    return this.#show(dirname(this.#options.log.file));
  }

  async showAbout(): Promise<void> {
    const facts = await this.#facts(await this.#look());
    const about = {
      type: 'info' as const,
      title: 'About Negatoscope',
      message: `Negatoscope ${facts.version}`,
      detail: aboutText(facts),
      buttons: ['Close'],
    };
    const [window] = BrowserWindow.getAllWindows();
    await (window ? dialog.showMessageBox(window, about) : dialog.showMessageBox(about));
  }

  async copyDiagnostics(): Promise<void> {
    const sight = await this.#look();
    const log = withoutPaths(this.#options.log.tail(reportedLines), {
      app: [app.getAppPath(), process.resourcesPath],
      own: this.#ownPaths(sight.library),
      names: await namesWithSpaces(sight),
    });
    const graphics = app.getGPUFeatureStatus().gpu_compositing;
    const text = diagnosticsText(await this.#facts(sight), {
      graphics,
      crashes: crashCount(),
      log,
    });
    await clipboard.writeText(text);
    this.#options.send({
      kind: 'say',
      sentence: 'Copied the diagnostics: versions, counts, and the end of the log without paths.',
    });
  }

  async #look(): Promise<Sight> {
    const engine = await inTime(this.#options.engine());
    const status = engine === null ? null : await inTime(engine.call('library.status', {}));
    return { engine, library: status?.file == null ? null : status };
  }

  #facts(sight: Sight): Promise<AppFacts> {
    const { files, isEngineRemote } = this.#options;
    const nodeProgram = isEngineRemote() ? null : files.nodeProgram;
    return appFacts({ ...sight, version: app.getVersion(), nodeProgram });
  }

  #ownPaths(library: LibraryStatus | null): string[] {
    const { dataFolder } = this.#options;
    return [
      ...[app.getPath('home'), app.getPath('userData'), app.getPath('logs'), dataFolder],
      ...(library?.file == null ? [] : [library.file, basename(library.file)]),
      ...(library?.folders.map(({ path }) => path) ?? []),
    ];
  }

  async #show(path: string): Promise<void> {
    const problem = await shell.openPath(path);
    if (problem === '') return;
    const sentence = `${path} cannot be shown: ${problem}. Open it by hand.`;
    this.#options.send({ kind: 'tell', sentence });
  }
}

/** The engine, null where it cannot be reached, and its open library, null for none. */
interface Sight {
  readonly engine: EngineClient | null;
  readonly library: LibraryStatus | null;
}

/** Names of pictures that nothing but the library tells apart from the words around them. */
async function namesWithSpaces({ engine, library }: Sight): Promise<string[]> {
  if (engine === null || library === null) return [];
  const samples = await inTime(engine.call('library.samples', {}));
  return (samples?.paths ?? []).map((path) => basename(path)).filter((name) => /\s/.test(name));
}
