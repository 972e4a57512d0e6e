import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on fine-tuning. Tensors are loaded only when they are needed. */
export function tuningMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'tuning'> {
  return {
    'tuning.base': async ({ on }) => {
      const { findTunedBase } = await import('../encoders/tuned/tuned-base.ts');
      const { library } = libraries.opened();
      const { layers, size, firstLayer } = await findTunedBase({ library, modelFolder }, on);
      return { layers: [...layers], first: firstLayer(), size };
    },
  };
}
