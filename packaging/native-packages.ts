/** The packages with native code: they cannot be bundled, and are packed as they are. */
export const nativePackages = ['better-sqlite3', 'onnxruntime-node', 'sharp'] as const;

/** What the program asks for and does without where it is not there: a package does not have it. */
export const notPacked = ['@tensorflow/tfjs-node-gpu', 'vite'] as const;
