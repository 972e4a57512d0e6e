import type { Attachment } from 'svelte/attachments';
import { PictureQueue } from './picture-queue.ts';
import type { QueuedPicture } from './picture-queue.ts';

/** How far from the screen pictures are loaded already, so that they are there when they come. */
const near = '400px';

const queue = new PictureQueue();
/** Addresses that were loaded: the browser keeps them, so they need no turn. */
const loaded = new Set<string>();
const pictures = new WeakMap<Element, QueuedPicture>();
/** Images on the page that were not answered. */
const failed = new Set<HTMLImageElement>();
let observer: IntersectionObserver | null = null;

/** Loads an image once it is on or near the screen; one that leaves before that is not asked for. */
export function loadedInTurn(address: string): Attachment<HTMLImageElement> {
  return (image) => {
    if (loaded.has(address)) {
      image.src = address;
      return;
    }
    const picture = pictureOf(image, address);
    pictures.set(image, picture);
    const watching = (observer ??= watch());
    watching.observe(image);
    return () => {
      watching.unobserve(image);
      failed.delete(image);
      queue.drop(picture);
      image.removeAttribute('src');
    };
  };
}

/** Asks again for what failed: after the engine was away, it has the pictures again. */
export function loadFailedAgain(): void {
  const again = [...failed];
  failed.clear();
  // Who begins to watch is told at once what is on the screen.
  for (const image of again) observer?.observe(image);
}

function pictureOf(image: HTMLImageElement, address: string): QueuedPicture {
  let ending: AbortController | null = null;
  return {
    load(onended) {
      ending = new AbortController();
      const { signal } = ending;
      const end = (): void => {
        ending?.abort();
        observer?.unobserve(image);
        onended();
      };
      image.addEventListener('load', () => loaded.add(address), { signal });
      image.addEventListener('load', end, { signal });
      image.addEventListener(
        'error',
        () => {
          end();
          // Nothing looks better than the browser's sign for a broken picture.
          image.removeAttribute('src');
          failed.add(image);
        },
        { signal },
      );
      image.src = address;
    },
    abort() {
      ending?.abort();
      image.removeAttribute('src');
    },
  };
}

function watch(): IntersectionObserver {
  // Browsers without scrollMargin load a picture when it comes into its list.
  const margins = { rootMargin: near, scrollMargin: near };
  return new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const picture = pictures.get(target);
      if (picture === undefined) continue;
      if (isIntersecting) queue.ask(picture, isOnScreen(boundingClientRect));
      else queue.drop(picture);
    }
  }, margins);
}

function isOnScreen({ top, bottom }: DOMRectReadOnly): boolean {
  return bottom > 0 && top < window.innerHeight;
}
