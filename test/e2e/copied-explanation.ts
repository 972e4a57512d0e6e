import type { ExplainedRow } from '../golden/explained-numbers.ts';

/** What Explore copies of an explained anchor. */
export interface Copied {
  readonly run: string;
  readonly anchor: { readonly path: string };
  readonly parameters: { readonly temperature: number; readonly tauPlus: number };
  readonly positiveSimilarity: number;
  readonly loss: number;
  readonly effectiveNegatives: number;
  readonly candidates: number;
  readonly binCounts: Readonly<Record<string, number>>;
  readonly rows: readonly (ExplainedRow & {
    readonly rank: number;
    readonly hash: string;
    readonly path: string;
    readonly bin: string;
    readonly zone: string;
    readonly evidence: string;
    readonly repulsion: number;
    readonly attraction: number;
  })[];
}
