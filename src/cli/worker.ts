import { KERNELS } from '../analyses/kernels.ts';

/** What a worker thread runs: the kernel of that name. */
export default function work({ name, input }: { readonly name: string; readonly input: never }): unknown {
  const kernel = KERNELS.find((each) => each.name === name);
  if (kernel === undefined) throw new RangeError(`there is no kernel ${name}`);
  return kernel.run(input);
}
