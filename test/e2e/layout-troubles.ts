import type { Page } from 'playwright-core';

/**
 * Runs in the page. A control is what can be pressed or filled in; its box is the part of it that no
 * scrolled ancestor cuts off. What only its thumb can be taken by may lie on another such; the ring's
 * handles share one plot and are meant to come close.
 */
const findTroubles = `(() => {
  const troubles = [];
  const name = (element) => {
    const text = element.getAttribute('aria-label') ?? element.title ?? '';
    const own = text || element.textContent.trim().replace(/\\s+/g, ' ');
    return element.localName + ' “' + own.slice(0, 40) + '”';
  };
  // A region that the keyboard can scroll sideways; what stays in sight in it lies over the rest.
  const scrollsSideways = (element) =>
    element.tabIndex >= 0 && /auto|scroll/.test(getComputedStyle(element).overflowX);
  const clips = (style) => style.overflowX !== 'visible' || style.overflowY !== 'visible';
  const boxOf = (element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (!clips(getComputedStyle(at))) continue;
      const around = at.getBoundingClientRect();
      left = Math.max(left, around.left);
      top = Math.max(top, around.top);
      right = Math.min(right, around.right);
      bottom = Math.min(bottom, around.bottom);
    }
    return { left, top, right, bottom };
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[inert], .visually-hidden') === null;
  const page = document.documentElement;
  if (document.scrollingElement.scrollWidth > innerWidth) troubles.push('the page is too wide');
  const edges = ['*', '.bar *', '.rail *'].map((part) => '.frame:has(> main) > ' + part);
  for (const part of document.querySelectorAll(edges.join())) {
    if (!isSeen(part) || part.closest('svg') !== null) continue;
    const { left, top, right, bottom } = part.getBoundingClientRect();
    const isInside =
      left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;
    if (!isInside) troubles.push('out of the window: ' + name(part));
  }
  for (const box of document.querySelectorAll('.frame *')) {
    const style = getComputedStyle(box);
    const hides = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis';
    if (!hides || !isSeen(box) || box.matches('svg, svg *, input, select, textarea')) continue;
    if (scrollsSideways(box)) continue;
    if (box.scrollWidth > box.clientWidth + 1) troubles.push('cut off on the right: ' + name(box));
  }
  for (const drawn of document.querySelectorAll('svg[role=img], figure, table, article, section')) {
    const around = drawn.parentElement.closest('figure, article, section, aside, main');
    const isScrolled = (at) => at !== around.parentElement &&
      (/auto|scroll/.test(getComputedStyle(at).overflowY) || isScrolled(at.parentElement));
    if (!around || !isSeen(drawn) || isScrolled(drawn.parentElement)) continue;
    const [inner, outer] = [drawn.getBoundingClientRect(), around.getBoundingClientRect()];
    if (inner.right > outer.right + 2 || inner.bottom > outer.bottom + 2) {
      troubles.push(name(drawn) + ' sticks out of ' + name(around));
    }
  }
  for (const button of document.querySelectorAll('button, [role=tab], summary, a')) {
    if (!isSeen(button) || getComputedStyle(button).overflowX !== 'visible') continue;
    if (button.scrollWidth > button.clientWidth + 1) {
      troubles.push('wider than its box: ' + name(button));
    }
  }
  const controls = [...document.querySelectorAll(
    'button, input, select, textarea, summary, a[href], [role=slider], [role=separator]',
  )]
    .filter((element) => isSeen(element) && getComputedStyle(element).pointerEvents !== 'none')
    .map((element) => ({ element, box: boxOf(element) }))
    .filter(({ box }) => box.right - box.left > 2 && box.bottom - box.top > 2);
  const isHandle = ({ element }) => element.matches('[role=slider].handle');
  controls.forEach((one, index) => {
    for (const other of controls.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (isHandle(one) && isHandle(other)) continue;
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
      one.element.contains(hit) || hit.contains(one.element) || isHandle(one) || isUnderPinned
    );
    if (!isHit) troubles.push(name(one.element) + ' is covered by ' + (hit ? name(hit) : 'nothing'));
  });
  return [...new Set(troubles)];
})()`;

/** What of the window is cut off, sticks out, or lies on or under something else, in words. */
export async function layoutTroubles(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(findTroubles);
}
