import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../../src-main/contract/objectives/settings-table.ts';
import { objectiveText } from '../../src-main/contract/runs.ts';
import { verdictWords } from '../../src-renderer/app/verdicts/verdict-words.ts';
import { documents, root, textOf } from './documents.ts';

/** Terms of the glossary that had a second word on screen; of each the words to avoid are looked for. */
const terms = ['beta', 'tau plus', 'false negative', 'same thing', 'different'];

/** What people read: the documents but the glossary and the news of the past, and all text of the app. */
const texts = [
  ...documents.filter((name) => !['GLOSSARY.md', 'CHANGELOG.md'].includes(name)),
  ...['src-renderer', 'src-main/cli', 'src-main/contract', 'src-main/demo'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|svelte)$/.test(name))
      .map((name) => join(folder, name)),
  ),
];

/** Sentences in which an avoided word is another paper's own. */
const ofOthers = ['without its own concentration of each cluster'];

const glossary = textOf('GLOSSARY.md').split('\n');
function avoided(term: string): string[] {
  const row = glossary
    .map((line) => line.split('|'))
    .find((cells) => cells[2]?.trim() === `**${term}**`);
  return (row?.[4] ?? '').split(',').map((word) => word.trim());
}

describe('one word for one thing', () => {
  it.each(terms)('is %s, in the app, the command line and the documents', (term) => {
    const words = avoided(term);
    expect(words.join('')).not.toBe('');
    const found = texts.flatMap((file) => {
      const text = ofOthers.reduce(
        (rest, sentence) => rest.replaceAll(sentence, ''),
        readFileSync(join(root, file), 'utf8').replaceAll(/\s+/g, ' '),
      );
      return words
        .filter((word) => new RegExp(`\\b${word}s?\\b`, 'i').test(text))
        .map((word) => `${file}: ${word}`);
    });
    expect(found).toEqual([]);
  });

  it('names settings, verdicts and runs without a training as the glossary does', () => {
    expect([settingsTable.beta.label, settingsTable.tauPlus.label]).toEqual(['Beta', 'Tau plus']);
    expect(verdictWords).toEqual({ same: 'same thing', different: 'different', unsure: 'unsure' });
    expect(objectiveText({ objective: null, kind: 'loaded' })).toBe('no training');
    expect(objectiveText({ objective: null, kind: 'imported' })).toBe('imported');
    expect(objectiveText({ objective: 'hard', kind: 'trained' })).toBe('hard');
  });
});
