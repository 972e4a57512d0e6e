import { inject } from 'vitest';
import { connectServer } from '../../../src-main/rpc/connect-server.ts';
import type { ConnectedEngine } from '../../../src-main/rpc/connect-channel.ts';
import { Connection, type EngineLink } from '../../../src-renderer/connection/connection.svelte.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** An address: each POST opens an engine of its own on the emoji, each DELETE closes one. */
    emojiEngines: string;
  }
}

/** The number of the run that every such engine has: raw pixels, embedded, not mapped. */
export const pixelRun = 1;

/** A real engine, with 96 emoji of 8 labels scanned and one run of their raw pixels. */
export interface EmojiEngine {
  readonly client: ConnectedEngine;
  /** An open connection to it, as the window has one. */
  readonly connection: Connection;
  connect(): Promise<EngineLink>;
  close(): Promise<void>;
}

/** Opens an engine of the test file's own; close it after the last test. */
export async function openEmojiEngine(): Promise<EmojiEngine> {
  const address = inject('emojiEngines');
  const answer = await fetch(address, { method: 'POST' });
  const { origin, token } = (await answer.json()) as { origin: string; token: string };
  const client = await connectServer(origin, token);
  const closed = new Promise<string>((resolve) => client.onClose(() => resolve('closed')));
  const connect = (): Promise<EngineLink> => Promise.resolve({ client, closed });
  const connection = new Connection(connect);
  await connection.open();
  const close = async (): Promise<void> => {
    client.close();
    await fetch(`${address}${token}`, { method: 'DELETE' });
  };
  return { client, connection, connect, close };
}
