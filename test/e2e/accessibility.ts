import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/**
 * Resolves when what is on its way to other colours or positions has got there: a new theme is told in
 * one frame and begins its transitions in the next. What goes round without end is not waited for.
 */
const settled = `(async () => {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const underWay = () =>
    document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  await frame();
  await frame();
  while (underWay().length > 0) {
    await Promise.allSettled(underWay().map(({ finished }) => finished));
    await frame();
  }
})()`;

/** What axe-core finds serious or worse once the page has come to rest, as "rule: element". */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(settled);
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axeSource);
  const violations = await page.evaluate<readonly Violation[]>(`axe
    .run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"] })
    .then(({ violations }) => violations.map(({ id, impact, nodes }) => (
      { id, impact, nodes: nodes.map(({ target }) => ({ target })) }
    )))`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
