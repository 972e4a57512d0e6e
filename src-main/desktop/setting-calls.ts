import { z } from 'zod';
import type {
  KnownPreferences,
  KnownRemoteEngines,
  WantedRemoteEngine,
} from '../contract/desktop.ts';
import { preferences, type Preferences } from '../contract/preferences.ts';
import { answerPage, listenToPage } from './page-calls.ts';

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

/** Answers what the dialogs of engines and preferences ask. */
export function answerSettings(calls: SettingCalls): void {
  answer('remote-engines', z.undefined(), () => calls.remoteEngines());
  answer('use-remote-engine', wantedEngine, (wanted) => calls.useRemoteEngine(wanted));
  answer('forget-remote-engine', z.string(), (origin) => calls.forgetRemoteEngine(origin));
  answer('preferences', z.undefined(), () => calls.preferences());
  answer('save-preferences', preferences, (wanted) => calls.savePreferences(wanted));
  listenToPage('use-own-engine', calls.useOwnEngine, () => undefined);
  listenToPage('renew-engine', calls.renewEngine, () => undefined);
}

function answer<Given>(
  channel: string,
  schema: z.ZodType<Given>,
  reply: (given: Given) => unknown,
): void {
  const refuse = (): never => {
    throw new Error('Only the page of the app is answered.');
  };
  answerPage(channel, (given) => reply(schema.parse(given)), refuse);
}
