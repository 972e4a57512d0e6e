/** What a report must not tell, and what it may. */
interface KnownPaths {
  /** The app's own folders, which say nothing of a person. */
  readonly app: readonly string[];
  /** Folders and files of the user, such as the home folder and the open library. */
  readonly own: readonly string[];
  /** Names of pictures and the like. */
  readonly names: readonly string[];
}

const mark = '<path>';
/** A shorter name would be found in the middle of words. */
const shortestName = 4;

const endings =
  'jpe?g|png|gif|webp|bmp|tiff?|avif|heic|heif|svg|jxl|ico|raw|cr2|nef|dng|sqlite|onnx|safetensors|csv|tsv|jsonl?|parquet|np[yz]|zip|txt|html?';
const fileName = `[^\\s"'“”‘’<>|/\\\\]+\\.(?:${endings})(?![\\w.])`;
const named = new RegExp(fileName, 'gi');
/** Where a path begins: not within a word, nor behind the mark of the app's folder. */
const beginning = String.raw`(?<![\w>/\\.~%-])(?:[a-z]:[\\/]|\\\\|~[\\/]|\.{1,2}[\\/]|/(?=[^\s/]))`;
const piece = String.raw`[^\s"'“”‘’<>|]*`;
/** Words with spaces between them go on as one path while a slash or a file's ending follows soon. */
const further = String.raw`(?:[ \t]+(?!${beginning})(?:[^\s"'“”‘’<>|/\\]+[ \t]+){0,3}(?:${piece}[/\\]${piece}|${fileName}))*`;
const path = new RegExp(`${beginning}${piece}${further}`, 'gi');
const address = /\b[a-z][a-z+.-]+:\/\/[^\s"'“”‘’<>]+/gi;
const quoted = /“[^”\n]*”|"[^"\n]*"|‘[^’\n]*’/g;

/**
 * A text without paths, addresses and names of files: each becomes `<path>`. It takes out rather too
 * much than too little; of the app's own files, their places in its folder stay.
 */
export function withoutPaths(text: string, { app, own, names }: KnownPaths): string {
  let clean = text;
  for (const folder of app) {
    clean = clean.replaceAll(`file://${folder}`, folder).replaceAll(folder, '<app>');
  }
  const known = [...own, ...own.map((one) => one.replaceAll('\\', '/')), ...names];
  for (const one of known.toSorted((a, b) => b.length - a.length)) {
    if (one.length >= shortestName) clean = clean.replaceAll(one, mark);
  }
  clean = clean
    .replace(quoted, (words) =>
      isTelling(words) ? `${words.slice(0, 1)}${mark}${words.slice(-1)}` : words,
    )
    .replace(address, mark)
    .replace(path, endOf)
    .replace(named, mark);
  // What follows a folder that was taken out is in it.
  return clean.replace(new RegExp(`(?:${mark}(?:[\\\\/]${piece})?)+`, 'g'), mark);
}

function isTelling(words: string): boolean {
  return /[/\\]/.test(words) || words.includes(mark) || new RegExp(fileName, 'i').test(words);
}

/** The mark, and what closes a sentence or a bracket behind the path. */
function endOf(found: string): string {
  return `${mark}${/[.,;:)\]]*$/.exec(found)?.[0] ?? ''}`;
}
