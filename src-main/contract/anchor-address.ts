/** A picture to show as the anchor, which an address of the desktop app names. */
export interface LinkedAnchor {
  /** The content hash, or the first digits of it: 6 to 64 hexadecimal digits. */
  readonly anchor: string;
  /** The library's file by absolute path; null for the one that is open. */
  readonly library: string | null;
  /** The run (by number) that explains it; null for the current one. */
  readonly run: number | null;
}

/** The scheme of the addresses that the desktop app answers. */
export const appScheme = 'negatoscope';

const mostCharacters = 4096;

/** The address `negatoscope://anchor/<content hash>?library=<file>&run=<number>`. */
export function anchorAddressOf({ anchor, library, run }: LinkedAnchor): string {
  const fields = new URLSearchParams();
  if (library !== null) fields.set('library', library);
  if (run !== null) fields.set('run', String(run));
  const query = fields.toString();
  return `${appScheme}://anchor/${anchor}${query === '' ? '' : `?${query}`}`;
}

/**
 * Reads such an address, which anybody may have written; null for any other one. A library on another
 * computer is none: Windows would show that computer who is signed in here.
 */
export function readAnchorAddress(address: string): LinkedAnchor | null {
  if (address.length > mostCharacters || !URL.canParse(address)) return null;
  const [, anchor, query = ''] =
    /^negatoscope:\/\/anchor\/([0-9a-f]{6,64})\/?(?:\?([^#]*))?$/i.exec(address) ?? [];
  const fields = new URLSearchParams(query);
  if (anchor === undefined || !hasOnly(fields, ['library', 'run'])) return null;
  const library = fields.get('library');
  const run = fields.get('run');
  if (library !== null && !isLocalLibrary(library)) return null;
  if (run !== null && !/^\d{1,9}$/.test(run)) return null;
  return { anchor: anchor.toLowerCase(), library, run: run === null ? null : Number(run) };
}

/** Whether there are only fields of these names, each at most once. */
function hasOnly(fields: URLSearchParams, known: readonly string[]): boolean {
  const names = [...fields.keys()];
  return names.every((name) => known.includes(name)) && new Set(names).size === names.length;
}

function isLocalLibrary(file: string): boolean {
  return /^(?:\/(?!\/)|[a-z]:[\\/])[^\p{Cc}]*\.sqlite$/iu.test(file);
}
