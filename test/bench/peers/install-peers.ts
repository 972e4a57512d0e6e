import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installCommand, peerPackages } from './peer-packages.ts';

/**
 * `npm run bench:peers-install [-- --yes]`: installs the peers of the benchmarks from Debian's packages, after
 * apt-get has asked; `--yes` answers for it.
 */
function installPeers(isSure: boolean): number {
  const modules = Object.values(peerPackages);
  if (!existsSync('/etc/debian_version')) {
    const pip = modules.map(({ pip }) => pip).join(' ');
    console.error(
      `This installs packages of Debian, and this system has none: use "python3 -m pip install ${pip}".`,
    );
    return 1;
  }
  const packages = modules.flatMap(({ debian }) => debian.split(' '));
  const args = ['install', '--no-install-recommends', ...(isSure ? ['--yes'] : []), ...packages];
  const command = `apt-get ${args.join(' ')}`;
  console.log(`Installs ${modules.map(({ name }) => name).join(', ')}: ${command}`);
  if (process.getuid?.() !== 0) {
    console.error(
      `Only root may install packages. As root: "${command}", or "sudo ${installCommand}"; nothing was done.`,
    );
    return 1;
  }
  return spawnSync('apt-get', args, { stdio: 'inherit' }).status ?? 1;
}

const { values } = parseArgs({ options: { yes: { type: 'boolean', default: false } } });
process.exitCode = installPeers(values.yes);
