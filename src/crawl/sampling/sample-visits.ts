import type { Visit } from '../../core/visit.ts';

/**
 * The visits of something that tells of each as it ends, in batches, until it is over. Whoever consumes them does not set its
 * pace: a sample has as many contacts as it was given.
 * @throws what `run` rejects with.
 */
export async function* visitsDuring(
  run: (onVisit: (visit: Visit) => void) => Promise<void>,
): AsyncGenerator<readonly Visit[]> {
  const state: { visits: Visit[]; isOver: boolean; wake: () => void } = {
    visits: [],
    isOver: false,
    wake: () => undefined,
  };
  const running = run((visit) => {
    state.visits.push(visit);
    state.wake();
  }).finally(() => {
    state.isOver = true;
    state.wake();
  });
  // Whoever waits for it at the end is told of its failure; until then it is not one that nobody handles.
  running.catch(() => undefined);
  const take = (): Visit[] => state.visits.splice(0);
  const isOver = (): boolean => state.isOver;
  for (;;) {
    const batch = take();
    if (batch.length > 0) yield batch;
    else if (isOver()) break;
    else await new Promise<void>((resolve) => (state.wake = resolve));
  }
  await running;
}
