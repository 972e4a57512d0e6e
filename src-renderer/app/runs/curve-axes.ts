/** What curves of runs are drawn over. */
export const curveAxes = { epoch: 'epoch', step: 'step', time: 'training time' } as const;
export type CurveAxis = keyof typeof curveAxes;
