import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALONE, type Crew } from '../core/crew.ts';

/** A crew with an end. */
export interface HiredCrew extends Crew {
  /** Ends its threads, which else keep the process alive. */
  dismiss(): Promise<void>;
}

/**
 * Worker threads, as many as there are processors for them; they start with the first kernel. This thread alone where one is
 * enough, and where there is no built file that a thread could run.
 */
export function hireCrew(processors: number): HiredCrew {
  const file = fileURLToPath(new URL('./worker.js', import.meta.url));
  if (processors < 2 || !existsSync(file)) return { ...ALONE, dismiss: () => Promise.resolve() };
  const start = async () => {
    const { Tinypool } = await import('tinypool');
    return new Tinypool({ filename: file, minThreads: processors, maxThreads: processors });
  };
  let pool: ReturnType<typeof start> | undefined;
  return {
    size: processors,
    run: async ({ name }, input) => {
      pool ??= start();
      // A kernel's name stands for its types, which cannot come along to a thread.
      return (await (await pool).run({ name, input })) as never;
    },
    dismiss: async () => {
      await (await pool)?.destroy();
    },
  };
}
