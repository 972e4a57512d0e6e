import { z } from 'zod';

const side = z.number().int().min(8).max(2048);
const finite = z.number();
const three = z.union([
  finite.transform((value) => [value, value, value] as [number, number, number]),
  z.tuple([finite]).transform(([value]) => [value, value, value] as [number, number, number]),
  z.tuple([finite, finite, finite]),
]);

/** Sides in pixels as a file has them: both, or that of one edge. */
export type ConfigSize =
  | { readonly width: number; readonly height: number }
  /** With the length that the longer edge must not exceed. */
  | { readonly shortest: number; readonly limit?: number | undefined }
  | { readonly one: number };

const size: z.ZodType<ConfigSize> = z.preprocess(
  withoutNulls,
  z.union([
    side.transform((one) => ({ one })),
    z.tuple([side]).transform(([one]) => ({ one })),
    z.tuple([side, side]).transform(([height, width]) => ({ width, height })),
    z
      .strictObject({ height: side, width: side })
      .transform(({ height, width }) => ({ width, height })),
    z
      .strictObject({ shortest_edge: side, longest_edge: z.number().optional() })
      .transform(({ shortest_edge: shortest, longest_edge: limit }) => ({ shortest, limit })),
  ]),
);

/** An object without the keys that are null, as newer files have them. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null));
}

/** The length of the shorter edge. */
export function shorterOf(size: ConfigSize): number {
  if ('one' in size) return size.one;
  return 'shortest' in size ? size.shortest : Math.min(size.width, size.height);
}

/**
 * The values of a configuration file. Each is read by itself, so that one which is not understood does
 * not cost the others, and what was not read is known at the end.
 */
export class ConfigKeys {
  readonly #json: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #problems: string[] = [];

  constructor(json: Readonly<Record<string, unknown>>) {
    this.#json = json;
  }

  /** Whether the file has a value; null is none. */
  has(key: string): boolean {
    return this.#json[key] !== undefined && this.#json[key] !== null;
  }

  /** Whether a flag is on, without marking it as read. */
  isOn(key: string): boolean {
    return this.#json[key] === true;
  }

  flag(key: string): boolean | undefined {
    return this.#value(key, z.boolean());
  }

  number(key: string): number | undefined {
    return this.#value(key, finite);
  }

  /** A number above 0. */
  factor(key: string): number | undefined {
    return this.#value(key, finite.positive());
  }

  text(key: string): string | undefined {
    return this.#value(key, z.string());
  }

  /** A filter by Pillow's number or its name. */
  filter(key: string): number | string | undefined {
    const name = z.string().transform((text) => text.toLowerCase().replace(/^.*\./, ''));
    return this.#value(key, z.union([z.number().int(), name]));
  }

  /** A value for each channel; one number stands for all three. */
  three(key: string): [number, number, number] | undefined {
    return this.#value(key, three);
  }

  /** As `three`, all above 0. */
  positiveThree(key: string): [number, number, number] | undefined {
    return this.#value(
      key,
      three.refine((values) => values.every((value) => value > 0)),
    );
  }

  size(key: string): ConfigSize | undefined {
    return this.#value(key, size);
  }

  /** Marks a key as read. */
  skip(key: string): void {
    this.#read.add(key);
  }

  #value<Value>(key: string, schema: z.ZodType<Value>): Value | undefined {
    this.#read.add(key);
    if (!this.has(key)) return undefined;
    const parsed = schema.safeParse(this.#json[key]);
    if (parsed.success) return parsed.data;
    this.#problems.push(`${key} (${JSON.stringify(this.#json[key])})`);
    return undefined;
  }

  /**
   * Names the keys that were not read and may matter, and those whose values were not understood; null
   * and false switch nothing on. Empty if there are none.
   */
  leftSentence(ignored: readonly RegExp[], file: string): string {
    const unread = Object.entries(this.#json).filter(
      ([key, value]) =>
        !this.#read.has(key) &&
        value !== null &&
        value !== false &&
        !ignored.some((pattern) => pattern.test(key)),
    );
    const left = [...this.#problems, ...unread.map(([key]) => key)];
    return left.length === 0 ? '' : `Not understood in ${file}, and left out: ${left.join(', ')}.`;
  }
}
