/** The emoji of a demo picture, whoever drew it: of `drink/1f375__noto.png`, 1f375. */
export const emojiPattern = '([^/]*?)__[^/]*$';

const pattern = new RegExp(emojiPattern);

/** The emoji of a demo picture by its path; of another path the path itself. */
export function emojiOf(path: string): string {
  return pattern.exec(path)?.[1] ?? path;
}
