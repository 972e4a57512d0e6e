import { execFileSync } from 'node:child_process';

/** Where packages come from, as this machine has it for itself. */
export interface PackageSource {
  readonly mirror: string;
  readonly registry: string;
  /** The certificates that are needed to reach them, if they are not everybody's. */
  readonly certificateFile: string | null;
}

/** Reads it from apt and npm. Throws where apt knows no mirror of Debian. */
export function packageSource(): PackageSource {
  const indexes = outputOf('apt-get', ['indextargets', '--format', '$(ORIGIN) $(REPO_URI)']);
  const mirror = /^Debian (\S+)$/m.exec(indexes)?.[1];
  if (mirror === undefined) throw new Error('apt knows no mirror of Debian here');
  const own = outputOf('npm', ['config', 'get', 'cafile']);
  const cafile = own === 'null' || own === '' ? process.env.NODE_EXTRA_CA_CERTS : own;
  return {
    mirror,
    registry: outputOf('npm', ['config', 'get', 'registry']),
    certificateFile: cafile ?? null,
  };
}

function outputOf(file: string, args: readonly string[]): string {
  return execFileSync(file, args, { encoding: 'utf8' }).trim();
}
