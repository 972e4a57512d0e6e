import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generated, generatedDocs } from './generated-docs.ts';

describe('the documents that npm run docs writes', () => {
  it.each(generatedDocs)('%s says what the app says', async (document) => {
    const { file, text } = await generated(document);
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
