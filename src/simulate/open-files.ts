import * as z from 'zod';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/**
 * Each socket takes an open file, and each connection another one: without room for these, peers would be lost in silence.
 * @param hint what to do about it.
 * @throws {PeerscopeError} (usage) where this process may not have as many.
 */
export function refuseWithoutFiles(sockets: number, what: string, hint = HINT): void {
  const limit = openFileLimit();
  if (limit === undefined || sockets + FILES_TO_SPARE <= limit) return;
  throw new PeerscopeError(
    'usage',
    `${sockets} ${what} need ${sockets + FILES_TO_SPARE} open files, and this process may have ${limit}`,
    { hint },
  );
}

const HINT = 'Ask for fewer peers, raise the limit (ulimit -n), or use --addresses one-port without --udp.';

/** How many connections this process can have besides what it opens itself; Infinity where it has no limit. */
export function roomForConnections(): number {
  return Math.max(1, (openFileLimit() ?? Infinity) - FILES_OF_THE_PROGRAM);
}

/**
 * How many conversations this process can hold both ends of; Infinity where it has no limit.
 * @param others files that it opens besides.
 */
export function roomForBothEnds(others = 0): number {
  const limit = openFileLimit();
  if (limit === undefined) return Infinity;
  return Math.max(1, Math.floor((limit - FILES_OF_THE_PROGRAM - others) / 2));
}

/** Whether a call failed because this process, or the whole system, has no open file left. */
export function isOutOfFiles(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'EMFILE' || code === 'ENFILE';
}

/** What the program itself holds open, generously. */
const FILES_OF_THE_PROGRAM = 64;

/** For connections, and for what the program itself holds open. */
const FILES_TO_SPARE = 256;

/** As the system tells it in Node's diagnostic report; undefined where it does not, or where there is none. */
function openFileLimit(): number | undefined {
  // Else it looks the names of all open connections up, which is slow and asks a server outside of this machine.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const limit = openFiles.safeParse(report);
  return limit.success ? limit.data.userLimits.open_files.soft : undefined;
}

const openFiles = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.number() }) }) });
