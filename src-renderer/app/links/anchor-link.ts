import type { LinkedAnchor } from '../../../src-main/contract/anchor-address.ts';

/** An anchor as the page's own address names it, which leads to the open library. */
export type AnchorLink = Omit<LinkedAnchor, 'library'>;

/** What the fragment of an address links to; null when it names no anchor. */
export function readAnchorLink(fragment: string): AnchorLink | null {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const anchor = fields.get('anchor') ?? '';
  if (!/^[0-9a-f]{6,64}$/.test(anchor)) return null;
  const run = Number(fields.get('run') ?? NaN);
  return { anchor, run: Number.isInteger(run) ? run : null };
}

/** The fragment with an anchor in it, or without one; what else it holds stays. */
export function withAnchorLink(fragment: string, link: AnchorLink | null): string {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  fields.delete('anchor');
  fields.delete('run');
  if (link) fields.set('anchor', link.anchor);
  if (link && link.run !== null) fields.set('run', String(link.run));
  const text = fields.toString();
  return text === '' ? '' : `#${text}`;
}

/** An address that opens an anchor, without the token, which is nobody else's business. */
export function anchorAddress(address: string, link: AnchorLink): string {
  const url = new URL(address);
  url.hash = withAnchorLink('', link);
  return url.href;
}

/** Writes a link to an anchor into the window's own address, or takes it away. */
export function showAnchorLink(link: Parameters<typeof withAnchorLink>[1]): void {
  const fragment = withAnchorLink(location.hash, link);
  history.replaceState({ isOwn: true }, '', `${location.pathname}${location.search}${fragment}`);
}

/**
 * The fragment of the address that someone asks for; null where the window itself wrote it there, or
 * begins because it was loaded again: then it comes back to what it showed.
 */
export function linkToFollow(isBeginning: boolean): string | null {
  const { isOwn } = (history.state ?? {}) as { isOwn?: boolean };
  return isOwn === true || (isBeginning && wasLoadedAgain()) ? null : location.hash;
}

// A page whose process was killed comes back without the state of its history.
function wasLoadedAgain(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation !== undefined && 'type' in navigation && navigation.type === 'reload';
}
