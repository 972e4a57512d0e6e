import type { FolderListing } from '../../../src-main/contract/library.ts';
import type { Connection } from '../../connection/connection.svelte.ts';

/** A folder of the engine's machine of which only sub-folders may be chosen, as a browser of paths lists it. */
export async function browseSubfolders(
  connection: Connection,
  folder: string | undefined,
): Promise<FolderListing & { readonly files: [] }> {
  return { ...(await connection.call('folders.browse', { path: folder })), files: [] };
}
