import type { ErrorCode } from './errors/errors.ts';
import type { LinkedAnchor } from './anchor-address.ts';
import type { MenuState, ThemeChoice, WindowAction } from './desktop-menu.ts';
import type { PageName } from './pages.ts';
import type { Preferences } from './preferences.ts';
import type { AddressParts } from './remote-address.ts';

/** Why the window gets no way to the engine. */
export interface EngineRefusal {
  /** What is wrong, for people. */
  readonly sentence: string;
  /** The last lines that the engine wrote; empty where it wrote none. */
  readonly log: string;
  /** Whether asking again changes nothing before the user has done something. */
  readonly isFinal: boolean;
}

/** What the desktop shell asks the page to do. */
export type DesktopCommand =
  | { readonly kind: 'open-folder'; readonly folder: string }
  | { readonly kind: 'open-library'; readonly file: string }
  | ({ readonly kind: 'open-anchor' } & LinkedAnchor)
  /** Shows a sentence about what went wrong, or about what was done. */
  | { readonly kind: 'tell'; readonly sentence: string; readonly code?: ErrorCode }
  | { readonly kind: 'say'; readonly sentence: string }
  | { readonly kind: 'do'; readonly action: WindowAction }
  | { readonly kind: 'go'; readonly page: PageName }
  | { readonly kind: 'theme'; readonly theme: ThemeChoice }
  | { readonly kind: 'undo' | 'redo' }
  /** The engine's process is there, but has not answered for so long; null once it answers again. */
  | { readonly kind: 'engine-silence'; readonly seconds: number | null };

/** How an engine that ended is to begin again. */
export type EngineBeginning = 'last-library' | 'no-library';

/** An engine on another machine, or another one on this, that was used before. */
export interface KnownRemoteEngine {
  readonly origin: string;
  readonly host: string;
  /** Whether its token is kept, so that it need not be typed again. */
  readonly hasToken: boolean;
  /** Whether the app's next start uses it. */
  readonly isAtStart: boolean;
}

/** The engines that were used before, the last one first. */
export interface KnownRemoteEngines {
  readonly known: readonly KnownRemoteEngine[];
  /** Whether the system keeps secrets, and so tokens. */
  readonly keepsTokens: boolean;
}

/** An engine to be used: one that was used before may come without its token. */
export interface WantedRemoteEngine extends AddressParts {
  /** Whether the app's next start uses it, too. */
  readonly isAtStart: boolean;
}

/** The preferences, and what they mean on this machine. */
export interface KnownPreferences {
  readonly preferences: Preferences;
  /** Where libraries are made where nothing is preferred. */
  readonly usualLibraryFolder: string;
  /** How many threads the processor computes at the same time. */
  readonly cores: number;
  /** Whether the engine runs with others, until it starts anew. */
  readonly needsNewStart: boolean;
}

/** What the desktop shell's preload offers the page; absent in a browser. */
export interface DesktopBridge {
  /** Asks for a port to the engine: it comes as a message with the nonce, or a refusal does. */
  acquireEnginePort(nonce: string): void;
  /** Ends the engine's process where there is one, and starts it anew. */
  restartEngine(beginning: EngineBeginning): void;
  /** The machine of a remote engine; null where the engine is this one's. */
  engineHost(): Promise<string | null>;
  /** The folder that the user chooses, null for none. */
  pickFolder(): Promise<string | null>;
  /** The library's file that the user chooses, null for none. */
  pickLibrary(): Promise<string | null>;
  /** Opens the folder or the library at a path of this machine, such as one that was dropped. */
  openPath(path: string): void;
  /** Tells the shell's menu what makes sense now. */
  setMenuState(state: MenuState): void;
  /** Shows a file in its folder; false where it is not on this machine. */
  showInFolder(path: string): Promise<boolean>;
  /** Takes the last typing in a text field back, or makes it again. */
  editText(change: 'undo' | 'redo'): void;
  /** Shows the folder of the logs. */
  showLogs(): void;
  /** Copies what a report of a fault needs: versions, counts, and the end of the log without paths. */
  copyDiagnostics(): Promise<boolean>;
  remoteEngines(): Promise<KnownRemoteEngines>;
  /** Uses another engine, whose page is then loaded; where it does not answer, says why and changes nothing. */
  useRemoteEngine(wanted: WantedRemoteEngine): Promise<string | null>;
  /** Uses this machine's engine, now and at the next start. */
  useOwnEngine(): void;
  /** Drops an engine that was used before, with its token. */
  forgetRemoteEngine(origin: string): Promise<KnownRemoteEngines>;
  preferences(): Promise<KnownPreferences>;
  /** Keeps the preferences; where that is not possible, says why. */
  savePreferences(wanted: Preferences): Promise<string | null>;
  /** Ends this machine's engine in good order and starts it anew, with the preferences of now. */
  renewEngine(): void;
  /** Takes the commands of the shell from now on, and those that waited for it. */
  onCommand(listener: (command: DesktopCommand) => void): void;
}

/** The message by which the preload passes a port on to the page, or a refusal in its place. */
export interface EnginePortMessage {
  readonly nonce: string;
  readonly refusal: EngineRefusal | null;
}
