import type { Background, Decoding } from '../../contract/decoding.ts';
import type { Blank } from '../../contract/library.ts';
import type { Crop } from './crop-view.ts';
import type { PictureResize } from './resize-frame.ts';
import type { SourcePicture } from './source-picture.ts';

/** The task of decoding a picture to the square, or the shape, that an encoder takes. */
export type PixelsTask =
  | {
      readonly kind: 'pixels';
      readonly path: string;
      readonly size: number;
      /** The content hash that the file must still have. */
      readonly hash: string;
      readonly decoding: Decoding;
    }
  | {
      readonly kind: 'resized';
      readonly path: string;
      readonly resize: PictureResize;
      readonly hash: string;
      readonly decoding: Decoding;
    };

/** The task of a decoding worker: read a file, then make its thumbnail or its pixels. */
export type DecodeTask =
  | {
      readonly kind: 'thumbnail';
      readonly path: string;
      readonly background: Background;
      /** Whether a picture that the library has already gets a new thumbnail. */
      readonly isAgain: boolean;
    }
  | PixelsTask
  | {
      readonly kind: 'source';
      readonly path: string;
      readonly hash: string;
      /** The most pixels of the shorter side. */
      readonly side: number;
      readonly decoding: Decoding;
    }
  | {
      readonly kind: 'views';
      /** The decoding of a picture that is too small to be cropped itself: each view is all of it. */
      readonly of: PixelsTask;
      readonly size: number;
      readonly crops: readonly Crop[];
      readonly isCropped: boolean;
    };

/** One message to a decoding worker: tasks that are done one after the other. */
export interface DecodeRequest {
  readonly id: number;
  readonly tasks: readonly DecodeTask[];
}

/** The message that answers it, in the order of the tasks. */
export interface DecodeReply {
  readonly id: number;
  readonly answers: readonly DecodeAnswer[];
}

/** The answer; `known` is a picture whose bytes the library has already. */
export type DecodeAnswer =
  | { readonly kind: 'known'; readonly hash: string }
  | {
      readonly kind: 'thumbnail';
      readonly hash: string;
      readonly width: number;
      readonly height: number;
      readonly format: string;
      readonly image: Uint8Array;
      readonly blank: Blank | '';
      readonly note: string;
    }
  | { readonly kind: 'pixels'; readonly rgb: Uint8Array }
  | ({ readonly kind: 'source' } & SourcePicture)
  | { readonly kind: 'skip'; readonly code: string; readonly reason: string }
  | { readonly kind: 'failure'; readonly message: string };
