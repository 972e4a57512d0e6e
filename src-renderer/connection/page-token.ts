const name = 'token';
/** Of this page's origin, port included: no page of another server reads it. */
const keptAs = 'negatoscope-token';

/** The token of the page's own address, else the one that the server took before; null where there is neither. */
export function pageToken(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? localStorage.getItem(keptAs);
}

/**
 * Keeps a token that the server took, for windows that are opened without it, and takes it out of the address, which
 * others see over a shoulder or get as a copy.
 */
export function keepPageToken(token: string): void {
  localStorage.setItem(keptAs, token);
  const fields = new URLSearchParams(location.hash.slice(1));
  if (!fields.has(name)) return;
  fields.delete(name);
  const rest = fields.size === 0 ? '' : `#${fields.toString()}`;
  history.replaceState(history.state, '', `${location.pathname}${location.search}${rest}`);
}

/** Takes the token out of an address that was opened once more in a window that knows it. */
export function hideKnownToken(): void {
  const token = pageToken();
  if (token !== null && token === localStorage.getItem(keptAs)) keepPageToken(token);
}
