import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Marked } from 'marked';
import { headingAnchor } from './heading-anchor.ts';

/** The page that the menu Help opens, and from which all others are found. */
const firstPage = 'docs/guide.md';
/** These are for people who have the sources. */
const forDevelopers = new Set(['docs/architecture.md', 'docs/contributing.md', 'README.md']);

const style = `:root { color-scheme: light dark; }
body { max-width: 46em; margin: 2.5em auto; padding: 0 1.5em; font: 16px/1.6 system-ui, sans-serif;
  color: light-dark(#1b1e23, #e8eaed); background: light-dark(#fbfaf7, #0d0f12); }
a { color: light-dark(#8a5900, #f2b33d); }
h1, h2, h3 { line-height: 1.25; margin-top: 2em; }
code, pre { font: 0.9em/1.5 ui-monospace, monospace; background: light-dark(#efede6, #1c2026); border-radius: 4px; }
code { padding: 0.1em 0.3em; } pre { padding: 0.8em 1em; overflow-x: auto; } pre code { padding: 0; }
table { display: block; overflow-x: auto; border-collapse: collapse; }
th, td { padding: 0.3em 0.7em; border-bottom: 1px solid light-dark(#dcd9d0, #272c34); text-align: left; }
img { max-width: 100%; border-radius: 6px; }
nav { font-size: 0.9em; }`;

const ofPackage = `<nav><a href="guide.html">The guide</a> · In this package <code>npx negatoscope</code> is
<code>negatoscope-cli</code> where a deb installed it, else <code>resources/engine/bin/negatoscope</code>.</nav>`;

/**
 * Writes the guide and every page that it leads to as HTML, with their pictures, into an empty folder;
 * links to what is not there become plain text. Returns the names of the pages.
 * @throws Error where a page is missing
 */
export function writeGuidePages(projectFolder: string, folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const waiting = [firstPage];
  const written = new Set<string>();
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    if (written.has(page)) continue;
    written.add(page);
    const { html, pages, pictures } = htmlOf(projectFolder, page);
    writeFileSync(join(folder, pageName(page)), html);
    for (const picture of pictures) {
      cpSync(join(projectFolder, picture), join(folder, basename(picture)));
    }
    waiting.push(...pages);
  }
  return [...written].map(pageName);
}

interface GuidePage {
  readonly html: string;
  /** The pages and the pictures that it needs, by their paths in the project. */
  readonly pages: readonly string[];
  readonly pictures: readonly string[];
}

function htmlOf(projectFolder: string, page: string): GuidePage {
  const pages: string[] = [];
  const pictures: string[] = [];
  const target = (address: string): string =>
    relative('.', join(dirname(page), address)).replaceAll('\\', '/');
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${headingAnchor(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        // Where a file's name stands for it: no such file is there.
        const words = this.parser.parseInline(tokens).replace(/\.md$/, '');
        const [file = '', place = ''] = href.split('#');
        if (/^[a-z]+:/.test(href) || file === '') return `<a href="${href}">${words}</a>`;
        const wanted = target(file);
        const isPage = wanted.endsWith('.md') && !forDevelopers.has(wanted);
        if (!isPage || !existsSync(join(projectFolder, wanted))) return words;
        pages.push(wanted);
        return `<a href="${pageName(wanted)}${place === '' ? '' : `#${place}`}">${words}</a>`;
      },
      image({ href, text }) {
        pictures.push(target(href));
        return `<img src="${basename(href)}" alt="${text.replaceAll('"', '&quot;')}">`;
      },
    },
  });
  const text = readFileSync(join(projectFolder, page), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? basename(page);
  const body = marked.parse(text, { async: false });
  const html = `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title} – Negatoscope</title>\n<style>${style}</style>\n${ofPackage}\n${body}</html>\n`;
  return { html, pages, pictures };
}

function pageName(page: string): string {
  return basename(page).replace(/\.md$/, '.html');
}
