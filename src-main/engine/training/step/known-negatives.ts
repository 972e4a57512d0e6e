/**
 * The training state's array with the pairs that were judged different at the start of the run: sample
 * ids, one pair after the other, [2 · pairs].
 */
export const differentPairsArray = 'differentPairs';
