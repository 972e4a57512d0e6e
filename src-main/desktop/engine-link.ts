import type { MessagePortMain } from 'electron';
import type { EngineClient } from '../contract/client.ts';

/** The app's engine: in a process of its own, or on another machine. */
export interface EngineLink {
  /** A name for the window's title; null for this machine's own engine. */
  readonly remoteName: string | null;
  /** The engine, which main uses to serve pictures. */
  client(): EngineClient;
  /** A port for a window; the engine serves its other end. */
  openPort(): MessagePortMain;
  close(): Promise<void>;
}
