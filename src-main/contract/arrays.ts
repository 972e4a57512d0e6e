import './errors/without-eval.ts';
import { z } from 'zod';

/** Columns as typed arrays: they cross process borders as bytes, never as JSON numbers. */
export const float32Array = z.instanceof(Float32Array);
export const uint32Array = z.instanceof(Uint32Array);
export const int32Array = z.instanceof(Int32Array);
export const uint16Array = z.instanceof(Uint16Array);
export const uint8Array = z.instanceof(Uint8Array);
