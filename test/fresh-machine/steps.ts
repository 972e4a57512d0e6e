import packageDescription from '../../package.json' with { type: 'json' };
import type { CommandResult } from './run-command.ts';

export interface Step {
  readonly command: string;
  readonly says: RegExp;
  /** A command that serves until it is stopped. */
  readonly isServer?: boolean;
}

const install: Step = { command: 'npm ci', says: /^added \d+ packages/m };

/** The README's two commands. */
export const wholeSteps: readonly Step[] = [
  install,
  { command: 'npm run demo -- --no-open', says: /^Ready in \d+ s\.$/m },
  { command: 'npm test', says: /^\d+ passed, 0 failed$/m },
];

/** A little of everything that the two commands do, in some minutes. */
export const quickSteps: readonly Step[] = [
  install,
  {
    command: 'npx negatoscope --version',
    says: new RegExp(`^${packageDescription.version.replaceAll('.', '\\.')}$`, 'm'),
  },
  { command: 'npx negatoscope --help', says: /^Usage: negatoscope/m },
  { command: 'npx negatoscope scan test/fixtures/emoji', says: /^96 pictures in 96 files/m },
  { command: 'npx negatoscope embed --encoder pixels', says: /^run 1: 96 pictures embedded/m },
  {
    command: 'npm start',
    says: /^No desktop window: .*\n.*http:\/\/127\.0\.0\.1:\d+/ms,
    isServer: true,
  },
  {
    command: 'npm test -- test/engine/pictures/decode-pixels.test.ts',
    says: /^\d+ passed, 0 failed$/m,
  },
  // Two files, whose processes both want the browser that neither has unpacked yet.
  {
    command: 'npm test -- test/e2e/map-pointer.test.ts test/e2e/map-dots.test.ts',
    says: /^\d+ passed, 0 failed$/m,
  },
];

/** Lines that nobody who runs the commands should see. */
const noise = /^(?:npm (?:warn|notice|err)|Need to install|\(node:\d+\)).*/im;

/** What is wrong with how a step went, or null. */
export function faultOf(
  { says }: Step,
  { code, output, wasStopped }: CommandResult,
): string | null {
  const noisy = noise.exec(output);
  if (noisy !== null) return noisy[0];
  if (wasStopped) return null;
  if (code !== 0) {
    const last = output.split('\n').findLast((line) => line.trim() !== '') ?? '';
    return `exit code ${code ?? 'none'}: ${last}`;
  }
  return says.test(output) ? null : `does not say ${says.source}`;
}
