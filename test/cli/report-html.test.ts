import { describe, expect, it } from 'vitest';
import { escaped, picture, strip } from '../../src-main/cli/report-html.ts';

const evil = `"><img src=x onerror=alert(1)>'&.png`;

describe('names in a report', () => {
  it('are text and nothing else', () => {
    const nameOf = () => ({ hash: '', path: evil, label: evil });
    for (const thumbnail of ['', 'data:image/webp;base64,AAAA']) {
      const html = strip('lost', [1], { nameOf, thumbnailOf: () => thumbnail });
      expect(html).not.toContain('<img src=x');
      expect(html.match(/<(\w+)/g)).toEqual(
        thumbnail === '' ? ['<div', '<span', '<div', '<span'] : ['<div', '<span', '<div', '<img'],
      );
      expect(picture(1, { nameOf, thumbnailOf: () => thumbnail })).toContain(escaped(evil));
    }
    expect(escaped(evil)).toBe(`&quot;&gt;&lt;img src=x onerror=alert(1)&gt;'&amp;.png`);
  });
});
