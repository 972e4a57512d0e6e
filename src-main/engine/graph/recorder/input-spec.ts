export type Precision = 'float32' | 'float64';

/** One named input of a program. `float` means the program's precision. */
export interface InputSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float' | 'int32' | 'uint8';
}
