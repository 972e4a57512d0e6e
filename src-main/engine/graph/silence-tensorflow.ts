/** TensorFlow.js would recommend another of its packages, on standard error among the command line's JSON. */
export async function silenceTensorflow(): Promise<void> {
  const { enableProdMode } = await import('@tensorflow/tfjs');
  enableProdMode();
}
