import { parsePlainJson } from './plain-json.ts';

/** Texts, which are left as they are, and the numbers that JSON has no words for. */
const textsAndWords = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** A literal that is read as infinity, because it is too large for a number. */
const tooLarge = '1e999';

/**
 * Parses JSON in which Python has written NaN, Infinity or -Infinity: NaN is null, as there is nothing
 * else for it.
 * @throws SyntaxError as parsePlainJson
 */
export function parseLooseJson(text: string): unknown {
  try {
    return parsePlainJson(text);
  } catch (cause) {
    if (!/NaN|Infinity/.test(text)) throw cause;
    return parsePlainJson(text.replace(textsAndWords, strictWord));
  }
}

function strictWord(found: string): string {
  if (found.startsWith('"')) return found;
  if (found.endsWith('NaN')) return 'null';
  return found.startsWith('-') ? `-${tooLarge}` : tooLarge;
}
