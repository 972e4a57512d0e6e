import type { Background } from '../../src-main/contract/decoding.ts';
import { pictureBackground } from './picture-background.svelte.ts';

/** The address at which the shell serves a picture's thumbnail, at most 160 px. */
export function thumbnailUrl(hash: string): string {
  return thumbnailOn(pictureBackground.name, hash);
}

/**
 * The addresses of thumbnails for a map, by picture id; derive it, since another background makes
 * another function, by which the map knows that its thumbnails are out of date.
 */
export function thumbnailsById(hashOf: (id: number) => string): (id: number) => string {
  const { name } = pictureBackground;
  return (id) => thumbnailOn(name, hashOf(id));
}

/** The address at which the shell serves a picture of at most `size` px. */
export function pictureUrl(hash: string, size: number): string {
  const { name } = pictureBackground;
  const url = `/picture/${hash}?size=${size}`;
  return name === 'white' ? url : `${url}&on=${name}`;
}

function thumbnailOn(background: Background, hash: string): string {
  return background === 'white' ? `/thumbnail/${hash}` : `/thumbnail/${hash}?on=${background}`;
}
