import { app } from 'electron';

/**
 * Has Chromium look for no other machine; call it before the app is ready. The page needs none, but Chromium asks for
 * some by itself, such as Google's at each start for dictionaries to check spelling by. What the engine and main
 * connect to, because the user asked for it, is not Chromium's.
 */
export function keepOffNetwork(): void {
  // To have it off is not enough: its dictionaries are fetched nevertheless.
  app.on('session-created', (session) => {
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
  });
  // Of whatever else there may be, or come with a newer Electron.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}
