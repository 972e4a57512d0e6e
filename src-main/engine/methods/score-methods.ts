import { leaveOutText, nameExpression } from '../../contract/leave-out.ts';
import { chooseLeaveOut, libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import { countNameGroups } from '../evaluation/leave-out-groups.ts';
import type { EngineEvents } from '../session/engine-events.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on how a library's scores are measured. */
export function scoreMethods(libraries: OpenLibraries, events: EngineEvents): MethodsOf<'scores'> {
  return {
    'scores.leaveOut': () => libraryLeaveOut(libraries.opened().library),
    'scores.chooseLeaveOut': (chosen) => {
      const { library } = libraries.writable();
      if (chosen.name !== null) nameExpression(chosen.name);
      if (leaveOutText(chosen) !== leaveOutText(libraryLeaveOut(library))) {
        chooseLeaveOut(library, chosen);
        events.emit('runCare', {});
      }
      return libraryLeaveOut(library);
    },
    'scores.nameGroups': ({ name }) => countNameGroups(libraries.opened().library, name),
  };
}
