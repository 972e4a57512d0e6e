import { leaveOut, nothingLeftOut } from '../../contract/leave-out.ts';
import type { LeaveOut } from '../../contract/leave-out.ts';
import type { Library } from '../store/library-file.ts';
import { readMeta, writeMeta } from '../store/meta.ts';

const key = 'leaveOut';

/** What a library's scores leave out of voting, as a person chose it; nothing at first. */
export function libraryLeaveOut(library: Library): LeaveOut {
  const stored = readMeta(library, key);
  return stored === null ? nothingLeftOut : leaveOut.parse(JSON.parse(stored));
}

/** Chooses what the library's scores leave out from now on. */
export function chooseLeaveOut(library: Library, chosen: LeaveOut): void {
  writeMeta(library, key, JSON.stringify(chosen));
}
