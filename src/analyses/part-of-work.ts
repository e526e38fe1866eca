import type { Work } from './analysis.ts';

/** Work that is the share from `begin` to `end` of all, and tells its progress so. */
export function partOfWork(work: Work, begin: number, end: number): Work {
  return {
    ...work,
    progress: (share) => {
      work.progress(begin + (end - begin) * share);
    },
  };
}
