import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

const root = join(import.meta.dirname, '../..');

export interface PinnedStub {
  /** The package that is there; none if not given. */
  readonly package?: string;
  readonly isExecutable?: boolean;
}

/**
 * A project of our launcher, in a folder with spaces, whose program `main.ts` is the text. Its
 * pinned Node is this one behind a shell script, which a program can tell by the variable PINNED.
 */
export function launchedProject(
  program: string,
  { package: name, isExecutable = true }: PinnedStub = {},
): string {
  const project = join(temporaryFolder(), 'a path with spaces');
  cpSync(join(root, 'src-main/launch'), join(project, 'src-main/launch'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'main.ts'), program);
  if (name === undefined) return project;
  const folder = packageFolder(project, name);
  writeFileSync(join(folder, 'bin/node'), `#!/bin/sh\nPINNED=1 exec "${process.execPath}" "$@"\n`);
  chmodSync(join(folder, 'bin/node'), isExecutable ? 0o755 : 0o644);
  return project;
}

/** Makes this very Node the pinned one, as .bin/node is under npm. */
export function pinThisNode(project: string, name: string): void {
  symlinkSync(process.execPath, join(packageFolder(project, name), 'bin/node'));
}

function packageFolder(project: string, name: string): string {
  const folder = join(project, 'node_modules', name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  return folder;
}

export interface Machine {
  /** What Node says it is: its version and processor are this one's if not given. */
  readonly node?: string;
  readonly arch?: string;
  /** What npm calls itself; not started by npm if not given. */
  readonly npm?: string;
}

export interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program of a project as a script of package.json does, on such a machine. */
export function launch(project: string, args: readonly string[], machine: Machine = {}): Launched {
  const disguise = join(project, 'disguise.cjs');
  const { node = process.versions.node, arch = process.arch } = machine;
  writeFileSync(
    disguise,
    `const versions = { ...process.versions, node: ${JSON.stringify(node)} };
     Object.defineProperty(process, 'versions', { value: versions });
     Object.defineProperty(process, 'arch', { value: ${JSON.stringify(arch)} });`,
  );
  const line = ['-r', disguise, join(project, 'src-main/launch/run.cjs'), 'main.ts', ...args];
  // Of this project, whose own launcher began the tests.
  const ours = { NODE_COMPILE_CACHE: undefined };
  const env = { ...process.env, ...ours, npm_config_user_agent: machine.npm };
  const child = spawn(process.execPath, line, { cwd: project, env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}
