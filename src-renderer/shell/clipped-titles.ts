/** Gives text that ends in an ellipsis, as the pointer comes to it, the whole of it as its title. */
export function titleClipped({ target }: Event): void {
  const clipped = target instanceof Element ? target.closest('.clip') : null;
  if (!(clipped instanceof HTMLElement)) return;
  const isOurs = clipped.dataset['clipped'] !== undefined;
  if (clipped.title !== '' && !isOurs) return;
  const isCut = clipped.scrollWidth > clipped.clientWidth;
  if (isCut) {
    clipped.title = clipped.textContent.trim().replace(/\s+/g, ' ');
    clipped.dataset['clipped'] = '';
  } else if (isOurs) {
    clipped.removeAttribute('title');
    delete clipped.dataset['clipped'];
  }
}
