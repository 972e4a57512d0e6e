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
  /** Shows a sentence about what went wrong. */
  | { readonly kind: 'tell'; readonly sentence: string }
  | { readonly kind: 'undo' | 'redo' }
  /** The engine's process is there, but has not answered for so long; null once it answers again. */
  | { readonly kind: 'engine-silence'; readonly seconds: number | null };

/** How an engine that ended is to begin again. */
export type EngineBeginning = 'last-library' | 'no-library';

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
  /** Shows a file in its folder; false where it is not on this machine. */
  showInFolder(path: string): Promise<boolean>;
  /** Takes the last typing in a text field back, or makes it again. */
  editText(change: 'undo' | 'redo'): void;
  /** Shows the folder of the logs. */
  showLogs(): void;
  /** Takes the commands of the shell from now on, and those that waited for it. */
  onCommand(listener: (command: DesktopCommand) => void): void;
}

/** The message by which the preload passes a port on to the page, or a refusal in its place. */
export interface EnginePortMessage {
  readonly nonce: string;
  readonly refusal: EngineRefusal | null;
}
