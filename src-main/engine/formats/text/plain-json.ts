/** Deeper than any file that means something; what walks through values by recursion still comes back from there. */
const deepest = 500;

/**
 * Parses JSON from elsewhere, after its mark of byte order where it has one.
 * @throws SyntaxError where it is none, or is nested so deeply that working on it would exhaust the stack
 */
export function parsePlainJson(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (isDeep(json)) {
    throw new SyntaxError(`its lists and objects are nested more than ${deepest} levels deep`);
  }
  return JSON.parse(json);
}

function isDeep(json: string): boolean {
  if (json.length <= deepest) return false;
  let depth = 0;
  for (let index = 0; index < json.length; index++) {
    switch (json.charCodeAt(index)) {
      case quote:
        index = endOfText(json, index);
        break;
      case openList:
      case openObject:
        if (++depth > deepest) return true;
        break;
      case closeList:
      case closeObject:
        depth--;
    }
  }
  return false;
}

const [quote, backslash, openList, closeList, openObject, closeObject] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
] as const;

/** Where the text that begins there has its closing quote. */
function endOfText(json: string, start: number): number {
  for (let index = start + 1; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (code === backslash) index++;
    else if (code === quote) return index;
  }
  return json.length;
}
