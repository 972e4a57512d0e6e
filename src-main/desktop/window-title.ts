/** The window's title: the open library's name, or null for none, and the engine's machine, or null for this one. */
export function windowTitle(library: string | null, remoteName: string | null): string {
  const app = remoteName === null ? 'Negatoscope' : `Negatoscope on ${remoteName}`;
  return library === null || library === '' ? app : `${library} – ${app}`;
}
