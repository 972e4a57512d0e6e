/**
 * Finds, in a script that runs in the page after `pageMeasures`, words that cannot be read: the text
 * of a button that is cut or leaves its box, a choice that shows a few letters only, text under a
 * control. What ends in an ellipsis must show this many pixels.
 */
export const clippedText = `
  const leastShown = 44;
  const canvas = document.createElement('canvas').getContext('2d');
  const widthOf = (element, text) => {
    const { font } = getComputedStyle(element);
    canvas.font = font;
    return canvas.measureText(text).width;
  };
  const textBoxes = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const boxes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (node.data.trim() === '' || !isSeen(parent) || parent.closest('svg, select')) continue;
      if (parseFloat(getComputedStyle(parent).fontSize) < 2) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) boxes.push({ box, parent, text: node.data.trim() });
      }
    }
    return boxes;
  };
  const ellipsisAround = (at, root) =>
    at === null || at === root.parentElement ? null
      : getComputedStyle(at).textOverflow === 'ellipsis' ? at : ellipsisAround(at.parentElement, root);
  for (const button of all('button, summary, a[href], label, [role=tab]')) {
    if (!isSeen(button)) continue;
    const outer = button.getBoundingClientRect();
    for (const { box, parent, text } of textBoxes(button)) {
      const clipped = ellipsisAround(parent, button);
      if (clipped !== null) {
        // A name whose middle gives way shows its end too.
        const end = clipped.nextElementSibling?.matches('.end') ? clipped.nextElementSibling.clientWidth : 0;
        const full = clipped.scrollWidth;
        if (full <= clipped.clientWidth + 1) continue;
        if (clipped.clientWidth + end < Math.min(full + end, leastShown)) {
          troubles.push('shows ' + clipped.clientWidth + ' px of “' + text.slice(0, 30) + '”: ' + name(button));
        }
        continue;
      }
      const away = Math.max(outer.left - box.left, box.right - outer.right, outer.top - box.top - 4, box.bottom - outer.bottom - 4);
      if (away > 1.5) troubles.push('text leaves its box by ' + Math.round(away) + ' px: ' + name(button));
    }
  }
  for (const select of all('select')) {
    const chosen = select.selectedOptions[0]?.textContent.trim() ?? '';
    const style = getComputedStyle(select);
    const arrow = 20;
    const room = select.clientWidth - parseFloat(style.paddingLeft) - arrow;
    const wanted = widthOf(select, chosen);
    if (isSeen(select) && room < Math.min(wanted, 72) - 2) {
      troubles.push('shows ' + Math.round(room) + ' of ' + Math.round(wanted) + ' px of “' + chosen + '”');
    }
  }
  for (const words of all('label, h1, h2, h3, h4, p, dt, dd, th')) {
    if (!isSeen(words) || words.closest('[aria-hidden=true]')) continue;
    for (const { box, parent, text } of textBoxes(words)) {
      const shown = boxOf(parent);
      const [left, right] = [Math.max(box.left, shown.left), Math.min(box.right, shown.right)];
      const y = (box.top + box.bottom) / 2;
      if (right - left < 4 || y < shown.top || y > shown.bottom) continue;
      for (const x of [left + 2, right - 2]) {
        const hit = document.elementFromPoint(x, y);
        const over = hit?.closest('button, select, input, [role=toolbar], header, [role=slider]');
        if (!over || isPinnedOver(over, parent) || over.contains(parent) || parent.contains(over)) continue;
        if (over.compareDocumentPosition(parent) & Node.DOCUMENT_POSITION_CONTAINED_BY) continue;
        troubles.push('“' + text.slice(0, 40) + '” lies under ' + name(over));
      }
    }
  }`;
