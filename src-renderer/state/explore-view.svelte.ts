/** What the explorer's panels show besides the anchor itself. */
export class ExploreView {
  /** The bin whose every picture is listed, by its index in the contract's bins; null shows all bins. */
  openBin = $state<number | null>(null);
}
