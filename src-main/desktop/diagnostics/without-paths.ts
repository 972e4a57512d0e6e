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

/** Looking for the names in a line takes time by the square of its length. */
const longestLine = 1000;
const rest = new RegExp(`^(.{${longestLine}}).+$`, 'gm');

const endings =
  'jpe?g|png|gif|webp|bmp|tiff?|avif|heic|heif|svg|jxl|ico|raw|cr2|nef|dng|sqlite|onnx|safetensors|csv|tsv|jsonl?|parquet|np[yz]|zip|txt|html?';
const fileName = `[^\\s"'“”‘’<>|/\\\\]+\\.(?:${endings})(?![\\w.])`;
const named = new RegExp(String.raw`(?:[^\s"'“”‘’<>|]*[/\\])?${fileName}`, 'gi');
/** Where a path begins: not within a word, nor behind the mark of the app's folder. */
const beginning = String.raw`(?<![\w>/\\.~%-])(?:[a-z]:[\\/]|\\\\|~[\\/]|\.{1,2}[\\/]|/(?=[^\s/]))`;
const piece = String.raw`[^\s"'“”‘’<>|]*`;
/** Words with spaces between them go on as one path while a slash or a file's ending follows soon. */
const further = String.raw`(?:[ \t]+(?!${beginning})(?:[^\s"'“”‘’<>|/\\]+[ \t]+){0,3}(?:${piece}[/\\]${piece}|${fileName}))*`;
const path = new RegExp(`${beginning}${piece}${further}`, 'gi');
const address = /\b[a-z][a-z+.-]+:\/\/[^\s"'“”‘’<>]+/gi;
const quoted = /“[^”\n]*”|"[^"\n]*"|‘[^’\n]*’|(?<!\w)'[^'\n]*'/g;
/** Stands for what is known to be the user's until the whole path around it is found. */
const stub = '/\u2042';

/**
 * A text without paths, addresses and names of files: each becomes `<path>`. It takes out rather too
 * much than too little; of the app's own files, their places in its folder stay. Long lines are cut.
 */
export function withoutPaths(text: string, { app, own, names }: KnownPaths): string {
  let clean = text.replace(rest, '$1 …');
  for (const folder of app) {
    clean = clean.replaceAll(`file://${folder}`, folder).replaceAll(folder, '<app>');
  }
  for (const name of longestFirst(names)) clean = clean.replaceAll(name, mark);
  const folders = [...own, ...own.map((one) => one.replaceAll('\\', '/'))];
  for (const folder of longestFirst(folders)) clean = clean.replaceAll(folder, stub);
  return clean
    .replace(quoted, (words) => (isTelling(words) ? inQuotes(words) : words))
    .replace(address, mark)
    .replace(path, endOf)
    .replace(named, mark)
    .replaceAll(stub, mark)
    .replace(new RegExp(`(?:${mark})+`, 'g'), mark);
}

function longestFirst(texts: readonly string[]): string[] {
  return texts.filter(({ length }) => length >= shortestName).sort((a, b) => b.length - a.length);
}

function inQuotes(words: string): string {
  return `${words.slice(0, 1)}${mark}${words.slice(-1)}`;
}

function isTelling(words: string): boolean {
  return /[/\\]/.test(words) || new RegExp(fileName, 'i').test(words);
}

/** The mark, and what closes a sentence or a bracket behind the path. */
function endOf(found: string): string {
  return `${mark}${/[.,;:)\]]*$/.exec(found)?.[0] ?? ''}`;
}
