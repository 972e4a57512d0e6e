import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import type {
  KnownPreferences,
  KnownRemoteEngines,
  WantedRemoteEngine,
} from '../contract/desktop.ts';
import { preferences, type Preferences } from '../contract/preferences.ts';
import { isOwnFrame } from './window-calls.ts';

interface SettingCalls {
  readonly remoteEngines: () => KnownRemoteEngines;
  readonly useRemoteEngine: (wanted: WantedRemoteEngine) => Promise<string | null>;
  readonly useOwnEngine: () => void;
  readonly forgetRemoteEngine: (origin: string) => KnownRemoteEngines;
  readonly preferences: () => KnownPreferences;
  readonly savePreferences: (wanted: Preferences) => string | null;
  readonly renewEngine: () => void;
}

const wantedEngine = z.object({ address: z.string(), token: z.string(), isAtStart: z.boolean() });

/** Answers what the dialogs of engines and preferences ask, only to frames of our own page. */
export function answerSettings(calls: SettingCalls): void {
  answer('remote-engines', z.undefined(), () => calls.remoteEngines());
  answer('use-remote-engine', wantedEngine, (wanted) => calls.useRemoteEngine(wanted));
  answer('forget-remote-engine', z.string(), (origin) => calls.forgetRemoteEngine(origin));
  answer('preferences', z.undefined(), () => calls.preferences());
  answer('save-preferences', preferences, (wanted) => calls.savePreferences(wanted));
  listen('use-own-engine', calls.useOwnEngine);
  listen('renew-engine', calls.renewEngine);
}

function answer<Given>(
  channel: string,
  given: z.ZodType<Given>,
  reply: (given: Given) => unknown,
): void {
  ipcMain.handle(channel, ({ senderFrame }: IpcMainInvokeEvent, value: unknown) => {
    if (!isOwnFrame(senderFrame)) throw new Error('Only the page of the app is answered.');
    return reply(given.parse(value));
  });
}

function listen(channel: string, act: () => void): void {
  ipcMain.on(channel, ({ senderFrame }) => {
    if (isOwnFrame(senderFrame)) act();
  });
}
