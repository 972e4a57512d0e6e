import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folders within the project that the page is built from. */
const sources = ['src-renderer', 'src-main/contract', 'src-main/rpc'];

/**
 * Builds the page where it is missing or older than its sources; says so first, since it takes some
 * seconds. Does nothing where there are no sources (an installed app).
 */
export async function buildPageIfStale(
  projectFolder: string,
  pageFolder: string,
  say: (sentence: string) => void,
): Promise<void> {
  const configFile = join(projectFolder, 'src-renderer/vite.config.ts');
  if (!existsSync(configFile) || !isStale(projectFolder, pageFolder)) return;
  say('Building the page; this takes some seconds.');
  const { build } = await import('vite');
  await build({
    configFile,
    root: join(projectFolder, 'src-renderer'),
    logLevel: 'error',
    build: { outDir: pageFolder },
  });
}

function isStale(projectFolder: string, pageFolder: string): boolean {
  const page = join(pageFolder, 'index.html');
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  return sources.some((source) => {
    const folder = join(projectFolder, source);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files.some((file) => statSync(join(folder, file)).mtimeMs > builtAt);
  });
}
