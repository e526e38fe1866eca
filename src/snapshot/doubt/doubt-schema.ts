import * as z from 'zod';

const count = z.int().nonnegative();

/** Peers of a snapshot that there may not be, and where they come from. */
export const doubtsSchema = z.object({
  /** Peers that only inventors tell of; and those of nets that keep to themselves. */
  invented: count,
  sybils: count,
  /** Addresses that were never contacted, because nobody whose word is good told of them. */
  withheld: count,
  /** Peers that tell of others that there seem not to be; of the worst how many connections they claim, and of how many nobody else knows. */
  inventors: count,
  worstInventors: z.array(z.object({ id: z.string(), claims: count, unconfirmed: count })),
  /** Nets whose peers keep to themselves: how many spoke, what they claim about others that spoke, and how much of that stays inside. */
  insularNets: z.array(z.object({ net: z.string(), peers: count, claims: count, inside: count })),
});

export type Doubts = z.infer<typeof doubtsSchema>;
