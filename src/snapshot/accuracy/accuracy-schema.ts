import * as z from 'zod';

const count = z.int().nonnegative();

/** An estimate with the ends of its 95 % interval; null where there is none. */
const estimatedSchema = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const balanceSchema = z.object({
  /** In the snapshot. */
  captured: count,
  /** Of those, how many had gone by the end of the crawl; and how many were there that it lacks. */
  gone: z.number().nonnegative(),
  missing: z.number().nonnegative(),
  /** How many there were at the end of the crawl. */
  size: estimatedSchema,
  /** The share of those that the snapshot has, and (missing + extra) / (found + there). */
  completeness: estimatedSchema,
  distortion: estimatedSchema,
});

/** What a snapshot says of its own error, as it stands in the manifest. Shares are in 0..1. */
export const accuracySchema = z.object({
  /** `second-look`: a sample was asked once more after the crawl. `one-ended`: from the crawl's own visits. */
  method: z.enum(['second-look', 'one-ended']),
  peers: balanceSchema,
  /** Those that were asked (superpeers), those that were only learned of (leaves), and links; by a second look only. */
  asked: balanceSchema.nullable(),
  learned: balanceSchema.nullable(),
  links: balanceSchema.nullable(),
  /** The distortion by the other method, where both were used. */
  oneEndedDistortion: z.number().nullable(),
  /** The share u of the asked peers that are there and cannot be reached; links between two of them are lost: 1 - u^2 at most. */
  unreachable: z.number(),
  linkCoverageBound: z.number(),
  /** Of what is missing: peers and links that only unreachable peers could have told of. */
  hiddenPeers: z.number().nullable(),
  hiddenLinks: z.number().nullable(),
  /** Links that both ends reported, and one end only. */
  reportedByBoth: count.nullable(),
  reportedByOne: count.nullable(),
  /** Listings that may have been cut off; addresses that were only mentioned, or remembered of an earlier crawl, and are no peers. */
  truncatedListings: count,
  unconfirmedMentions: count,
  vendorBias: z
    .object({
      listings: count,
      z: z.number(),
      pValue: z.number(),
      listed: count,
      ownListed: count,
      unlisted: count,
      ownUnlisted: count,
      truncationPValue: z.number().nullable(),
    })
    .nullable(),
  /** Peers that were asked again, those of them of whom is known whether they were there, and how long it took. */
  secondLook: z.object({ asked: count, decided: count, seconds: z.number().nonnegative() }).nullable(),
});

export type Accuracy = z.infer<typeof accuracySchema>;
export type Estimated = z.infer<typeof estimatedSchema>;
export type EstimatedBalance = z.infer<typeof balanceSchema>;
