import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { flag, parseArguments, wholeNumber, type RawArguments } from './arguments.ts';

/** How something is shown while it goes on. */
export interface ViewArguments {
  /** 0 for any free one. */
  readonly port: number;
  /** Whether a browser is opened. */
  readonly open: boolean;
}

const schema = z.object({
  view: flag.default(false),
  viewPort: wholeNumber(0, 65_535).optional(),
  open: flag.default(true),
});

/** Undefined where nobody wants to see it. Throws a usage error for half of it. */
export function viewArguments(raw: RawArguments): ViewArguments | undefined {
  const { view, viewPort, open } = parseArguments(schema, raw);
  if (view) return { port: viewPort ?? 0, open };
  if (viewPort === undefined && open) return undefined;
  throw new PeerscopeError('usage', `--${open ? 'view-port' : 'no-open'} has no effect without --view`);
}
