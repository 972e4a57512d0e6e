import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { headingAnchor } from '../../packaging/heading-anchor.ts';

export const root = join(import.meta.dirname, '../..');

/** The project's documents, from the root. */
export const documents = [
  'README.md',
  'GLOSSARY.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export function textOf(document: string): string {
  return readFileSync(join(root, document), 'utf8');
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(text: string): Set<string> {
  const headings = withoutCode(text).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => headingAnchor(heading)));
}

/** The text without what stands between fences. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}
