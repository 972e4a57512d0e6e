import type { OpenLibraries } from '../session/open-libraries.ts';
import { inspectEncoder } from '../encoders/loaded/inspect-encoder.ts';
import { knownEncoder } from '../encoders/loaded/known-encoder.ts';
import { previewEncoderInput } from '../encoders/loaded/preview-encoder-input.ts';
import { listEncoders } from '../store/encoders.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on loaded encoders. */
export function encoderMethods(
  libraries: OpenLibraries,
  workingFolder: string,
): MethodsOf<'encoders'> {
  return {
    'encoders.inspect': (input) => inspectEncoder(input),
    'encoders.list': () =>
      Promise.all(
        libraries.current ? listEncoders(libraries.current.library).map(knownEncoder) : [],
      ),
    'encoders.preview': (input) =>
      previewEncoderInput(libraries.opened().library, input, workingFolder),
  };
}
