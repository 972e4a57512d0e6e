import { flushSync } from 'svelte';

/** Runs work now and whenever what it read has changed, as a component would; returns the way to stop. */
export function inEffectRoot(work: () => void): () => void {
  const stop = $effect.root(() => {
    $effect(() => work());
  });
  flushSync();
  return stop;
}
