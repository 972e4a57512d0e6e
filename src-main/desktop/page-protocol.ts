import { protocol } from 'electron';
import type { EngineClient } from '../contract/client.ts';
import { readPageFile } from '../pages/page-file.ts';
import {
  pictureAddress,
  pictureHeaders,
  readPictureFile,
  type PictureAddress,
} from '../pages/picture-file.ts';
import { securityHeaders } from '../pages/security-headers.ts';

const scheme = 'app';
const host = 'negatoscope';

/** The address of the window's page. */
export const pageUrl = `${scheme}://${host}/`;

/** Whether an address is that of our own page. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(pageUrl);
}

/** Gives our scheme an origin of its own; must be called before the app is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Serves the built page, and pictures by content hash, under our scheme. */
export function servePage(pageFolder: string, engine: () => Promise<EngineClient>): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (url.host !== host || request.method !== 'GET') return answer(404);
    const address = pictureAddress(url);
    if (address !== null) {
      return await answerPicture(engine, address);
    }
    const file = await readPageFile(pageFolder, url.pathname);
    return file === null
      ? answer(404)
      : answer(200, file.bytes, { 'Content-Type': file.contentType });
  });
}

async function answerPicture(
  engine: () => Promise<EngineClient>,
  address: PictureAddress,
): Promise<Response> {
  try {
    const picture = await readPictureFile(await engine(), address);
    return picture === null ? answer(404) : answer(200, picture, pictureHeaders(picture));
  } catch {
    // The page is told by its own way to the engine what is wrong; it asks for a picture again.
    return answer(503);
  }
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | null = null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { status, headers: { ...securityHeaders([]), ...headers } });
}
