import type { LiveSource } from '../reports/view/live-picture.ts';
import type { LiveStanding } from '../reports/view/live-standing.ts';
import type { CliContext } from './context.ts';
import { openLiveView, type LiveView } from './live-view.ts';
import { showInBrowser } from './open-browser.ts';
import type { Output } from './output.ts';
import type { ViewArguments } from './view-arguments.ts';

export interface ViewedSimulation extends Omit<LiveSource, 'standing'> {
  readonly name: string;
  /** Of what there is a rate, and how much of it there has been so far. */
  readonly rated: { readonly title: string; readonly count: () => number };
  readonly standing: () => Omit<LiveStanding, 'rate'>;
}

/** Shows a simulation while it goes on, where that is asked for. */
export async function viewSimulation(
  how: ViewArguments | undefined,
  { name, picture, rated, standing }: ViewedSimulation,
  output: Output,
  context: CliContext,
): Promise<LiveView | undefined> {
  if (how === undefined) return undefined;
  const { monotonic } = context;
  let [before, lookedAt, perSecond] = [rated.count(), monotonic(), 0];
  const look = (): void => {
    const at = monotonic();
    if (at - lookedAt < LEAST_LOOK) return;
    const count = rated.count();
    perSecond = (1000 * (count - before)) / (at - lookedAt);
    [before, lookedAt] = [count, at];
  };
  const source: LiveSource = {
    picture,
    standing: () => {
      look();
      return { ...standing(), rate: { title: rated.title, perSecond } };
    },
  };
  const view = await openLiveView(source, { name, port: how.port }, context);
  await output.write(`view ${view.url}\n`);
  if (how.open) await showInBrowser(view.url, context.stderr.stream);
  return view;
}

/** Milliseconds over which a rate is counted: several pages ask one after the other. */
const LEAST_LOOK = 900;
