/** A model with its options and its trouble under a name of its own: an experiment that can be cited. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly model: string;
  /** Any option of the model, any switch of the trouble, `latency` and `seed`; named as on the command line, in camel case. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/** The shape of Gnutella in February 2005 (Stutzbach, Rejaie and Sen): superpeers and leaves. */
const SUPERPEERS = 158_345;
const LEAVES = 873_130;

/** Shipped scenarios; any of their options can be set otherwise on the command line. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'lecture',
    title: "the lecture's hybrid overlay of 222 peers",
    model: 'hybrid',
    options: { peers: 222 },
  },
  {
    name: 'quiet',
    title: 'a two-tier overlay of 5,000 peers in which nothing goes wrong',
    model: 'two-tier',
    options: { peers: 5_000 },
  },
  {
    name: 'february-2005',
    title: '158,345 superpeers of mean degree 25 and cap 32, 873,130 leaves with 1 to 3 superpeers',
    model: 'two-tier',
    options: {
      peers: SUPERPEERS + LEAVES,
      superpeerShare: SUPERPEERS / (SUPERPEERS + LEAVES),
      superpeerDegree: 25,
      superpeerDegreeCap: 32,
      superpeersPerLeaf: '1-3',
    },
  },
  {
    name: 'churning',
    title: '20,000 peers that come and go: Weibull sessions, shape 0.59, scale 41.9 minutes',
    model: 'two-tier',
    options: {
      peers: 20_000,
      superpeerDegree: 25,
      superpeerDegreeCap: 32,
      superpeersPerLeaf: '1-3',
      churn: 'weibull:0.59:41.9',
      repair: 30,
      stale: 0.3,
      busy: 0.05,
    },
  },
  {
    name: 'mixed',
    title:
      '500 superpeers of four kinds of servents, a third of them reachable by datagrams only, a third by pings only',
    model: 'two-tier',
    options: {
      peers: 3_333,
      personalities: 'gtk-gnutella,limewire,shareaza,legacy-0.4',
      udpOnly: 0.3333,
    },
  },
  {
    name: 'poisoned',
    title:
      '34,000 peers; half of all that is listed is invented by 3 % of them, and 508 sybils in two nets are a tenth of the superpeers',
    model: 'two-tier',
    options: { peers: 34_000, lying: 0.03, lies: 'fake', fakes: 1_000, sybilNets: 2 },
  },
  {
    name: 'hostile',
    title: '5,000 peers of which every second one is silent, refuses, lies, or worse; and two nets of sybils',
    model: 'two-tier',
    options: {
      peers: 5_000,
      silent: 0.08,
      refusing: 0.05,
      refusalCodes: '403,404,406,409,503,550',
      busy: 0.08,
      stale: 0.3,
      rateLimiting: 0.03,
      slow: 0.02,
      slowPace: 1,
      resetting: 0.04,
      truncating: 0.04,
      vendors: 3,
      hidden: 0.03,
      firewalled: 0.08,
      unreachable: 0.02,
      lying: 0.03,
      sybilNets: 2,
      wrongClocks: 0.05,
    },
  },
];
