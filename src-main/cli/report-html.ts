import type { PictureName } from './picture-names.ts';

/** What a report shows of pictures: their names, and small images as data URIs ('' for none). */
export interface ReportPictures {
  readonly nameOf: (id: number) => PictureName;
  readonly thumbnailOf: (id: number) => string;
}

/** Escapes text for HTML: paths and names may contain any character. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A picture; an empty frame with its name where its file is gone. */
export function picture(id: number, { nameOf, thumbnailOf }: ReportPictures): string {
  const path = escaped(nameOf(id).path);
  const image = thumbnailOf(id);
  if (image === '')
    return `<span class="none" role="img" aria-label="${path}" title="${path}"></span>`;
  return `<img src="${image}" alt="${path}" title="${path}">`;
}

/** A row of pictures with its title; empty without pictures. */
export function strip(title: string, ids: readonly number[], pictures: ReportPictures): string {
  if (ids.length === 0) return '';
  const images = ids.map((id) => picture(id, pictures)).join('');
  return `<div class="row"><span>${title}</span><div class="strip">${images}</div></div>`;
}

/** A bar for a value between 0 and 1, with a whisker for its interval. */
export function intervalBar(value: number, low: number, high: number): string {
  const at = (share: number): string => (100 * Math.min(1, Math.max(0, share))).toFixed(2);
  return `<svg viewBox="0 0 100 8" height="8" preserveAspectRatio="none" aria-hidden="true">
<rect width="100" height="8" rx="1" fill="var(--track)"/>
<rect width="${at(value)}" height="8" rx="1" fill="var(--ring)"/>
<rect x="${at(low)}" y="3" width="${Math.max(0.4, Number(at(high)) - Number(at(low))).toFixed(2)}" height="2" fill="var(--text)"/>
</svg>`;
}

/** A bar of the parts of a whole, side by side in their colours. */
export function partsBar(
  parts: readonly { readonly size: number; readonly colour: string }[],
): string {
  const whole = parts.reduce((total, { size }) => total + size, 0);
  if (whole === 0) return '';
  let from = 0;
  const bars = parts.map(({ size, colour }) => {
    const bar = `<rect x="${from.toFixed(2)}" width="${((100 * size) / whole).toFixed(2)}" height="8" fill="${colour}"/>`;
    from += (100 * size) / whole;
    return bar;
  });
  return `<svg viewBox="0 0 100 8" height="8" preserveAspectRatio="none" aria-hidden="true">${bars.join('')}</svg>`;
}
