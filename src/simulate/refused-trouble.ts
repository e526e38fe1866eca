import { PeerscopeError } from '../core/errors.ts';
import { unknownName } from '../core/nearest.ts';
import type { Overlay } from '../overlays/overlay.ts';
import type { Trouble } from './trouble.ts';

/** @throws {PeerscopeError} (usage) where a status code is none that a servent of this system refuses with. */
export function refuseForeignCodes({ refusalCodes }: Trouble, overlay: Overlay): void {
  const code = refusalCodes.find((candidate) => !overlay.isRefusalCode(candidate));
  if (code === undefined) return;
  throw new PeerscopeError('usage', `in ${overlay.title} nobody refuses with the status ${code}`);
}

/** @throws {PeerscopeError} (usage) where a servent is none of this system, or none that could answer as asked. */
export function refuseForeignPersonalities({ personalities, udpOnly }: Trouble, overlay: Overlay): void {
  const names = overlay.personalities.map(({ name }) => name);
  const foreign = personalities.find(({ name }) => !names.includes(name));
  if (foreign !== undefined) {
    throw new PeerscopeError('usage', unknownName(foreign.name, names, 'personality'));
  }
  const running = personalities.length === 0 ? names.slice(0, 1) : personalities.map(({ name }) => name);
  const someListen = overlay.personalities.some(({ name, datagrams }) => datagrams && running.includes(name));
  if (udpOnly > 0 && !someListen) {
    throw new PeerscopeError(
      'usage',
      `nobody can be reached by datagrams only where all run ${running.join(' or ')}`,
    );
  }
}
