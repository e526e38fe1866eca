import { describe, expect, it } from 'vitest';
import { liveLayout } from '../../src/cli/live-layout.ts';
import type { Crew, Kernel } from '../../src/core/crew.ts';
import { sortRows } from '../../src/topology/adjacency.ts';

const rowsOf = (size: number, links: readonly (readonly [number, number])[]) =>
  sortRows(
    size,
    {
      sources: Uint32Array.from(links, ([source]) => source),
      targets: Uint32Array.from(links, ([, target]) => target),
    },
    true,
  ).rows;

/** Computes when it is told to, so that something else can happen meanwhile. */
function slowCrew() {
  const waiting: (() => void)[] = [];
  const crew: Crew = {
    size: 1,
    run: <Input, Output>({ run }: Kernel<Input, Output>, input: Input) =>
      new Promise<Output>((resolve) => {
        waiting.push(() => {
          resolve(run(input));
        });
      }),
  };
  return { crew, compute: () => waiting.shift()?.() };
}

async function moved(layout: ReturnType<typeof liveLayout>, act: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const forget = layout.onMove(() => {
      forget();
      resolve();
    });
    act();
  });
}

describe('the layout of a graph that changes', () => {
  it('has a place for every peer at once, also for those that come while the others are moved', async () => {
    const { crew, compute } = slowCrew();
    const layout = liveLayout(crew, () => 0);
    layout.follow(
      rowsOf(3, [
        [0, 1],
        [1, 2],
      ]),
    );
    const before = layout.positions();
    expect(before.x).toHaveLength(3);
    layout.follow(
      rowsOf(4, [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    );
    const come = layout.positions();
    expect([...come.x.subarray(0, 3)]).toEqual([...before.x]);
    await moved(layout, compute);
    const after = layout.positions();
    expect(after.x[0]).not.toBe(come.x[0]);
    expect([after.x[3], after.y[3]]).toEqual([come.x[3], come.y[3]]);
    layout.stop();
  });

  it('follows to a graph of fewer peers', async () => {
    const { crew, compute } = slowCrew();
    const layout = liveLayout(crew, () => 0);
    layout.follow(
      rowsOf(3, [
        [0, 1],
        [1, 2],
      ]),
    );
    layout.follow(rowsOf(2, [[0, 1]]));
    await moved(layout, compute);
    expect(layout.positions().x).toHaveLength(2);
    layout.stop();
  });
});
