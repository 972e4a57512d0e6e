/** What a benchmark may be told. */
interface BenchmarkInput {
  /** Of the import. */
  readonly rows: number;
}

/** The benchmarks without a peer, by the names that `--only` takes; each is loaded when it is run. */
export const benchmarks: Readonly<
  Record<string, () => Promise<(input: BenchmarkInput) => Promise<unknown>>>
> = {
  train: async () => (await import('./train-step.ts')).benchTrainStep,
  head: async () => (await import('./head.ts')).benchHead,
  embed: async () => (await import('./embed.ts')).benchEmbed,
  'loaded-encoder': async () => (await import('./loaded-encoder.ts')).benchLoadedEncoder,
  neighbours: async () => (await import('./neighbours.ts')).benchNeighbours,
  umap: async () => (await import('./umap.ts')).benchUmap,
  explain: async () => (await import('./explain.ts')).benchExplain,
  ledger: async () => (await import('./ledger.ts')).benchLedger,
  objectives: async () => (await import('./objectives.ts')).benchObjectives,
  open: async () => (await import('./open-library.ts')).benchOpenLibrary,
  compare: async () => (await import('./compare.ts')).benchCompare,
  probe: async () => (await import('./linear-probe.ts')).benchLinearProbe,
  import: async () => (await import('./import.ts')).benchImport,
};
