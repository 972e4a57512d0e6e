import type { OpenLibraries } from '../session/open-libraries.ts';
import { listEncoders } from '../store/encoders.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on loaded encoders, whose files are read by what is loaded only when it is needed. */
export function encoderMethods(
  libraries: OpenLibraries,
  workingFolder: string,
): MethodsOf<'encoders'> {
  return {
    'encoders.inspect': async (input) => {
      const { inspectEncoder } = await import('../encoders/loaded/inspect-encoder.ts');
      return await inspectEncoder(input);
    },
    'encoders.list': async () => {
      const stored = libraries.current ? listEncoders(libraries.current.library) : [];
      if (stored.length === 0) return [];
      const { knownEncoder } = await import('../encoders/loaded/known-encoder.ts');
      return await Promise.all(stored.map(knownEncoder));
    },
    'encoders.preview': async (input) => {
      const { previewEncoderInput } = await import('../encoders/loaded/preview-encoder-input.ts');
      return await previewEncoderInput(libraries.opened().library, input, workingFolder);
    },
  };
}
