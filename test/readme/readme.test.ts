import { describe, expect, it } from 'vitest';
import { documents, textOf } from '../docs/documents.ts';

describe('the README', () => {
  const readme = textOf('README.md');

  it('is read in one sitting: at most 150 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('leads to every other document', () => {
    expect(
      documents.filter((name) => name !== 'README.md' && !readme.includes(`(${name})`)),
    ).toEqual([]);
  });
});
