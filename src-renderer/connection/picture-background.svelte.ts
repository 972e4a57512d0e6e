import type { Background } from '../../src-main/contract/decoding.ts';

/**
 * What lies under the transparent parts of the pictures that are shown. It stands in their addresses,
 * because a window keeps a picture under its address for good.
 */
export const pictureBackground = $state<{ name: Background }>({ name: 'white' });
