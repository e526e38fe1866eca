import { PeerscopeError } from '../../core/errors.ts';
import { isInside, parsePrefix } from '../../core/ip-prefix.ts';
import { PrefixSet } from '../../core/prefix-set.ts';
import { RESERVED_RANGES } from '../../core/reserved-addresses.ts';

/**
 * Reads the laboratory's own nets that a live crawl may enter. Each has to lie in one reserved range for hosts: others need no
 * permission, and one that is wider would open ranges that nobody meant. O(nets).
 * @throws {PeerscopeError} (usage) that says what is wrong with which.
 */
export function readAllowedNets(texts: readonly string[]): PrefixSet {
  return new PrefixSet(
    texts.map((text) => {
      const prefix = parsePrefix(text);
      if ('error' in prefix) throw usage(`"${text}" ${prefix.error}`);
      const around = RESERVED_RANGES.filter((range) => isInside(prefix, range.prefix));
      const nobodys = around.find(({ forHosts }) => !forHosts);
      if (nobodys !== undefined) throw usage(`${text} is ${nobodys.name} (${nobodys.rfc}): no host is there`);
      if (around.length > 0) return prefix;
      const within = RESERVED_RANGES.some((range) => isInside(range.prefix, prefix));
      throw usage(
        within
          ? `${text} is wider than any reserved range: name the nets that are yours`
          : `${text} is not reserved, and needs no permission`,
      );
    }),
  );
}

function usage(message: string): PeerscopeError {
  return new PeerscopeError('usage', `--allow-net: ${message}`, {
    hint: 'It admits reserved nets of your own laboratory to a live crawl, such as 10.1.2.0/24.',
  });
}
