import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, crashReporter } from 'electron';

/** Keeps what a crash leaves beside the logs; nothing is sent anywhere. To be called at the very start. */
export function keepCrashDumps(): void {
  const folder = join(app.getPath('logs'), 'crashes');
  mkdirSync(folder, { recursive: true });
  app.setPath('crashDumps', folder);
  crashReporter.start({ uploadToServer: false });
}

/** How many crashes were kept. */
export function crashCount(): number {
  const files = readdirSync(app.getPath('crashDumps'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.dmp')).length;
}
