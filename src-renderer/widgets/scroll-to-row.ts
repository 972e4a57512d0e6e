/** Scrolls a box no further than it takes to show all of a row; `y` and `height` in CSS pixels. */
export function scrollToRow(box: HTMLElement, y: number, height: number): void {
  const { scrollTop, clientHeight } = box;
  if (y < scrollTop) box.scrollTop = y;
  else if (y + height > scrollTop + clientHeight) box.scrollTop = y + height - clientHeight;
}
