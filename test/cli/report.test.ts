import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { harmless } from '../../src/charts/terminal-text.ts';
import { parseAddress } from '../../src/core/address.ts';
import { encodeRecord } from '../../src/snapshot/journal.ts';
import { ATTACKS } from '../support/attacks.ts';
import { CHROMIUM, launchBrowser } from '../support/browser.ts';
import { peerscope } from '../support/command-line.ts';
import { writeTestSeries } from '../snapshot/series-support.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';
import { address, visit } from '../support/visits.ts';
import { wellFormed } from '../support/well-formed.ts';
import { csvFiles, expectHarmless, headings, pageOf } from './report-support.ts';

const SIX = '1 2\n1 3\n2 3\n2 4\n3 5\n4 5\n5 6\n';

/** Enough for a page, and quick. */
const ONLY = 'summary,components,resilience,audit';

describe('peerscope report', () => {
  it('makes a page of what was measured, how, and how wrong it may be', async () => {
    const html = await pageOf(['-'], SIX);
    expect(headings(html)).toEqual([
      'What was measured, and how',
      'Summary',
      'How wrong it may be',
      'Degree distribution',
      'Components',
      'Distances',
      'Superpeers',
      'Resilience',
      'Audit: what the collecting did to the data',
      'The graph',
      'The map',
      'Methods and references',
    ]);
    // Seven links among six peers: 14 ends (by hand).
    expect(html).toContain('6 peers and 7 links: a peer has 2.33 links on average, and 3 at most.');
    expect(html).toContain('peerscope report - --seed 1 --out report.html');
    expect(html).toContain('Shown: 6 peers and 7 links.');
  });

  it('has every table as the CSV that analyze prints', async () => {
    const html = await pageOf(['-', '--only', 'components,summary'], SIX);
    const files = csvFiles(html);
    const { stdout } = await peerscope(['analyze', '-', '--only', 'components', '--format', 'csv'], {
      stdin: SIX,
    });
    expect(files.get('components.csv')).toBe(stdout);
    expect(html.match(/<figure class="table"/g)).toHaveLength(html.match(/class="csv"/g)?.length ?? 0);
  });

  it('is whole: well-formed, with a policy that lets nothing load or run, and without any address of elsewhere', async () => {
    const html = await pageOf(['hybrid', '--peers', '60', '--places', 'generated']);
    const { elements } = wellFormed(html);
    expectHarmless(html);
    const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
    const policy = elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes['content']).toBe(
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/url\(|@import/);
    const ids = new Set(elements.map(({ attributes }) => attributes['id']));
    for (const { name, attributes } of elements) {
      const { href } = attributes;
      if (name === 'a' && href?.startsWith('#') === true) expect(ids).toContain(href.slice(1));
    }
    // Six tens of peers, a map of the world, and eight analyses.
    expect(html.length).toBeLessThan(600_000);
  });

  it('gives the same bytes for the same input and seed, with any number of threads', async () => {
    const first = await pageOf(['pure', '--peers', '80', '--seed', '3', '--only', ONLY]);
    expect(await pageOf(['pure', '--peers', '80', '--seed', '3', '--only', ONLY, '--workers', '2'])).toBe(
      first,
    );
    expect(await pageOf(['pure', '--peers', '80', '--seed', '4', '--only', ONLY])).not.toBe(first);
  });

  it('shows what peers say of themselves as text, whatever they say', async () => {
    const snapshot = hostileSnapshot();
    const html = await pageOf([snapshot]);
    const { text } = wellFormed(html);
    expectHarmless(html);
    for (const attack of ATTACKS) expect(text).toContain(harmless(attack));
    // What a spreadsheet would run as a formula does not stand in a CSV as one.
    for (const csv of csvFiles(html).values()) expect(csv).not.toMatch(/(^|[\n,])"?=cmd/);
  });

  it('shows names of inputs and titles as text too', async () => {
    const file = temporaryFile(temporaryFolder(), '<img src=x onerror=alert(1)>.txt', SIX);
    const html = await pageOf([file, '--only', ONLY, '--title', ATTACKS[0]]);
    expectHarmless(html);
    expect(wellFormed(html).text).toContain(ATTACKS[0]);
  });

  it('lays two inputs beside each other, and says what differs', async () => {
    const folder = temporaryFolder();
    const [one, other] = [
      temporaryFile(folder, 'one.txt', SIX),
      temporaryFile(folder, 'other.txt', '1 2\n2 3\n4 5\n'),
    ];
    const html = await pageOf([one, other]);
    expect(headings(html).slice(0, 3)).toEqual([
      'What differs',
      'What was measured, and how',
      'How wrong they may be',
    ]);
    expect(html).toContain('Links: 7 in one.txt, 3 in other.txt (÷ 2.3).');
    expect(html).toContain('Components: 1 in one.txt, 2 in other.txt (× 2.0).');
    expect(csvFiles(html).get('components.csv')).toContain('one.txt,weak,1,6,7,1');
    expect(csvFiles(html).get('components.csv')).toContain('other.txt,weak,2,3,2,0.6');
    expect(html).toContain('Both degree distributions');
    // What the numbers are, once for both.
    expect(html.match(/How many peers have each degree/g)).toHaveLength(1);
    wellFormed(html);
  });

  it('compares snapshots peer by peer', async () => {
    const [one, other] = [hostileSnapshot(), hostileSnapshot()];
    const html = await pageOf([one, other]);
    expect(html).toContain('Peer by peer and link by link');
    expect(html).toContain(`${ATTACKS.length} peers are in both; 0 only in`);
    expect(html).toContain('In none of the numbers measured do the two differ.');
    expectHarmless(html);
  });

  it('says of a snapshot that is incomplete that it is', async () => {
    const html = await pageOf([hostileSnapshot({ state: 'incomplete' }), '--only', ONLY]);
    expect(html).toMatch(/class="warning"[^]*is incomplete: its crawl ended early/);
  });

  it('reports on the visits so far of a snapshot that is still being written', async () => {
    const snapshot = unfinishedSnapshot([1, 2]);
    const html = await pageOf([snapshot, '--only', ONLY]);
    expect(html).toMatch(/class="warning"[^]*has no tables yet[^]*2 visits/);
    expect(html).toContain('127.9.0.1:6346');
    expect(html).toContain('Programs, and how visits ended');
  });

  it('numbers the peers of such a snapshot where their addresses are not to be told', async () => {
    const html = await pageOf([unfinishedSnapshot([1, 2], { pseudonyms: 'abc' }), '--only', ONLY]);
    expect(html).not.toContain('127.9.0.');
    expect(html).toContain('peer 1');
  });

  it('draws the core of a graph that is too large, and says what was left out', async () => {
    const html = await pageOf([
      'two-tier',
      '--peers',
      '3500',
      '--superpeer-share',
      '0.02',
      '--only',
      'summary',
    ]);
    expect(html).toContain(
      '3,500 peers are too many to be drawn, so only the declared superpeers are, without their leaves: 70 peers',
    );
  });

  it('draws no graph where there is no link, and says so', async () => {
    expect(
      await pageOf(['erdos-renyi', '--peers', '5', '--mean-degree', '0', '--only', 'summary']),
    ).toContain('There is no link, and so no graph.');
  });

  it('writes to standard output', async () => {
    const { code, stdout } = await peerscope(['report', '-', '--only', 'summary', '--out', '-'], {
      stdin: SIX,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!DOCTYPE html>[^]*<\/html>\n$/);
  });

  it('tells what it wrote', async () => {
    const out = join(temporaryFolder(), 'new', 'page.html');
    const run = await peerscope(['report', '-', '--only', 'summary', '--out', out, '--format', 'json'], {
      stdin: SIX,
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: 'peerscope/report/1', file: out, warnings: [] });
  });

  it.each<readonly [string, () => string[], number, RegExp]>([
    ['nothing', () => ['nowhere.snapshot'], 3, /nowhere\.snapshot/],
    ['a misspelt dataset', () => ['p2p-Gnutella80'], 3, /no file, snapshot, dataset or model/],
    ['a damaged manifest', () => [damaged('manifest.json')], 3, /is not a snapshot manifest/],
    ['a damaged table', () => [damaged('links.csv')], 3, /links\.csv/],
    [
      'a snapshot nobody of which has been visited',
      () => [unfinishedSnapshot([])],
      3,
      /nobody has been visited yet/,
    ],
    [
      'a series without a complete snapshot',
      () => {
        const directory = join(temporaryFolder(), 'series');
        writeTestSeries(directory, [{ peers: [{ id: 'a' }], links: [], state: 'incomplete' }]);
        return [directory];
      },
      3,
      /no complete snapshot yet/,
    ],
    ['a folder to write to', () => ['-', '--out', temporaryFolder()], 2, /is a folder/],
    ['an unknown analysis', () => ['-', '--only', 'degrees'], 2, /did you mean degree/],
    ['--only and --all', () => ['-', '--only', 'degree', '--all'], 2, /exclude each other/],
    ['standard input twice', () => ['-', '-'], 2, /only once/],
    ['places that are none', () => ['-', '--places', 'nowhere.csv'], 3, /nowhere\.csv/],
    [
      'two sources of places',
      () => ['-', '--places', 'a.csv', '--address-table', 'b.csv'],
      2,
      /leave one out/,
    ],
  ])('refuses %s in a sentence', async (_, argv, code, sentence) => {
    const out = ['--out', join(temporaryFolder(), 'page.html')];
    const given = argv();
    const run = await peerscope(['report', ...(given.includes('--out') ? [] : out), ...given], {
      stdin: SIX,
    });
    expectFailure(run, code, sentence);
  });

  it.skipIf(CHROMIUM === undefined)(
    'is read in a browser, on a telephone and on paper, without a complaint (skipped where there is none)',
    async () => {
      const out = join(temporaryFolder(), 'page.html');
      await peerscope(['report', hostileSnapshot(), '--only', ONLY, '--out', out]);
      const browser = await launchBrowser();
      onTestFinished(() => browser.close());
      const page = await browser.newPage({ viewport: { width: 375, height: 700 } });
      const troubles: string[] = [];
      page.on('console', (message) => troubles.push(message.text()));
      page.on('request', (request) => troubles.push(request.url()));
      await page.goto(pathToFileURL(out).href);
      expect(troubles).toEqual([pathToFileURL(out).href]);
      const seen = () => page.evaluate<Seen>(LOOK);
      const onTelephone = await seen();
      expect(onTelephone.width).toBe(375);
      expect(onTelephone.least).toBeGreaterThan(10);
      expect(new Set(onTelephone.folded)).toEqual(new Set([false]));
      await page.emulateMedia({ media: 'print' });
      expect(new Set((await seen()).folded)).toEqual(new Set([true]));
    },
    30_000,
  );
});

interface Seen {
  readonly width: number;
  /** Pixels of the smallest letters of drawings, as they are on the screen. */
  readonly least: number;
  /** Whether one sees what is folded. */
  readonly folded: readonly boolean[];
}

/** For the browser, as text: types of pages are not among those of the tests here. */
const LOOK = `({
  width: document.documentElement.scrollWidth,
  least: Math.min(...[...document.querySelectorAll('svg text')].map(
    (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a,
  )),
  folded: [...document.querySelectorAll('details > p, details > figure')].map((part) => part.checkVisibility()),
})`;

/** A ring of peers that are called, and call their programs, what would be markup. */
function hostileSnapshot(changes: { readonly state?: string } = {}): string {
  const folder = join(temporaryFolder(), 'hostile.snapshot');
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const peers = ATTACKS.map(
    (attack, k) =>
      `${cell(attack)},127.9.0.${k}:6346,,${cell(attack)},ok,true,full,false,,2026-01-01T00:00:0${k % 10}.000Z,2026-01-01T00:00:10.000Z,`,
  );
  const links = ATTACKS.map(
    (attack, k) =>
      `${cell(attack)},${cell(ATTACKS[(k + 1) % ATTACKS.length] ?? '')},connection,self-report,both`,
  );
  temporaryFile(
    folder,
    'peers.csv',
    `id,address,role,agent,outcome,respondent,listing,truncated,live_since,first_seen,last_seen,doubt\n${peers.join('\n')}\n`,
  );
  temporaryFile(folder, 'links.csv', `source,target,relation,evidence,reported_by\n${links.join('\n')}\n`);
  temporaryFile(folder, 'manifest.json', JSON.stringify({ ...MANIFEST, ...changes }));
  return folder;
}

const MANIFEST = {
  schema: 'peerscope/snapshot/1',
  tool: ATTACKS[1],
  overlay: ATTACKS[0],
  origin: 'crawl',
  state: 'complete',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:10.000Z',
  durationSeconds: 10,
  bootstrap: [ATTACKS[3]],
  options: { contact: ATTACKS[2], manners: { contact: ATTACKS[2] } },
  seed: 1,
  counts: {
    peers: ATTACKS.length,
    links: ATTACKS.length,
    respondents: ATTACKS.length,
    truncated: 0,
    contacted: ATTACKS.length,
    visits: ATTACKS.length,
    rejectedEntries: 0,
    bytesSent: 1,
    bytesReceived: 1,
    byOutcome: { ok: ATTACKS.length },
  },
  digests: {},
};

/** A crawl that has visited some peers, each of which listed the next, and has written no table. */
function unfinishedSnapshot(
  visited: readonly number[],
  options: Readonly<Record<string, unknown>> = {},
): string {
  const folder = join(temporaryFolder(), 'begun.snapshot');
  mkdirSync(join(folder, 'visits'), { recursive: true });
  const records = visited.map((number) => {
    const endpoint = address(number);
    const next = parseAddress(`127.9.0.${number + 1}:6346`);
    if (next === undefined) throw new RangeError(String(number));
    return encodeRecord(
      visit(endpoint, {
        startedAt: Date.parse(MANIFEST.startedAt),
        outcome: 'ok',
        claims: {
          links: [{ sources: [endpoint], targets: [next], relation: 'connection', evidence: 'self-report' }],
        },
      }),
    );
  });
  // The last record is torn, as while it is being written.
  writeFileSync(join(folder, 'visits', '000001.ndjson'), `${records.join('\n')}\n{"crc32":"00`);
  const begun = {
    state: 'incomplete',
    endedAt: null,
    durationSeconds: null,
    counts: null,
    bootstrap: [],
    options,
  };
  temporaryFile(
    folder,
    'manifest.json',
    JSON.stringify({ ...MANIFEST, tool: 'peerscope 0.1.0', overlay: 'gnutella', ...begun }),
  );
  return folder;
}

function damaged(file: string): string {
  const folder = hostileSnapshot();
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, -25));
  return folder;
}
