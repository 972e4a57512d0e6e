import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageSource } from './package-source.ts';
import { runCommand } from './run-command.ts';
import type { CommandOptions, CommandResult } from './run-command.ts';

/** Who works on the machine, and where everybody's certificates lie there. */
export const user = 'tester';
const certificates = '/etc/ssl/certs/fresh-machine.pem';
const systemPath = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

/** A minimal Debian in a folder, with Node and npm of its own and nothing else. */
export class DebianRoot {
  readonly folder: string;
  readonly #source = packageSource();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Builds it, or takes what an earlier call has built. Rejects where it cannot be had. */
  async build(suite: string, log: string): Promise<void> {
    const built = join(this.folder, 'etc/fresh-machine-is-built');
    if (!existsSync(built)) {
      rmSync(this.folder, { recursive: true, force: true });
      mkdirSync(this.folder, { recursive: true });
      const { mirror } = this.#source;
      const build = ['debootstrap', '--variant=minbase', suite, this.folder, mirror];
      expectSuccess(await runCommand(ownMounts(build), { log }));
    }
    this.#copyNetwork();
    if (existsSync(built)) return;
    const install = 'apt-get install --yes --no-install-recommends nodejs npm';
    expectSuccess(
      await this.asRoot(`apt-get update && ${install} && useradd --create-home ${user}`, { log }),
    );
    writeFileSync(built, '');
  }

  /** The folder of an npm that is installed beside Debian's own; null for Debian's own. */
  async installNpm(major: number, log: string): Promise<string | null> {
    if (/^(\d+)\./.exec((await this.asRoot('npm --version', { log })).output)?.[1] === `${major}`) {
      return null;
    }
    const prefix = `/usr/local/npm-${major}`;
    if (!existsSync(join(this.folder, prefix, 'bin/npm'))) {
      const install = `npm install --global --prefix ${prefix} npm@${major}`;
      expectSuccess(await this.asRoot(install, { log }));
    }
    return `${prefix}/bin`;
  }

  asRoot(command: string, options: CommandOptions): Promise<CommandResult> {
    return this.#run(['chroot', this.folder], systemPath, '/root', command, options);
  }

  /** Runs a shell command as an ordinary user, whose npm is in that folder. */
  asUser(
    command: string,
    npmFolder: string | null,
    options: CommandOptions,
  ): Promise<CommandResult> {
    const path = npmFolder === null ? systemPath : `${npmFolder}:${systemPath}`;
    const enter = ['chroot', `--userspec=${user}:${user}`, this.folder];
    return this.#run(enter, path, `/home/${user}`, command, options);
  }

  #run(
    enter: readonly string[],
    path: string,
    home: string,
    command: string,
    options: CommandOptions,
  ): Promise<CommandResult> {
    const { registry, certificateFile } = this.#source;
    const env = {
      PATH: path,
      HOME: home,
      LANG: 'C.UTF-8',
      DEBIAN_FRONTEND: 'noninteractive',
      npm_config_registry: registry,
      ...(certificateFile !== null && {
        NODE_EXTRA_CA_CERTS: certificates,
        npm_config_cafile: certificates,
      }),
    };
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const inside = [...enter, '/usr/bin/env', '-i', ...variables, '/bin/sh', '-c', command];
    return runCommand(ownMounts(['sh', '-ec', mountsAndRun, this.folder, ...inside]), options);
  }

  #copyNetwork(): void {
    for (const file of ['/etc/resolv.conf', '/etc/hosts']) {
      rmSync(join(this.folder, file), { force: true });
      if (existsSync(file)) copyFileSync(file, join(this.folder, file));
    }
    const { certificateFile } = this.#source;
    if (certificateFile === null) return;
    mkdirSync(join(this.folder, certificates, '..'), { recursive: true });
    copyFileSync(certificateFile, join(this.folder, certificates));
  }
}

// The shell stays, as the first process of the space: it ends with `unshare`, and all others with it.
const mountsAndRun =
  'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; mount -t tmpfs tmpfs "$0/tmp"; "$@"; exit';

/** In a space of its own, whose mounts and processes are gone with the command, however it ends. */
function ownMounts(command: readonly string[]): readonly string[] {
  return ['unshare', '--mount', '--pid', '--fork', '--kill-child', ...command];
}

function expectSuccess({ code, output }: CommandResult): void {
  if (code === 0) return;
  const said = output.split('\n').findLast((line) => line.trim() !== '');
  throw new Error(said ?? `exit code ${code ?? 'none'}`);
}

/** Why no such machine can be built here, or null. */
export function whyNoMachine(): string | null {
  if (process.platform !== 'linux') return 'debootstrap needs Linux';
  if (process.getuid?.() !== 0) return 'debootstrap and chroot need root';
  for (const program of ['debootstrap', 'unshare', 'apt-get', 'npm']) {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    } catch {
      return `${program} is not installed`;
    }
  }
  return null;
}
