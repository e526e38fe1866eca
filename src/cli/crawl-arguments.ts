import * as z from 'zod';
import { SAMPLE_METHODS } from '../crawl/sampling/walk.ts';
import { FORMATS } from '../reports/format.ts';
import { MOST_REPEATS } from '../snapshot/series-plan.ts';
import { flag, oneOf, realNumber, text, wholeNumber } from './arguments.ts';
import { DEFAULT_CRAWL_SETTINGS } from './run-crawl.ts';
import type { CrawlObserver } from './watch-crawl.ts';

/** What `crawl` takes, but for manners, models and trouble. */
export const crawlSchema = z.object({
  bootstrap: z.array(text).default([]),
  hosts: z.array(text).default([]),
  out: text.optional(),
  simulate: text.optional(),
  network: text.default('gnutella'),
  concurrency: wholeNumber(1, 10_000).optional(),
  connectTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.connectTimeout),
  answerTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.answerTimeout),
  leaves: flag.default(DEFAULT_CRAWL_SETTINGS.leaves),
  tls: flag.default(DEFAULT_CRAWL_SETTINGS.tls),
  maxPeers: wholeNumber(1, DEFAULT_CRAWL_SETTINGS.maxPeers).default(DEFAULT_CRAWL_SETTINGS.maxPeers),
  secondLook: wholeNumber(0, 100_000).optional(),
  sample: oneOf(SAMPLE_METHODS, 'way of sampling').optional(),
  contacts: wholeNumber(1, 16_000_000).optional(),
  walks: wholeNumber(1, 1_000).optional(),
  leafShare: realNumber(0, 0.99).optional(),
  repeat: wholeNumber(1, MOST_REPEATS).optional(),
  every: realNumber(0, 3_653 * 86_400).optional(),
  until: text.optional(),
  record: text.optional(),
  replay: text.optional(),
  resume: text.optional(),
  explainTimeouts: flag.default(false),
  dryRun: flag.default(false),
  virtual: flag.default(false),
  truth: text.optional(),
  metrics: text.optional(),
  verbose: flag.default(false),
  format: oneOf(FORMATS, 'format').optional(),
});

export type CrawlArguments = z.infer<typeof crawlSchema>;

/** What was asked for, and who is told how it goes. */
export type ObservedArguments = CrawlArguments & { readonly observers: readonly CrawlObserver[] };
