import type { DesktopBridge } from './desktop-bridge.ts';

export interface DroppedFiles {
  /** The first one's name. */
  readonly name: string;
  /** Paths of files and folders; null in a browser, which hides paths from pages. */
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
  return { name: first.name, paths: desktop ? files.map((file) => desktop.pathOf(file)) : null };
}

/** What to say where a browser gives no path. */
export function noPathSentence(name: string): string {
  return `A browser does not tell where “${name}” lies on disk: type its path, or choose it in the list.`;
}
