import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

describe('a wrong word', () => {
  it.each<[string[], RegExp]>([
    [['analzye', 'x'], /unknown command "analzye"\nDid you mean analyze\?/],
    [['xyzzy'], /unknown command "xyzzy"\npeerscope --help/],
    [[], /no command given/],
    [['analyze', 'x.txt', '--onyl', 'degree'], /unknown option --onyl\nDid you mean --only\?/],
    [['analyze', 'x.txt', '--only', 'degre'], /unknown analysis "degre": did you mean degree\?/],
    [
      ['analyze', 'x.txt', '--only', 'frobnicate'],
      /unknown analysis "frobnicate"; there are summary, degree/,
    ],
    [['analyze', 'x.txt', '--laws', 'hybird'], /unknown degree law "hybird"\nDid you mean hybrid\?/],
    [['analyze', 'x.txt', '--format', 'cvs'], /unknown format "cvs": did you mean csv\?/],
    [['analyze', 'x.txt', '--seed', 'abc'], /--seed must be a whole number.*"abc"/],
    [['analyze', 'x.txt', '--seed', '1.5'], /--seed must be a whole number/],
    [['analyze', 'x.txt', '--seed', '-1'], /--seed must be a whole number from 0/],
    [['analyze', 'x.txt', '--seed'], /not enough arguments following: seed/i],
    [['analyze', 'x.txt', '--seed', '1', '--seed', '2'], /--seed is given more than once/],
    [['analyze'], /INPUT is missing\nIt goes: peerscope analyze/],
    [['analyze', '-', '-'], /standard input can be read only once/],
    [['analyze', ''], /an input must have a name/],
    [['simulate', 'pure', 'hybrid'], /unexpected "hybrid"/],
    [['demo', 'extra'], /unexpected "extra"/],
    [['simulate', 'hybrid', '--reading', 'D'], /unknown reading "D"; there are A, B, C/],
    [['simulate', 'hybird'], /unknown model "hybird": did you mean hybrid\?/],
    [['simulate', 'pure', '--reading', 'B'], /the model pure has no option --reading/],
    [['simulate', 'two-tier', '--superpeer-share', '2'], /--superpeer-share must be a number from 0 to 1/],
    [['simulate', 'hybrid', '--peers', '10'], /10 peers cannot have degrees up to 20/],
    [['simulate', 'two-tier', '--peers', '1000', '--leaf-cap', '1'], /do not fit/],
    [['crawl', '127.0.0.1:1'], /needs a directory/],
    [['crawl', '--out', 'x'], /needs a peer to begin at/],
    [['crawl', '127.0.0.1:1', '--out', 'x', '--peers', '9'], /--peers is for simulated overlays/],
    [['crawl', '127.0.0.1:1', '--out', 'x', '--seed', '5'], /--seed is for simulated overlays/],
    [['crawl', 'nonsense', '--out', 'x'], /"nonsense" is no address/],
    [
      ['crawl', '127.0.0.1:1', '--out', 'x', '--network', 'gnutela'],
      /unknown network "gnutela"\nDid you mean gnutella\?/,
    ],
    [['crawl', '127.0.0.1:1', '--simulate', 'pure', '--out', 'x'], /has its own bootstrap/],
  ])('%j is answered with what is right', async (argv, message) => {
    expectFailure(await peerscope(argv), 2, message);
  });
});

/** Every byte there is, zero among them. */
const BINARY = Uint8Array.from({ length: 5_000 }, (_, k) => k);

describe('bad input', () => {
  const inputs: [string, (folder: string) => string, RegExp][] = [
    ['a missing file', (folder) => join(folder, 'none.txt'), /none\.txt does not exist/],
    ['a directory that is no snapshot', (folder) => folder, /is a directory, and no snapshot/],
    [
      'an unknown name',
      () => 'p2p-Gnutela08',
      /no file, snapshot, dataset or model "p2p-Gnutela08"\nDid you mean the dataset p2p-Gnutella08/,
    ],
    [
      'a dataset that is not here',
      () => 'p2p-Gnutella08',
      /not on this machine\npeerscope dataset fetch p2p-Gnutella08 gets it from https:/,
    ],
    [
      'a cut-off gzip',
      (folder) =>
        temporaryFile(
          folder,
          'a.txt.gz',
          gzipSync(
            randomBytes(60_000)
              .toString('hex')
              .replace(/(.{8})/g, '$1 x\n'),
          ).subarray(0, 20_000),
        ),
      /is cut off/,
    ],
    ['a binary file', (folder) => temporaryFile(folder, 'a.txt', BINARY), /is not a text file/],
    [
      'a line with one column',
      (folder) => temporaryFile(folder, 'a.txt', '1 2\n3\n'),
      /line 2 has one column/,
    ],
    ['an empty file', (folder) => temporaryFile(folder, 'a.txt', ''), /holds no links/],
    [
      'a CSV without the named column',
      (folder) => temporaryFile(folder, 'a.csv', 'a,b\n1,2\n'),
      /no columns "source" and "target"; it has "a", "b"/,
    ],
    [
      'a damaged manifest',
      (folder) => temporaryFile(folder, 'manifest.json', '{}').replace('manifest.json', ''),
      /is not a snapshot manifest/,
    ],
  ];
  it.each(inputs)('%s is one clear sentence and the exit code 3', async (_, make, message) => {
    const folder = temporaryFolder();
    expectFailure(
      await peerscope(['analyze', make(folder)], { env: { XDG_CACHE_HOME: folder } }),
      3,
      message,
    );
  });
});

describe('a bootstrap peer that gives nothing', () => {
  const strangers: [string, (socket: Socket) => void, string][] = [
    ['refuses', (socket) => socket.end('GNUTELLA/0.6 403 Not a network member\r\n\r\n'), 'refused'],
    ['is silent', () => undefined, 'silent'],
    ['answers HTTP', (socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'), 'not-this-protocol'],
    [
      'answers 10 MB of header',
      (socket) => socket.write(`GNUTELLA/0.6 200 OK\r\n${'X: y\r\n'.repeat(1_700_000)}`),
      'malformed',
    ],
    ['closes at once', (socket) => socket.end(), 'closed'],
  ];
  it.each(strangers)(
    'because it %s ends with 4 and says so, with the evidence kept',
    async (_, behaviour, outcome) => {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        behaviour(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      const out = join(temporaryFolder(), 'snapshot');
      const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const run = await peerscope([
        'crawl',
        endpoint,
        '--out',
        out,
        '--answer-timeout',
        outcome === 'silent' ? '300' : '20000',
        // It has no answer to the datagram that is its second chance.
        '--connect-timeout',
        '1000',
      ]);
      expectFailure(run, 4, new RegExp(`no bootstrap peer gave an answer: ${endpoint} ${outcome}`));
      expect(readFileSync(join(out, 'peers.csv'), 'utf8')).toContain(`,${outcome},false,`);
    },
  );

  it('because it is outside of this machine ends with 4, and nothing is written', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    expectFailure(
      await peerscope(['crawl', '192.0.2.1:6346', '--out', out]),
      4,
      /192\.0\.2\.1:6346 is not on this machine/,
    );
    expect(existsSync(out)).toBe(false);
  });
});
