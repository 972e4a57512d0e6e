import { join } from 'node:path';

/**
 * Builds the app from its sources: main, preload and page for Electron, and the engine with the command
 * line for Node. `BUILD_FOLDER` names another folder than `out`.
 */
export async function buildApp(projectFolder: string, logLevel: 'info' | 'error'): Promise<void> {
  const electronVite = await import('electron-vite');
  await electronVite.build({ root: projectFolder, logLevel });
  const vite = await import('vite');
  await vite.build({ configFile: join(projectFolder, 'engine.vite.config.ts'), logLevel });
}
