import type { EngineRefusal } from '../contract/desktop.ts';
import type { ByteChannel } from '../rpc/byte-channel.ts';

/** The app's engine: in a process of its own, or on another machine. */
export interface EngineLink {
  /** A name for the window's title; null for this machine's own engine. */
  readonly remoteName: string | null;
  /**
   * A new way to the engine, which closes when the engine is gone.
   * @throws EngineUnreachable
   */
  open(): Promise<ByteChannel>;
  close(): Promise<void>;
}

/** There is no way to the engine; says why. */
export class EngineUnreachable extends Error {
  readonly refusal: EngineRefusal;

  constructor(refusal: EngineRefusal) {
    super(refusal.sentence);
    this.name = 'EngineUnreachable';
    this.refusal = refusal;
  }
}
