import { BrowserWindow, nativeTheme } from 'electron';
import { pageUrl } from './page-protocol.ts';
import { readWindowPlace, saveWindowPlace } from './window-place.ts';

/** What is seen before the page has drawn itself: ui.md's page colours. */
const pageColours = { dark: '#0d0f12', light: '#f4f3ef' };

export interface WindowOptions {
  readonly preload: string;
  readonly placeFile: string;
  readonly title: string;
}

/** Opens the app's window where it was last, and shows it once it has something to show. */
export function openWindow({ preload, placeFile, title }: WindowOptions): BrowserWindow {
  const { isMaximized, ...bounds } = readWindowPlace(placeFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    title,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? pageColours.dark : pageColours.light,
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    saveWindowPlace(placeFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }),
  );
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(pageUrl);
  return window;
}
