import { app, session, type WebContents } from 'electron';
import { isOwnPage } from './page-protocol.ts';

/** What our own page may do: write text on the clipboard, at a click. */
const ownPermission = 'clipboard-sanitized-write';

/** Makes sure that no window leaves our page, opens another one, embeds a guest, or gets another permission. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOwnPage(url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  const { defaultSession } = session;
  defaultSession.setPermissionCheckHandler(
    (contents, permission) => permission === ownPermission && showsOwnPage(contents),
  );
  defaultSession.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === ownPermission && showsOwnPage(contents)),
  );
  defaultSession.setDevicePermissionHandler(() => false);
}

function showsOwnPage(contents: WebContents | null): boolean {
  return contents !== null && isOwnPage(contents.getURL());
}
