import type { DesktopBridge } from './desktop-bridge.ts';
import { engineHost } from './engine-host.svelte.ts';

export interface DroppedFiles {
  /** The first one's name. */
  readonly name: string;
  /**
   * Paths of files and folders; null in a browser, which hides paths from pages, and where the engine is
   * on another machine, which has other files.
   */
  readonly paths: readonly string[] | null;
}

/** Whether files are what is dragged: text goes where the browser would put it. */
export function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** The files or folders that were dropped; null where there are none. */
export function droppedFiles(event: DragEvent, desktop: DesktopBridge | null): DroppedFiles | null {
  const files = [...(event.dataTransfer?.files ?? [])];
  const [first] = files;
  if (!first) return null;
  const isHere = desktop !== null && engineHost.name === null;
  return { name: first.name, paths: isHere ? files.map((file) => desktop.pathOf(file)) : null };
}

/** What to say of a dropped file that has no path: in a browser, or where the engine is elsewhere. */
export function noPathSentence(name: string): string {
  return engineHost.name === null
    ? `A browser does not tell where “${name}” lies on disk: type its path, or choose it in the list.`
    : `The engine runs on ${engineHost.name}, which cannot read “${name}” of this computer: type a path there, or choose it in the list.`;
}
