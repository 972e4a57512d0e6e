import { realpathSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { ConnectedEngine } from '../rpc/connect-channel.ts';
import { connectServer } from '../rpc/connect-server.ts';
import { readAnnouncements } from '../server/announcement.ts';
import type { Announcement } from '../server/announcement.ts';

/** The engine that has a library open, or why it cannot be asked; both null where there is none. */
export interface FoundEngine {
  readonly client: ConnectedEngine | null;
  /** The address of the page that it serves, with its token; null where it has a window instead. */
  readonly page: string | null;
  /** A sentence. */
  readonly obstacle: string | null;
  /** Whether any engine runs, which may be opening the library just now. */
  readonly isAny: boolean;
}

export const noRunningEngine: FoundEngine = {
  client: null,
  page: null,
  obstacle: null,
  isAny: false,
};

interface Wanted {
  readonly dataFolder: string;
  readonly workingFolder: string;
  readonly libraryFile: string;
  readonly version: string;
}

/** Asks the engines that run as this user for the one that has a library open: the app, or `serve`. */
export async function findRunningEngine(wanted: Wanted): Promise<FoundEngine> {
  const announcements = readAnnouncements(wanted.dataFolder);
  const obstacles: string[] = [];
  let isAny = false;
  for (const one of announcements) {
    if ('obstacle' in one) {
      obstacles.push(one.obstacle);
      continue;
    }
    if (!(await isListening(one.found))) {
      // Its process has ended, and another has its number now.
      rmSync(one.file, { force: true });
      continue;
    }
    const client = await connected(one.found, wanted.workingFolder);
    if (client === null) continue;
    isAny = true;
    const { file } = await client.call('library.status', {});
    const isWanted = file !== null && isSameFile(file, wanted.libraryFile);
    if (isWanted && one.found.version === wanted.version) {
      return { client, page: pageOf(one.found), obstacle: null, isAny };
    }
    client.close();
    if (isWanted) obstacles.push(otherVersion(one.found, wanted));
  }
  return { client: null, page: null, obstacle: obstacles.join(' ') || null, isAny };
}

function pageOf({ origin, token, hasPage }: Announcement): string | null {
  return hasPage ? `${origin}/#token=${token}` : null;
}

function otherVersion({ version, pid }: Announcement, wanted: Wanted): string {
  return `It is open in Negatoscope ${version} (process ${pid}), but this command is of version ${wanted.version}: use the command of that version, or close it there.`;
}

/** Null where the other end does not know the token, or closes at once. */
async function connected(
  { origin, token }: Announcement,
  workingFolder: string,
): Promise<ConnectedEngine | null> {
  try {
    return await connectServer(origin, token, workingFolder);
  } catch {
    return null;
  }
}

const patienceMs = 5000;

function isListening({ origin }: Announcement): Promise<boolean> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
    const answer = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    // A busy machine answers late; only a refusal says that nobody is there.
    socket.setTimeout(patienceMs, () => answer(true));
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** Whether two paths lead to one file, through links or letters of another case. */
function isSameFile(first: string, second: string): boolean {
  return realPath(first) === realPath(second);
}

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
