import { picturesOf } from '../pictures-of.ts';

/** Five pictures, rows 0 to 4: two cats, a dog, one without a label, and another dog. */
export const fivePictures = picturesOf(
  { id: 1, path: 'cat/tabby.png', label: 'cat' },
  { id: 2, path: 'cat/tom.png', label: 'cat' },
  { id: 3, path: 'dog/rex.png', label: 'dog' },
  { id: 4, path: 'loose.png' },
  { id: 5, path: 'dog/tom.png', label: 'dog' },
);

/** Numbers of these pictures as a ledger leaves them; the fourth has none. */
export const fiveNumbers = {
  epoch: 3,
  ids: Uint32Array.of(1, 2, 3, 5),
  loss: Float32Array.of(0, 1, 2, 4),
  hardness: new Float32Array(4),
  effectiveNegatives: new Float32Array(4),
  sameLabelShare: new Float32Array(4),
};
