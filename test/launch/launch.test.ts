import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import pinnedPackages from '../../src-main/launch/pinned-packages.json' with { type: 'json' };
import { launch, launchedProject, pinThisNode } from './launched-project.ts';
import type { Machine } from './launched-project.ts';

const platform = `${process.platform} ${process.arch}`;
const name = Object.entries(pinnedPackages).find(([each]) => each === platform)?.[1];

const telling = `const told: unknown = {
    pid: process.pid, pinned: process.env.PINNED ?? null, args: process.argv.slice(2), cwd: process.cwd(),
  };
  console.log(JSON.stringify(told));`;

/** The machine of somebody with Debian 13's Node. */
const older: Machine = { node: '20.19.2' };

// The stand-in for the pinned Node is a shell script.
describe.skipIf(process.platform === 'win32' || name === undefined)('the launcher', () => {
  it('runs on the pinned Node where this one is older, with arguments and folder as given', async () => {
    const project = launchedProject(telling, { package: name! });
    const { ended } = launch(project, ['two words', '--flag', 'ä'], older);
    const { code, stdout, stderr } = await ended;
    expect(JSON.parse(stdout)).toMatchObject({
      pinned: '1',
      args: ['two words', '--flag', 'ä'],
      cwd: project,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['another process', older],
    ['its own', {}],
  ])('keeps what it compiled with its project, in %s', async (_where, machine) => {
    const project = launchedProject(
      "import { getCompileCacheDir } from 'node:module'; console.log(getCompileCacheDir());",
      machine === older ? { package: name! } : {},
    );
    if (machine !== older) pinThisNode(project, name!);
    const { stdout } = await launch(project, [], machine).ended;
    const own = join(project, 'node_modules/.cache/node-compile-cache');
    expect(stdout.trim().startsWith(own)).toBe(true);
    expect(existsSync(stdout.trim())).toBe(true);
  });

  it('runs on the pinned Node also where this one is newer', async () => {
    const project = launchedProject(telling, { package: name! });
    const { ended } = launch(project, [], { node: '26.0.0' });
    expect(JSON.parse((await ended).stdout)).toMatchObject({ pinned: '1' });
  });

  it('runs in its own process where that is the pinned Node already', async () => {
    const project = launchedProject(telling);
    pinThisNode(project, name!);
    const { child, ended } = launch(project, ['two words']);
    const { code, stdout } = await ended;
    expect(JSON.parse(stdout)).toMatchObject({ pid: child.pid, args: ['two words'] });
    expect(code).toBe(0);
  });

  it.each([
    ['another process', older],
    ['its own', {}],
  ])('passes input, output and the exit code through, in %s', async (_where, machine) => {
    const program = `for await (const part of process.stdin) process.stderr.write('got ' + part);
      process.exitCode = 7;`;
    const project = launchedProject(program, machine === older ? { package: name! } : {});
    const { child, ended } = launch(project, [], machine);
    child.stdin!.end('input');
    expect(await ended).toMatchObject({ code: 7, stdout: '', stderr: 'got input' });
  });

  it.each([older, {}])('prints no warning of Node’s (%o)', async (machine) => {
    const program = "process.emitWarning('loud'); console.log(process.env.NODE_NO_WARNINGS ?? '');";
    const project = launchedProject(program, machine === older ? { package: name! } : {});
    expect(await launch(project, [], machine).ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('fails where the program never comes to its end', async () => {
    const project = launchedProject('await new Promise(() => undefined);');
    expect(await launch(project, []).ended).toMatchObject({ code: 13 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on', async (signal) => {
    const program = `process.once('${signal}', () => process.exit(5));
      setInterval(() => undefined, 1000);
      console.log('ready');`;
    const { child, ended } = launch(launchedProject(program, { package: name! }), [], older);
    await once(child.stdout!, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 5 });
  });

  it('ends by the signal that ended the program', async () => {
    const program = "process.kill(process.pid, 'SIGKILL');";
    const { ended } = launch(launchedProject(program, { package: name! }), [], older);
    expect(await ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('runs on this Node where the pinned one is missing or cannot be run, and this is new enough', async () => {
    const broken = launchedProject(telling, { package: name!, isExecutable: false });
    for (const project of [launchedProject(telling), broken]) {
      const { child, ended } = launch(project, [], { node: '24.9.0' });
      expect(JSON.parse((await ended).stdout)).toMatchObject({ pid: child.pid });
    }
  });
});

/** Everything that a refused launch writes, which is one line on standard error. */
async function refusal(project: string, machine: Machine): Promise<string> {
  const { code, stdout, stderr } = await launch(project, [], machine).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr;
}

describe('the launcher says in a sentence', () => {
  it('that Node is too old', async () => {
    const sentence = await refusal(launchedProject(telling), { node: '16.20.2' });
    expect(sentence).toBe('Negatoscope needs Node 18 or newer, and this is Node 16.20.2.\n');
  });

  it.each([
    [
      'npm/8.19.4 node/v18.0.0 linux x64 workspaces/false',
      /npm 9 or newer, and this is npm 8.19.4:/,
    ],
    [
      'npm/10.9.3 node/v16.20.2 linux x64 workspaces/false',
      /Node 18 or newer, and this is Node 16/,
    ],
  ])('what is too old of %s, though the pinned Node is first under npm', async (npm, sentence) => {
    expect(await refusal(launchedProject(telling), { npm })).toMatch(sentence);
  });

  it.each([
    'npm/9.2.0 node/v18.20.4 linux x64 workspaces/false',
    'yarn/1.22.22 npm/? node/v16.0.0',
  ])('nothing of %s', async (npm) => {
    const { ended } = launch(launchedProject(telling), [], { npm });
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('that the pinned Node is not installed', async () => {
    const sentence = await refusal(launchedProject(telling), older);
    expect(sentence).toMatch(/24\.9 or newer \(this is Node 20\.19\.2\).*“npm ci” without/);
  });

  it.each(['24.8.0', '23.11.1'])('that Node %s alone is not enough', async (node) => {
    const sentence = await refusal(launchedProject(telling), { node });
    expect(sentence).toContain(`24.9 or newer (this is Node ${node})`);
  });

  it('that no package brings one', async () => {
    const sentence = await refusal(launchedProject(telling), { ...older, arch: 'riscv64' });
    expect(sentence).toMatch(/24\.9 or newer.*no package brings one for \w+ on riscv64\.$/m);
  });

  it.skipIf(process.platform === 'win32' || name === undefined)(
    'that the pinned Node cannot be run here',
    async () => {
      const project = launchedProject(telling, { package: name!, isExecutable: false });
      expect(await refusal(project, older)).toMatch(/24\.9 or newer.*cannot be run.*EACCES/);
    },
  );
});
