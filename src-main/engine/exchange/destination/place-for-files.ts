import { statfs } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';

/** What Linux shows as files without storing any, by the `f_type` of `statfs` (linux/magic.h). */
const virtualSystems: ReadonlyMap<number, string> = new Map([
  [0x9fa0, 'proc'],
  [0x62656572, 'sysfs'],
  [0x27e0eb, 'cgroup'],
  [0x63677270, 'cgroup2'],
  [0x64626720, 'debugfs'],
  [0x74726163, 'tracefs'],
  [0x73636673, 'securityfs'],
  [0xf97cff8c, 'selinuxfs'],
  [0x62656570, 'configfs'],
  [0x1cd1, 'devpts'],
  [0x6165676c, 'pstore'],
  [0xcafe4a11, 'bpf'],
  [0xde5e81e4, 'efivarfs'],
]);

/**
 * Refuses a folder in which the system shows things of its own, such as `/proc`.
 * @throws EngineError bad-argument
 */
export async function checkPlaceForFiles(folder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const { type } = await statfs(folder);
  const system = virtualSystems.get(type);
  if (system === undefined) return;
  throw new EngineError(
    'bad-argument',
    `${folder} is no place for files: the system shows things of its own there (${system}). Choose a folder on a disk.`,
  );
}
