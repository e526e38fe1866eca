/** A peer that was listed, and asked `lag` milliseconds later: it had gone, or it had not. */
export interface Trial {
  readonly lag: number;
  readonly gone: boolean;
}

/** Trials that are taken together: their share of gone ones has a standard error of a tenth of itself where it is 0.2. */
const LEAST_IN_GROUP = 100;
const MOST_GROUPS = 100;

/**
 * The law F(s) of the time for which a peer that is there stays: the share of trials with lag s in which it had gone, made to
 * rise by pooling adjacent violators (Ayer et al. 1955), and linear in between from F(0) = 0.
 *
 * @param falselyGone how many of the trials that say gone are of peers that were there and could not be reached.
 * O(trials log trials).
 */
export function survivalFrom(trials: readonly Trial[], falselyGone: number): (lag: number) => number {
  const sorted = [...trials].sort((a, b) => a.lag - b.lag);
  const goneAtAll = sorted.reduce((sum, { gone }) => sum + (gone ? 1 : 0), 0);
  const truly = goneAtAll === 0 ? 0 : Math.max(0, 1 - falselyGone / goneAtAll);
  const size = Math.max(LEAST_IN_GROUP, Math.ceil(sorted.length / MOST_GROUPS));
  const groups: Group[] = [];
  for (let begin = 0; begin < sorted.length; begin += size) {
    const part = sorted.slice(begin, begin + size);
    const lag = part.reduce((sum, trial) => sum + trial.lag, 0) / part.length;
    const gone = truly * part.reduce((sum, trial) => sum + (trial.gone ? 1 : 0), 0);
    groups.push({ lag, gone, trials: part.length });
    pool(groups);
  }
  return (lag) => interpolate(groups, lag);
}

interface Group {
  readonly lag: number;
  readonly gone: number;
  readonly trials: number;
}

function pool(groups: Group[]): void {
  for (;;) {
    const last = groups.at(-1);
    const before = groups.at(-2);
    if (last === undefined || before === undefined) return;
    if (before.gone * last.trials <= last.gone * before.trials) return;
    const trials = before.trials + last.trials;
    const lag = (before.lag * before.trials + last.lag * last.trials) / trials;
    groups.splice(-2, 2, { lag, gone: before.gone + last.gone, trials });
  }
}

/** Beyond the last group, as there. */
function interpolate(groups: readonly Group[], lag: number): number {
  let low = { lag: 0, share: 0 };
  for (const group of groups) {
    const high = { lag: group.lag, share: group.gone / group.trials };
    if (lag <= high.lag) {
      const width = high.lag - low.lag;
      return width === 0 ? high.share : low.share + ((high.share - low.share) * (lag - low.lag)) / width;
    }
    low = high;
  }
  return low.share;
}
