import type { MethodCheckedInput, MethodName, MethodOutput } from '../../contract/methods.ts';

/** The handler of each method; its input is checked already. */
export type MethodHandlers = {
  readonly [M in MethodName]: (
    input: MethodCheckedInput<M>,
  ) => MethodOutput<M> | Promise<MethodOutput<M>>;
};

/** The handlers of one area: of every method whose name begins with `<Area>.` */
export type MethodsOf<Area extends string> = {
  readonly [M in MethodName & `${Area}.${string}`]: MethodHandlers[M];
};
