import { EngineError } from '../../src-main/contract/errors/errors.ts';

/** How a reader ended: `fault` is a refusal that is no sentence for a person. */
export interface Judgement {
  readonly kind: 'refused' | 'fault';
  readonly text: string;
}

/** Words that only JavaScript and its parts say, and no sentence of ours. */
const fromDeepInside = [
  /\b(Type|Range|Reference|Syntax|Eval|URI|Assertion)Error\b/,
  /Cannot (read|set) propert|Cannot convert|Cannot destructure|is not (a function|iterable|a constructor)/,
  /Invalid (typed )?array length|Array buffer allocation|Array length|Maximum call stack/,
  /Offset is outside|index out of range|out of bounds|offset.*is out of range|out of range: /i,
  /\[object \w+\]|\bundefined\b|\bENOTDIR\b|\bEISDIR\b|\bENAMETOOLONG\b/,
];

/** Judges what a reader threw. */
export function judgeError(error: unknown): Judgement {
  if (!(error instanceof EngineError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'fault', text: `It threw no EngineError: ${text}` };
  }
  const { code, message } = error;
  return { kind: isSentence(code, message) ? 'refused' : 'fault', text: `${code}: ${message}` };
}

/** Whether a code and a message tell a person what is wrong. */
export function isSentence(code: string, message: string): boolean {
  if (code === 'internal' || !/\w.*[.!?]["”)]*$/s.test(message.trim())) return false;
  return !fromDeepInside.some((words) => words.test(message));
}
