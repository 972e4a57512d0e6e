import type { Lock, LockedPackage } from './lock-file.ts';

const pinnedNode = /^node_modules\/node-(?:bin-darwin|darwin|linux|win)-(?:arm64|x64)$/;

/**
 * The lock as every Node and npm that we take can install it. npm leaves out, without a word,
 * optional packages whose `engines` refuse the Node that npm runs on; but sharp's and Rolldown's
 * native parts run on the pinned one. The pinned Node's packages all want to be the command `node`,
 * of which npm 9 takes away the one that it just installed; and they do not say that they need glibc.
 */
export function forEveryNode(lock: Lock): Lock {
  const packages = Object.entries(lock.packages).map(([path, entry]): [string, LockedPackage] => {
    if (entry.optional !== true) return [path, entry];
    const isPinned = pinnedNode.test(path);
    const kept = Object.entries(entry).filter(
      ([key]) => key !== 'engines' && !(isPinned && key === 'bin'),
    );
    const libc = isPinned && entry.os === 'linux' && { libc: ['glibc'] };
    return [path, { ...Object.fromEntries(kept), ...libc }];
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}
