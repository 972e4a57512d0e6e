import type { Page } from 'playwright-core';
import { clippedText } from './clipped-text.ts';
import { pageMeasures } from './page-measures.ts';

/**
 * Runs in the page. A control is what can be pressed or filled in; its box is the part of it that no
 * scrolled ancestor cuts off. What only its thumb can be taken by may lie on another such; the ring's
 * handles share one plot and are meant to come close. Behind a modal dialog nothing can be reached, and an open sheet
 * lies over the page for the moment.
 */
const findTroubles = `(() => {
  const troubles = [];
  ${pageMeasures}
  const page = document.documentElement;
  const root = [...document.querySelectorAll('dialog[open], .sheet')].filter(isSeen).at(-1) ?? document;
  const all = (selector) => [...root.querySelectorAll(selector)];
  if (document.scrollingElement.scrollWidth > innerWidth) troubles.push('the page is too wide');
  if (document.scrollingElement.scrollHeight > innerHeight) troubles.push('the page is too high');
  const edges = ['*', '.bar *', '.rail *'].map((part) => '.frame:has(> main) > ' + part);
  for (const part of document.querySelectorAll(edges.join())) {
    if (!isSeen(part) || part.closest('svg') !== null) continue;
    const { left, top, right, bottom } = part.getBoundingClientRect();
    const isInside =
      left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;
    if (!isInside) troubles.push('out of the window: ' + name(part));
  }
  for (const box of document.querySelectorAll('.frame *, dialog[open] *')) {
    const style = getComputedStyle(box);
    const hides = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis';
    if (!hides || !isSeen(box) || box.matches('svg, svg *, input, select, textarea')) continue;
    // Only a screen reader finds what is cut down to a pixel.
    if (scrollsSideways(box) || box.clientWidth < 2) continue;
    if (box.scrollWidth > box.clientWidth + 1) troubles.push('cut off on the right: ' + name(box));
  }
  for (const drawn of all('svg[role=img], figure, table, article, section')) {
    const around = drawn.parentElement.closest('figure, article, section, aside, main');
    const isScrolled = (at) => at !== around.parentElement &&
      (/auto|scroll/.test(getComputedStyle(at).overflowY) || isScrolled(at.parentElement));
    if (!around || !isSeen(drawn) || isScrolled(drawn.parentElement)) continue;
    const [inner, outer] = [drawn.getBoundingClientRect(), around.getBoundingClientRect()];
    if (inner.right > outer.right + 2 || inner.bottom > outer.bottom + 2) {
      troubles.push(name(drawn) + ' sticks out of ' + name(around));
    }
  }
  const controls = all(
    'button, input, select, textarea, summary, a[href], [role=slider], [role=separator]',
  )
    .filter((element) => isSeen(element) && getComputedStyle(element).pointerEvents !== 'none');
  for (const control of controls) {
    const side = outOfReach(control);
    if (side !== null) troubles.push(name(control) + ' is out of reach: ' + side);
  }
  const shown = controls.map((element) => ({ element, box: boxOf(element) }))
    .filter(({ box }) => box.right - box.left > 2 && box.bottom - box.top > 2);
  const isHandle = ({ element }) => element.matches('[role=slider].handle');
  shown.forEach((one, index) => {
    for (const other of shown.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (isHandle(one) && isHandle(other)) continue;
      if (isPinnedOver(one.element, other.element)) continue;
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (width > 1 && height > 1) {
        troubles.push(name(one.element) + ' lies on ' + name(other.element));
      }
    }
    const { left, top, right, bottom } = one.box;
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const scroller = one.element.closest('[tabindex="0"]');
    const isUnderPinned = scroller !== null && scrollsSideways(scroller) && scroller.contains(hit);
    const isHit = hit !== null && (
      one.element.contains(hit) || hit.contains(one.element) || isHandle(one) || isUnderPinned ||
      isPinnedOver(hit, one.element)
    );
    if (!isHit) troubles.push(name(one.element) + ' is covered by ' + (hit ? name(hit) : 'nothing'));
  });
  ${clippedText}
  return [...new Set(troubles)];
})()`;

/** What of the window is cut off, sticks out, or lies on or under something else, in words. */
export async function layoutTroubles(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(findTroubles);
}
