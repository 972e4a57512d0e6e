/** Declares, in a script that runs in the page, how its elements are named and measured. */
export const pageMeasures = `
  const name = (element) => {
    const text = element.getAttribute('aria-label') ?? element.title ?? '';
    const own = text || element.textContent.trim().replace(/\\s+/g, ' ');
    return element.localName + ' “' + own.slice(0, 40) + '”';
  };
  // A region that the keyboard can scroll sideways; what stays in sight in it lies over the rest.
  const scrollsSideways = (element) =>
    (element.tabIndex >= 0 || element.matches(':has(> [role=grid])')) && /auto|scroll/.test(getComputedStyle(element).overflowX);
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
  // Whether one of two stays in sight at the edge of a box in which the other is scrolled.
  const pinnedAround = (at) =>
    at === null || getComputedStyle(at).position === 'sticky' ? at : pinnedAround(at.parentElement);
  const isPinnedOver = (one, other) =>
    [[one, other], [other, one]].some(([pinned, scrolled]) => {
      const around = pinnedAround(pinned);
      return around !== null && !around.contains(scrolled) &&
        around.closest('dialog, [tabindex="0"]')?.contains(scrolled);
    });
  // The side on which a control lies beyond what the window or a box shows, where nobody can scroll
  // to it; null for none.
  const outOfReach = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (right - left < 2 || bottom - top < 2) return null;
    const canScroll = { x: false, y: false };
    for (let at = element.parentElement; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const around = at.getBoundingClientRect();
      if (style.overflowX !== 'visible') {
        if (/auto|scroll/.test(style.overflowX)) canScroll.x = true;
        else if (!canScroll.x && (left < around.left - 2 || right > around.right + 2)) {
          return 'beside ' + name(at);
        }
      }
      if (style.overflowY !== 'visible') {
        if (/auto|scroll/.test(style.overflowY)) canScroll.y = true;
        else if (!canScroll.y && (top < around.top - 2 || bottom > around.bottom + 2)) {
          return 'above or below ' + name(at);
        }
      }
      if (at.localName === 'dialog' || style.position === 'fixed') break;
    }
    if (!canScroll.x && (left < -1 || right > innerWidth + 1)) return 'beside the window';
    if (!canScroll.y && (top < -1 || bottom > innerHeight + 1)) return 'above or below the window';
    return null;
  };`;
