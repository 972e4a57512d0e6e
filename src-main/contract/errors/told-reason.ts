/** Words with which JavaScript complains of code, in whatever error a library puts them. */
const ofCode =
  /Cannot (read|set|convert|destructure|use)|is not (a function|iterable|a constructor|an object)|undefined|\[object |call stack|array length/;

/**
 * What another program's error says to a person; `otherwise` where it was no refusal, but stumbled over what it
 * was given.
 */
export function toldReason(error: unknown, otherwise: string): string {
  if (!(error instanceof Error)) return String(error);
  const isStumble = error instanceof TypeError || error instanceof RangeError;
  if (isStumble || error.message.trim() === '' || ofCode.test(error.message)) return otherwise;
  return error.message.trim().replace(/\.$/, '');
}
