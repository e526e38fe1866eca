import { decodeAddressList } from '../wire/address-list.ts';
import type { Header } from '../wire/header-block.ts';
import { decodeDate, decodeFlag } from '../wire/values.ts';
import { counted } from './counted.ts';

/** What a header of the handshake or of HTTP says, in words; undefined for those that are not known. */
export function headerMeaning({ name, value }: Header): string | undefined {
  const meaning = MEANINGS.get(name.toLowerCase());
  return typeof meaning === 'function' ? meaning(value) : meaning;
}

type Meaning = string | ((value: string) => string | undefined);

const size = (value: string) => decodeAddressList(value).addresses.length;

/** By a flag. */
const either =
  (yes: string, no: string): Meaning =>
  (value) => {
    const flag = decodeFlag(value);
    return flag === undefined ? undefined : flag ? yes : no;
  };

/** Where the value holds a word. */
const having =
  (word: string, meaning: string): Meaning =>
  (value) =>
    value.toLowerCase().includes(word) ? meaning : undefined;

const program = 'its program and version';
const ownAddress = 'where it can be reached';
const otherAddress = 'the other side, as it sees it';
const routing = 'version of query routing (QRP)';
const identity = 'names this servent, whatever its address';
const cached: Meaning = (value) => `${counted(size(value), 'peer')} to try instead: not its neighbours`;
const elsewhere = 'peers of another network, Gnutella 2';
const content: Meaning = (value) =>
  /x-gnutella2/i.test(value) ? 'Gnutella 2' : /x-gnutella-packets/i.test(value) ? 'Gnutella' : undefined;
const closedNetwork = 'a closed network: asks for a proof';

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['user-agent', program],
  ['server', program],
  ['x-ultrapeer', either('is a superpeer (Gnutella: ultrapeer)', 'is a leaf, or wants to be one')],
  ['x-ultrapeer-needed', either('wants more superpeers', 'wants leaves')],
  ['listen-ip', ownAddress],
  ['node', ownAddress],
  ['x-my-address', ownAddress],
  ['x-node', ownAddress],
  ['remote-ip', otherAddress],
  ['x-remote-ip', otherAddress],
  ['crawler', 'asks for the neighbours'],
  ['peers', (value) => `is connected to ${counted(size(value), 'superpeer')}`],
  ['leaves', (value) => `${counted(size(value), 'leaf', 'leaves')} registered with it`],
  ['x-try-ultrapeers', cached],
  ['x-try', cached],
  ['x-try-hubs', elsewhere],
  ['x-try-dna-hubs', elsewhere],
  ['x-query-routing', routing],
  ['query-routing', routing],
  ['x-ultrapeer-query-routing', 'query routing among superpeers'],
  ['x-dynamic-querying', 'can search step by step'],
  ['x-ext-probes', 'can probe with small searches'],
  ['x-degree', 'links to superpeers it wants'],
  ['x-max-ttl', 'largest TTL it takes'],
  ['accept-encoding', having('deflate', 'can read deflated messages')],
  ['content-encoding', having('deflate', 'will send its messages deflated')],
  ['upgrade', having('tls', 'offers encryption')],
  ['connection', having('upgrade', 'agrees to encrypt from here on')],
  ['vendor-message', 'understands vendor messages'],
  ['ggep', 'understands extensions (GGEP)'],
  ['pong-caching', 'keeps Pongs, to answer Pings itself'],
  ['bye-packet', 'says Bye before it closes'],
  ['x-guess', 'can be searched by datagram (GUESS)'],
  ['x-requeries', either('repeats searches by itself', 'does not repeat searches by itself')],
  ['guid', identity],
  ['x-guid', identity],
  ['servent-id', identity],
  ['x-live-since', since],
  ['uptime', 'how long it has been running'],
  ['x-features', 'what else it can do'],
  ['x-token', 'against impostors; opaque'],
  ['x-locale-pref', 'its language'],
  ['x-version', 'the newest version it knows of'],
  ['accept', content],
  ['content-type', content],
  ['transfer-encoding', having('chunked', 'the body comes in chunks')],
  ['x-auth-challenge', closedNetwork],
  ['fp-auth-challenge', closedNetwork],
] satisfies [string, Meaning][]);

function since(value: string): string | undefined {
  const time = decodeDate(value);
  return time === undefined
    ? undefined
    : `running since ${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
