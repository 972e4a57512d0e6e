import type { DesktopBridge } from '../../connection/desktop-bridge.ts';

interface DroppedFolder {
  readonly name: string;
  /** Null in a browser, which hides paths from pages. */
  readonly path: string | null;
}

/** The folder that was dropped; null when it was something else. */
export function droppedFolder(
  event: DragEvent,
  desktop: DesktopBridge | null,
): DroppedFolder | null {
  const item = [...(event.dataTransfer?.items ?? [])].find(({ kind }) => kind === 'file');
  const entry = item?.webkitGetAsEntry();
  if (!entry?.isDirectory) return null;
  const file = item?.getAsFile();
  const path = file && desktop ? desktop.pathOf(file) : null;
  return { name: entry.name, path };
}
