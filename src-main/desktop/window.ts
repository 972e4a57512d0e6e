import { BrowserWindow, nativeTheme, screen } from 'electron';
import { pageUrl } from './page-protocol.ts';
import { fitToScreens, readWindowBounds, saveWindowBounds } from './window-bounds.ts';
import type { WorkArea } from './window-bounds.ts';

/** The background before the page is drawn: the page colours of the light and the dark theme. */
const pageColours = { dark: '#0d0f12', light: '#f4f3ef' };

interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly boundsFile: string;
  readonly title: string;
}

/** Opens the app's window with its last bounds, and shows it once its page is drawn. */
export function openWindow({ preload, icon, boundsFile, title }: WindowOptions): BrowserWindow {
  const { isMaximized, ...bounds } = fitToScreens(readWindowBounds(boundsFile), workAreas());
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    title,
    ...(process.platform === 'linux' && { icon }),
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? pageColours.dark : pageColours.light,
    webPreferences: {
      preload,
      ...{ contextIsolation: true, sandbox: true, nodeIntegration: false },
      spellcheck: false,
    },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    saveWindowBounds(boundsFile, {
      ...window.getNormalBounds(),
      isMaximized: window.isMaximized(),
    }),
  );
  // The title says which library is open, and where.
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(pageUrl);
  return window;
}

/** The screens without their task bars, the main one first. */
function workAreas(): WorkArea[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}
