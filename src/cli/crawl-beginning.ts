import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { recordedManners, type CrawlManners } from '../crawl/manners/crawl-manners.ts';
import { whyNotDial } from '../crawl/manners/dial-policy.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import { formatTables } from '../reports/format-tables.ts';
import { planReport } from '../reports/plan-report.ts';
import type { RawArguments } from './arguments.ts';
import { conductOf, type Conduct } from './conduct.ts';
import type { CliContext } from './context.ts';
import type { CrawlArguments } from './crawl-arguments.ts';
import { readHosts } from './host-files.ts';
import { mannersArguments, refuseElsewhere } from './manners-arguments.ts';
import { refuseModelOptions } from './model-arguments.ts';
import { addressArgument } from './peer-argument.ts';
import { print } from './print.ts';
import { refuseTrouble } from './trouble-arguments.ts';

/** Says what a crawl would do. */
export async function plan(
  args: CrawlArguments,
  overlay: Overlay,
  raw: RawArguments,
  context: CliContext,
): Promise<number> {
  if (args.simulate !== undefined || args.replay !== undefined) {
    throw new PeerscopeError('usage', '--dry-run is for real overlays: the others are on this machine');
  }
  refuseModelOptions(raw);
  refuseTrouble(raw);
  const { manners, purpose, rawAddresses } = mannersArguments(raw);
  const { bootstrap, notes } = bootstrapPeers(args, overlay, manners);
  refuseElsewhere(bootstrap, manners);
  const refusals = bootstrap.map((address) => ({ address, refusal: whyNotDial(manners.policy, address) }));
  const planned = { overlay: overlay.title, manners: recordedManners(manners), purpose, rawAddresses };
  const report = planReport({ ...planned, bootstrap: refusals, notes });
  await print(context, args.format, (...how) => formatTables(report, ...how));
  return EXIT_CODES.ok;
}

export interface Beginning {
  readonly bootstrap: readonly Address[];
  readonly notes: readonly string[];
  readonly conduct: Conduct;
}

/** Where a crawl begins and how it behaves, checked before anything is written or dialled. */
export function beginning(
  args: CrawlArguments,
  overlay: Overlay,
  raw: RawArguments,
  context: CliContext,
): Beginning {
  const wanted = mannersArguments(raw);
  const { bootstrap, notes } = bootstrapPeers(args, overlay, wanted.manners);
  refuseElsewhere(bootstrap, wanted.manners);
  return { bootstrap, notes, conduct: conductOf(wanted, context) };
}

/** The bootstrap addresses; those of files where they may be contacted. */
function bootstrapPeers(
  { bootstrap, hosts }: CrawlArguments,
  overlay: Overlay,
  { policy }: CrawlManners,
): { readonly bootstrap: readonly Address[]; readonly notes: readonly string[] } {
  if (bootstrap.length === 0 && hosts.length === 0) {
    throw new PeerscopeError('usage', 'a crawl needs a peer to begin at', {
      hint: 'Give a bootstrap address IP:PORT, a file of hosts (--hosts), or --simulate MODEL for an overlay of its own.',
    });
  }
  const named = bootstrap.map((text) => addressArgument(text, overlay));
  const remembered = hosts.flatMap((file) => readHosts(file).contents.hosts.map(({ address }) => address));
  const usable = remembered.filter((address) => whyNotDial(policy, address) === undefined);
  const addresses = [...new Set([...named, ...usable.slice(0, MOST_REMEMBERED)])];
  if (addresses.length === 0) {
    throw new PeerscopeError(
      'network-refused',
      `none of the ${remembered.length} remembered hosts may be contacted`,
      { hint: 'A crawl leaves this machine only with --live and --contact URL-or-mail.' },
    );
  }
  const excluded = remembered.length - usable.length;
  const note = `${formatNumber(excluded)} remembered hosts may not be contacted, and were not asked.`;
  return { bootstrap: addresses, notes: excluded === 0 ? [] : [note] };
}

/** Hosts of files that a crawl begins at: one that answers is enough, and many of them may have gone. */
const MOST_REMEMBERED = 100;
