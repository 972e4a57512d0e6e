import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EngineError } from '../contract/errors/errors.ts';
import { replaceFile } from '../files/replace-file.ts';
import { isOpenToOthers, ownerOnly } from './owner-only.ts';
import { newToken } from './new-token.ts';
import { startServer, type RunningServer, type ServerOptions } from './start-server.ts';

const keptAddress = z.object({ token: z.string().min(32), port: z.number().int() });
type KeptAddress = z.infer<typeof keptAddress>;

/**
 * Starts the server with the token of the last time, and at its port where any may be taken: a page
 * that was open before a restart connects again by itself. The token is in a file of the data folder
 * that only its user can read; without the file a new one is made.
 * @throws EngineError bad-argument when the address cannot be used
 */
export async function startKeptServer(
  dataFolder: string,
  options: Omit<ServerOptions, 'token'>,
): Promise<RunningServer> {
  const kept = readKept(dataFolder);
  const again = kept === null ? {} : { token: kept.token };
  const server = await startAt(kept?.port ?? 0, { ...options, ...again });
  // A second server, whose port another one holds, leaves the first one's address as it is.
  const isOther = kept !== null && options.port === 0 && server.port !== kept.port;
  if (!isOther) writeKept(dataFolder, { token: server.token, port: server.port });
  return server;
}

/** Has the next server make a new token; it keeps the port, where a page that was open says that its token is old. */
export function dropKeptToken(dataFolder: string): void {
  const kept = readKept(dataFolder);
  if (kept !== null) writeKept(dataFolder, { ...kept, token: newToken() });
}

async function startAt(lastPort: number, options: ServerOptions): Promise<RunningServer> {
  if (options.port !== 0 || lastPort === 0) return startServer(options);
  try {
    return await startServer({ ...options, port: lastPort });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return startServer(options);
  }
}

function keptFile(dataFolder: string): string {
  return join(dataFolder, 'server-address.json');
}

/** Null where there is none, or where others could have read or written it. */
function readKept(dataFolder: string): KeptAddress | null {
  const file = keptFile(dataFolder);
  try {
    if (isOpenToOthers(file)) return null;
    const parsed = keptAddress.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function writeKept(dataFolder: string, kept: KeptAddress): void {
  replaceFile(keptFile(dataFolder), JSON.stringify(kept), ownerOnly);
}
