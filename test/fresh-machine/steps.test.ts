import { describe, expect, it } from 'vitest';
import { faultOf } from './steps.ts';

const step = { command: 'npm ci', says: /^added \d+ packages/m };
const ran = (output: string, code = 0) => ({ code, output, wasStopped: false });

describe('a step on a fresh machine', () => {
  it('is well where it ends well and says what it should', () => {
    expect(faultOf(step, ran('\nadded 3 packages in 1s\n'))).toBeNull();
    const server = { ...step, isServer: true };
    expect(
      faultOf(server, { code: null, output: 'added 3 packages', wasStopped: true }),
    ).toBeNull();
  });

  it('is at fault where it fails, with its last words, or does not say what it should', () => {
    expect(faultOf(step, ran('added 3 packages\nno room\n\n', 1))).toBe('exit code 1: no room');
    expect(faultOf(step, ran('up to date\n'))).toMatch(/^does not say/);
  });

  it.each([
    'npm warn Unknown project config "onnxruntime-node-install".',
    'npm WARN EBADENGINE Unsupported engine {',
    'npm notice New major version of npm available!',
    'npm ERR! code 1',
    '(node:12) ExperimentalWarning: Type Stripping is an experimental feature',
    'Need to install the following packages:',
  ])('is at fault where anybody would see %j', (line) => {
    expect(faultOf(step, ran(`${line}\nadded 3 packages\n`))).toBe(line);
  });
});
