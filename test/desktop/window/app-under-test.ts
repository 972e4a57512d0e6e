import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { giveToOrdinaryUser } from './ordinary-user.ts';

/** The assembled app, started with a data folder and a user of its own. */
export interface AppUnderTest {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Its data folder, of libraries and settings. */
  readonly home: string;
  /** What Electron and the engine wrote to the terminal. */
  readonly terminal: () => string;
  close(): Promise<void>;
}

interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The data folder of an earlier start; a new one if left out. */
  readonly home?: string;
  readonly workingFolder?: string;
}

const running = new Set<AppUnderTest>();
const homes = new Set<string>();
/** What all tests of a file share. */
let kept: AppUnderTest | null = null;

afterEach(async () => {
  for (const app of running) if (app !== kept) await app.close();
  if (kept !== null) return;
  for (const home of homes) await rm(home, { recursive: true, force: true });
  homes.clear();
});

/** Starts the app before the first test of a file and closes it after the last. */
export function keepApp(): { readonly app: AppUnderTest } {
  const session = {} as { app: AppUnderTest };
  beforeAll(async () => {
    kept = await startApp();
    session.app = kept;
  });
  afterAll(async () => {
    await kept?.close();
    kept = null;
  });
  return session;
}

export async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'negatoscope-window-'));
  homes.add(home);
  giveToOrdinaryUser(home);
  return home;
}

/** Starts the app; what a test leaves open is closed after it. */
export async function startApp(options: StartOptions = {}): Promise<AppUnderTest> {
  const home = options.home ?? (await newHome());
  const { program, display } = inject('desktopApp');
  const electron = await _electron.launch({
    executablePath: program,
    args: startArguments(home, options.args),
    cwd: options.workingFolder ?? home,
    env: { ...appEnvironment(home, display), ...options.env },
  });
  let written = '';
  const child = electron.process();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  }
  const page = await electron.firstWindow();
  page.setDefaultTimeout(60_000);
  const app: AppUnderTest = {
    ...{ electron, page, home },
    terminal: () => written,
    async close() {
      running.delete(app);
      // Nobody answers what becomes of jobs: they go on at a next start.
      await electron
        .evaluate(({ dialog }) => {
          dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
        })
        .catch(() => undefined);
      await electron.close();
    },
  };
  running.add(app);
  return app;
}

/** The arguments of a start beside Electron's own. */
export function startArguments(home: string, args: readonly string[] = []): string[] {
  return [`--user-data-dir=${join(home, 'user')}`, ...args];
}

/** The environment of the app: the usual one, with its own home. */
export function appEnvironment(home: string, display: string | null): Record<string, string> {
  const usual = Object.entries(process.env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    // npm and vitest set these; a person's desktop does not.
    return (
      value !== undefined && !/^(NODE_|npm_|VITEST|ELECTRON_|NEGATOSCOPE_|ORT_|CI$)/.test(name)
    );
  });
  return {
    ...Object.fromEntries(usual),
    HOME: home,
    NEGATOSCOPE_HOME: join(home, 'data'),
    ...(display !== null && { DISPLAY: display }),
  };
}
