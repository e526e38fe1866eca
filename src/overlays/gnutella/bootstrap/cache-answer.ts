import { type Address, detached, parseAddress } from '../../../core/address.ts';
import { DEFAULT_PORT } from '../wire/address-list.ts';
import { plainName } from '../wire/values.ts';
import { type CacheUrl, parseCacheUrl } from './cache-url.ts';
import { MAX_CACHE_HOSTS, MAX_CACHE_URLS, MAX_CACHE_WARNINGS } from './limits.ts';
import { percentDecode } from './percent.ts';

/** A host as a web cache lists it. All but the address is only known from version 2, and there only sometimes. */
export interface CachedHost {
  readonly address: Address;
  /** Seconds since it was submitted. */
  readonly age?: number;
  /** Its keywords. */
  readonly cluster?: string;
  readonly leaves?: number;
  readonly vendor?: string;
  /** Seconds, as the host said. */
  readonly uptime?: number;
}

/** Another web cache, as a web cache lists it. */
export interface CachedUrl {
  readonly url: CacheUrl;
  /** Seconds since it was submitted. */
  readonly age?: number;
}

/** What a web cache answered, in either version. */
export interface CacheAnswer {
  readonly hosts: readonly CachedHost[];
  readonly urls: readonly CachedUrl[];
  /** Its name and version, and the networks that it says it serves. */
  readonly pong?: { readonly name: string; readonly networks: readonly string[] };
  /**
   * What became of an update; `warning`: it was not taken. In version 1 a cache says OK all the same, for anything else
   * means that it wants to be forgotten (specification 1.3.1, section 4): there any warning may mean that.
   */
  readonly update?: 'ok' | 'warning';
  readonly warnings: readonly string[];
  /** Requests ever, requests of the last hour, updates of the last hour: as many of them as it tells. */
  readonly statistics: readonly number[];
  /** It does not serve the network that was asked for; its URLs may. */
  readonly unsupportedNetwork: boolean;
  /** Lines that were no line of an answer, repetitions, and those beyond a bound: counted, not kept. */
  readonly rejected: number;
}

export const EMPTY_ANSWER: CacheAnswer = {
  hosts: [],
  urls: [],
  warnings: [],
  statistics: [],
  unsupportedNetwork: false,
  rejected: 0,
};

/** Gathers an answer line by line, within its bounds. */
export class AnswerCollector {
  readonly #hosts = new Map<Address, CachedHost>();
  readonly #urls = new Map<CacheUrl, CachedUrl>();
  readonly #warnings: string[] = [];
  readonly #statistics: number[] = [];
  #pong: CacheAnswer['pong'];
  #update: CacheAnswer['update'];
  #unsupportedNetwork = false;
  #rejected = 0;
  #recognised = 0;

  /** How many lines were lines of an answer. */
  get recognised(): number {
    return this.#recognised;
  }

  /** How many numbers there were so far. */
  get statistics(): number {
    return this.#statistics.length;
  }

  reject(): void {
    this.#rejected += 1;
  }

  /** A line that was understood and says nothing of interest. */
  recognise(): void {
    this.#recognised += 1;
  }

  /** A host without a port gets 6346, as servents that submit none mean it. */
  addHost(text: string, facts: Omit<CachedHost, 'address'>): void {
    const found = parseAddress(percentDecode(text), DEFAULT_PORT);
    if (found === undefined || this.#hosts.has(found) || this.#hosts.size >= MAX_CACHE_HOSTS) {
      this.reject();
      return;
    }
    const address = detached(found);
    this.#hosts.set(address, { address, ...facts });
    this.recognise();
  }

  addUrl(text: string, facts: Omit<CachedUrl, 'url'>): void {
    const url = parseCacheUrl(text);
    if (url === undefined || this.#urls.has(url) || this.#urls.size >= MAX_CACHE_URLS) {
      this.reject();
      return;
    }
    this.#urls.set(url, { url, ...facts });
    this.recognise();
  }

  setPong(name: string, networks: readonly string[]): void {
    this.#pong ??= { name: plainName(name), networks };
    this.recognise();
  }

  /** A warning beside an OK does not take it back. */
  setUpdate(update: 'ok' | 'warning'): void {
    if (this.#update !== 'ok') this.#update = update;
    this.recognise();
  }

  addWarning(text: string): void {
    if (this.#warnings.length < MAX_CACHE_WARNINGS) this.#warnings.push(plainName(text));
    this.recognise();
  }

  addStatistic(value: number): void {
    this.#statistics.push(value);
    this.recognise();
  }

  refuseNetwork(): void {
    this.#unsupportedNetwork = true;
    this.recognise();
  }

  /** @param rejected lines that were left out before. */
  answer(rejected: number): CacheAnswer {
    return {
      hosts: [...this.#hosts.values()],
      urls: [...this.#urls.values()],
      ...(this.#pong === undefined ? {} : { pong: this.#pong }),
      ...(this.#update === undefined ? {} : { update: this.#update }),
      warnings: this.#warnings,
      statistics: this.#statistics,
      unsupportedNetwork: this.#unsupportedNetwork,
      rejected: this.#rejected + rejected,
    };
  }
}

/** A count or a time in whole seconds; undefined where it is neither, or beyond all reason. */
export function decodeCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
