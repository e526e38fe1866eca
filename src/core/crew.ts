/** A pure function with a name, so that a worker thread can find it: both its input and its output can be copied to it. */
export interface Kernel<Input, Output> {
  readonly name: string;
  readonly run: (input: Input) => Output;
}

/** Who does the computing: this thread alone, or worker threads beside it. */
export interface Crew {
  /** How many kernels run at the same time: into so many pieces it pays to cut the work, or a few times as many. */
  readonly size: number;
  run<Input, Output>(kernel: Kernel<Input, Output>, input: Input): Promise<Output>;
}

/** Everything in this thread, one after the other. */
export const ALONE: Crew = { size: 1, run: (kernel, input) => Promise.resolve(kernel.run(input)) };
