import type { Notices } from './notices.svelte.ts';

/** Copies a text; a notice says what was copied, or that it was not. Returns whether it was. */
export async function copyText(notices: Notices, text: string, what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notices.show(
      'The text was not copied: a browser lets a page copy only at 127.0.0.1, localhost or https, and where you allow it.',
    );
    return false;
  }
  notices.show(`Copied ${what}.`);
  return true;
}
