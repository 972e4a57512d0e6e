import type { Library } from '../../store/library-file.ts';

/** The library and the folder in which encoders are found. */
export interface EncoderSources {
  readonly library: Library;
  /** The folder of the starter encoder's model. */
  readonly modelFolder: string;
}
