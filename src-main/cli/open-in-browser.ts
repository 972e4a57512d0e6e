import { spawn } from 'node:child_process';

/** Asks the desktop to open a web page in a browser; false where that is not possible. */
export async function openInBrowser(url: string, platform: NodeJS.Platform): Promise<boolean> {
  const [command, args] = openCommand(url, platform);
  return await new Promise((resolve) => {
    const opener = spawn(command, args, { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });
}

function openCommand(url: string, platform: NodeJS.Platform): [string, string[]] {
  if (platform === 'darwin') return ['open', [url]];
  // `start` takes its first quoted argument as a window title, and cmd would split the command at "&".
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
