import { readFileSync, rmSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { RELATIONS } from '../../src/core/claims.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { ViewSubject } from '../../src/reports/view/make-view.ts';
import { joinLooks } from '../../src/reports/view/series-view.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { placesOf } from '../../src/underlay/places.ts';
import { CHROMIUM, launchBrowser } from '../support/browser.ts';
import { builtPage, servedView } from '../support/served-view.ts';

// Two superpeers with leaves, and two peers of whom nobody else knows:
//
//   b ── a ── hub ── other ── y      island ── islet
//         c ──┘        └──── z
const IDS = ['hub', 'other', 'a', 'b', 'c', 'y', 'z', 'island', 'islet'];
const LINKS = [
  ['hub', 'other'],
  ['hub', 'a'],
  ['hub', 'c'],
  ['a', 'b'],
  ['other', 'y'],
  ['other', 'z'],
  ['island', 'islet'],
] as const;
const SUPERPEERS = ['hub', 'other'];

/** What a hostile peer may call itself: each would do something if it were taken for markup, script, a link or a formula. */
const ATTACKS = [
  '<img src=x onerror="window.attacked=1">',
  '</script><script>window.attacked=1</script>',
  '"><svg onload=window.attacked=1>',
  "javascript:window.attacked=1//'",
  '=HYPERLINK("http://192.0.2.1/","x")',
  '\u202Egnp.exe\u0007',
];

function topologyOf(links: readonly (readonly [string, string])[] = LINKS) {
  return fromLinks({
    directed: false,
    ids: IDS,
    sources: Uint32Array.from(links, ([source]) => IDS.indexOf(source)),
    targets: Uint32Array.from(links, ([, target]) => IDS.indexOf(target)),
    // A leaf is registered with a superpeer.
    relations: Uint8Array.from(links, (ends) =>
      RELATIONS.indexOf(
        ends.some((id) => SUPERPEERS.includes(id)) && ends[1] !== 'other' ? 'registration' : 'connection',
      ),
    ),
    columns: { roles: IDS.map((id) => (SUPERPEERS.includes(id) ? 'superpeer' : 'leaf')) },
  });
}

function subject(): ViewSubject {
  const answers = IDS.map((id, k): [string, { agent: string; outcome: Outcome }] => [
    id,
    { agent: ATTACKS[k % ATTACKS.length] ?? '', outcome: k < 5 ? 'ok' : 'connect-timeout' },
  ]);
  const place = (latitude: number, longitude: number) => ({ latitude, longitude, country: 'DE', asn: 1 });
  return {
    name: 'two hubs',
    topology: topologyOf(),
    notes: ['A note of the input.'],
    answers: new Map(answers),
    places: placesOf([place(52, 13), place(40, -74), place(35, 139), place(-33, 151), undefined]),
  };
}

describe.skipIf(CHROMIUM === undefined)('the page of the viewer (needs chromium)', () => {
  let browser: Browser;
  let pageDir: string;
  beforeAll(async () => {
    [browser, pageDir] = await Promise.all([launchBrowser(), builtPage()]);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(pageDir, { recursive: true, force: true });
  });

  async function opened(
    { hash = '', ...options }: BrowserContextOptions & { hash?: string } = {},
    what = subject(),
    on = browser,
  ) {
    const server = await servedView(what, pageDir);
    const context = await on.newContext({
      viewport: { width: 1200, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !/GPU stall|software WebGL/.test(message.text()))
        troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url()))
        troubles.push(`asked for ${request.url()}`);
    });
    onTestFinished(async () => {
      await context.close();
      await server.close();
    });
    await page.goto(`${server.url}${hash}`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return { page, troubles, url: server.url };
  }

  const said = (page: Page) => page.locator('#counts').textContent();
  const hashOf = (page: Page) => new URL(page.url()).hash;

  async function saved(page: Page, button: string): Promise<string> {
    const [download] = await Promise.all<Download | undefined>([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: button, exact: true })
        .click()
        .then(() => undefined),
    ]);
    return readFileSync((await download?.path()) ?? '', 'latin1');
  }

  it('draws, says what it draws, and asks nobody else for anything', async () => {
    const { page, troubles } = await opened();
    expect(await page.title()).toBe('two hubs · peerscope view');
    expect(await said(page)).toBe('9 peers');
    expect(await page.locator('#limits').textContent()).toContain('All 9 peers and 7 of 7 links are drawn.');
    expect(await page.locator('#limits').textContent()).toContain('A note of the input.');
    expect(await page.locator('#limits').textContent()).toContain('The map lacks 5 peers');
    expect(await page.locator('#ground').isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('finds a peer by its id and its neighbours from there', async () => {
    const { page } = await opened();
    await page.locator('body').press('/');
    await page.keyboard.type('oth');
    await page.keyboard.press('Enter');
    expect(await page.locator('#peer h2').first().textContent()).toBe('Peer other');
    expect(await page.locator('#peer .peers button').allTextContents()).toEqual(['hub', 'y', 'z']);
    expect(await page.locator('#peer h3').allTextContents()).toEqual([
      'by connection: 1',
      'by registration: 2',
    ]);
    expect(await page.locator('#peer dl').textContent()).toContain('rolesuperpeeroutcomeok');
    await page.locator('#peer .peers').getByRole('button', { name: 'hub' }).click();
    expect(await page.locator('#peer h2').first().textContent()).toBe('Peer hub');
    await expect.poll(() => hashOf(page)).toContain('peer=hub');
    await page.keyboard.press('Escape');
    expect(await page.locator('#peer h2').count()).toBe(0);
  });

  it('selects the peer that is pressed in the picture', async () => {
    const { page } = await opened();
    // Peers move as long as the layout goes on, and the picture with them.
    await page.locator('#progress:empty').waitFor({ state: 'attached' });
    // The hub then stands in the middle.
    await page.locator('#query').fill('hub');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Close' }).click();
    const { x, y, width, height } = (await page.locator('#picture').boundingBox()) ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    await page.mouse.click(x + width / 2, y + height / 2);
    await expect.poll(() => page.locator('#peer h2').first().textContent()).toBe('Peer hub');
  });

  it('hides leaves, shows one entry of the legend, and a range of degrees', async () => {
    const { page } = await opened();
    await page.getByLabel('hide leaves').check();
    expect(await said(page)).toBe('2 of 9 peers shown');
    await page.getByLabel('hide leaves').uncheck();
    await page.getByLabel('Colour by').selectOption('outcome');
    await page.locator('#legend').getByRole('button', { name: 'connect-timeout' }).click();
    expect(await said(page)).toBe('4 of 9 peers shown');
    expect(hashOf(page)).toBe('#color=outcome&only=connect-timeout');
    await page.locator('#legend').getByRole('button', { name: 'connect-timeout' }).click();
    // From the left end of the chart to just beyond degree 1: six peers have that.
    const box = (await page.locator('#chart svg').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + 20, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + 60);
    await page.mouse.up();
    expect(await said(page)).toBe('6 of 9 peers shown');
    expect(await page.getByLabel('Degree from').inputValue()).toBe('1');
    await page.getByRole('button', { name: 'All degrees' }).click();
    expect(await said(page)).toBe('9 peers');
  });

  it('shows the path between two peers, or says that there is none', async () => {
    const { page } = await opened();
    await page.getByLabel('From', { exact: true }).fill('b');
    await page.getByLabel('To', { exact: true }).fill('z');
    await page.getByRole('button', { name: 'Show the path' }).click();
    expect(await page.locator('#hops p').textContent()).toBe('4 hops');
    expect(await page.locator('#hops button').allTextContents()).toEqual(['b', 'a', 'hub', 'other', 'z']);
    await page.getByLabel('To', { exact: true }).fill('islet');
    await page.getByRole('button', { name: 'Show the path' }).click();
    expect(await page.locator('#hops').textContent()).toBe('No path of the overlay leads there.');
    await page.getByLabel('To', { exact: true }).fill('nobody');
    await page.getByRole('button', { name: 'Show the path' }).click();
    expect(await page.locator('#hops').textContent()).toContain('There is no peer of the id');
  });

  it('is the same view again from its URL, and fits on a phone', async () => {
    const { page } = await opened({
      hash: '#color=component&size=equal&leaves=hidden&peer=hub&from=b&to=hub&camera=0.4,0.6,0.5&map=500,200,3',
    });
    expect(await page.getByLabel('Colour by').inputValue()).toBe('component');
    expect(await page.getByLabel('Size by').inputValue()).toBe('equal');
    expect(await page.getByLabel('hide leaves').isChecked()).toBe(true);
    expect(await page.locator('#peer h2').first().textContent()).toBe('Peer hub');
    expect(await page.locator('#hops p').textContent()).toBe('2 hops');
    expect(hashOf(page)).toContain('camera=0.40000%2C0.60000%2C0.50000&map=500.00%2C200.00%2C3.0000');
    await page.setViewportSize({ width: 375, height: 667 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  });

  it('exports what is seen', async () => {
    const { page } = await opened({ hash: '#degrees=2-99' });
    const csv = await saved(page, 'Peers as CSV');
    expect(csv.split('\r\n').map((line) => line.split(',')[0])).toEqual(['id', 'hub', 'other', 'a', '']);
    expect((await saved(page, 'Graph as PNG')).slice(1, 4)).toBe('PNG');
    const svg = await saved(page, 'Graph as SVG');
    // The superpeers are circles, and the leaf has four corners.
    expect(svg.match(/<path d="M[^"]+a[^"]+Z" fill="#/g)).toHaveLength(2);
    expect(svg.match(/<path d="M[^L"]+(L[^L"]+){3}Z" fill="#/g)).toHaveLength(1);
    // hub–other and hub–a.
    expect(/d="([^"]+)" fill="none"/.exec(svg)?.[1]?.match(/M[\d.]+ [\d.]+L/g)).toHaveLength(2);
    expect((await saved(page, 'Map as PNG')).slice(1, 4)).toBe('PNG');
    const map = await saved(page, 'Map as SVG');
    expect(map).toContain('Land: Natural Earth');
    // Of the three that are not hidden, all have a place.
    expect(map.slice(map.lastIndexOf('</g>')).match(/Z" fill="#/g)).toHaveLength(3);
  });

  it('shows what peers say as text, and never as markup', async () => {
    const { page, troubles } = await opened({ hash: '#color=agent' });
    for (const id of IDS.slice(0, ATTACKS.length)) {
      await page.locator('#query').fill(id);
      await page.keyboard.press('Enter');
      const shown = (ATTACKS[IDS.indexOf(id)] ?? '').replace(/[\u202E\u0007]/g, '\uFFFD');
      expect(await page.locator('#peer dd').nth(2).textContent()).toBe(shown);
    }
    await page.locator('#list summary').click();
    expect(await page.locator('#legend').textContent()).toContain('<img src=x');
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    // The page has no image at all, and its one script.
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await saved(page, 'Peers as CSV')).toContain(`"'=HYPERLINK(`);
    expect(troubles).toEqual([]);
  });

  it('has a slider for a series, with the peers of each snapshot', async () => {
    const looks = [LINKS.slice(0, 3), LINKS].map((links, k) => {
      const ids = IDS.filter((id) => links.some((link) => link.some((end) => end === id)));
      const topology = fromLinks({
        directed: false,
        ids,
        sources: Uint32Array.from(links, ([source]) => ids.indexOf(source)),
        targets: Uint32Array.from(links, ([, target]) => ids.indexOf(target)),
      });
      const outcome = k === 0 ? ('ok' as const) : ('refused' as const);
      const answers = new Map(ids.map((id) => [id, { agent: undefined, outcome }]));
      return { name: `00000${k + 1}`, startedAt: `2026-01-0${k + 1}T00:00:00.000Z`, topology, answers };
    });
    const what = { name: 'series', notes: [], ...joinLooks(looks), answers: looks[1]?.answers ?? new Map() };
    const { page } = await opened({ hash: '#color=outcome' }, what);
    expect(await said(page)).toBe('9 peers');
    expect(await page.locator('#look-name').textContent()).toBe('000002 · 2026-01-02 00:00:00 UTC');
    expect(await page.locator('#legend').textContent()).toBe('refused9');
    await page.getByLabel('Snapshot').press('ArrowLeft');
    expect(await page.locator('#legend').textContent()).toBe('ok4');
    expect(await said(page)).toBe('4 of 9 peers shown');
    expect(hashOf(page)).toContain('look=000001');
  });

  it('moves by keys, and says who is where to a screen reader', async () => {
    const { page } = await opened();
    await page.locator('#picture').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => hashOf(page)).toContain('camera=');
    await page.keyboard.press('0');
    await expect.poll(() => hashOf(page)).not.toContain('camera=');
    await page.locator('#ground').focus();
    await page.keyboard.press('+');
    await expect.poll(() => hashOf(page)).toContain('map=500.00%2C260.00%2C1.5000');
    await page.keyboard.press('0');
    await expect.poll(() => hashOf(page)).not.toContain('map=');
    await page.locator('#list summary').click();
    expect(await page.locator('#rows tbody tr').first().textContent()).toBe('hub3superpeerok');
    await page.locator('#query').fill('islet');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('status').first().textContent()).toBe('Peer islet, 1 neighbour.');
    // Who goes on by keys stays where the new peer is told of, and at the entry of the legend that was pressed.
    await page.locator('#peer .peers button').press('Enter');
    expect(await page.locator(':focus').textContent()).toBe('Peer island');
    await page.getByRole('button', { name: 'leaf 7' }).press('Enter');
    expect(await page.locator(':focus').ariaSnapshot()).toBe('- button "leaf 7" [pressed]');
    const regions = (await page.locator('body').ariaSnapshot())
      .split('\n')
      .filter((line) => /^(  )?- (?!text)/.test(line));
    expect(regions.map((line) => line.replace(/:.*$/, '')).slice(0, 6)).toEqual([
      '- banner',
      '  - heading "two hubs" [level=1]',
      '  - paragraph',
      '  - search',
      '- main',
      '  - region "The overlay as a graph"',
    ]);
  });

  it('shows a still picture and the list where there is no WebGL', async () => {
    const plain = await launchBrowser({ hasWebGl: false });
    onTestFinished(() => plain.close());
    const { page } = await opened({}, subject(), plain);
    expect(await page.locator('#problem').textContent()).toContain('no WebGL');
    expect(await page.locator('#picture img').getAttribute('src')).toBe('picture.svg');
    expect(await page.locator('#rows tbody tr').count()).toBe(9);
    expect(await page.getByRole('button', { name: 'Graph as PNG' }).isDisabled()).toBe(true);
  });
});
