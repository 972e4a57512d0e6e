/** The address at which the shell serves a picture's thumbnail, at most 160 px. */
export function thumbnailUrl(hash: string): string {
  return `/thumbnail/${hash}`;
}

/** The address at which the shell serves a picture of at most `size` px. */
export function pictureUrl(hash: string, size: number): string {
  return `/picture/${hash}?size=${size}`;
}
