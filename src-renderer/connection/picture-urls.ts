import { pictureBackground } from './picture-background.svelte.ts';

/** The address at which the shell serves a picture's thumbnail, at most 160 px. */
export function thumbnailUrl(hash: string): string {
  const { name } = pictureBackground;
  return name === 'white' ? `/thumbnail/${hash}` : `/thumbnail/${hash}?on=${name}`;
}

/** The address at which the shell serves a picture of at most `size` px. */
export function pictureUrl(hash: string, size: number): string {
  const { name } = pictureBackground;
  const url = `/picture/${hash}?size=${size}`;
  return name === 'white' ? url : `${url}&on=${name}`;
}
