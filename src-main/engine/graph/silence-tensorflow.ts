/**
 * Stops TensorFlow.js from recommending another of its packages on standard error, where the command
 * line writes JSON.
 */
export async function silenceTensorflow(): Promise<void> {
  const { enableProdMode } = await import('@tensorflow/tfjs');
  enableProdMode();
}
