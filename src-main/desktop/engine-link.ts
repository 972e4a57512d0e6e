import type { MessagePortMain } from 'electron';
import type { EngineClient } from '../contract/client.ts';

/** Where the app's engine is: in a process of its own, or on another machine. */
export interface EngineLink {
  /** A name for the window's title, or null for this machine's own engine. */
  readonly remoteName: string | null;
  /** The engine, for the pictures that main serves. */
  client(): EngineClient;
  /** A port for a window; its other end is served by the engine. */
  openPort(): MessagePortMain;
  close(): Promise<void>;
}
