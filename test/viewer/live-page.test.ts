import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleViewer } from '../../scripts/bundle-viewer.js';
import { openLiveView } from '../../src/cli/live-view.ts';
import type { LivePeer, LivePicture } from '../../src/reports/view/live-picture.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { CHROMIUM, launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ATTACK = '<img src=x onerror="window.attacked=1">';

function peer(id: string, more: Partial<LivePeer> = {}): LivePeer {
  return { id, role: 'superpeer', agent: ATTACK, outcome: 'ok', ...more };
}

/** A hub and so many peers around it. */
function star(size: number): LivePicture {
  return {
    peers: [peer('hub'), ...Array.from({ length: size }, (_, k) => peer(`peer ${k + 1}`, { role: 'leaf' }))],
    links: Array.from({ length: size }, (_, k) => ({ source: k + 1, target: 0, relation: 'registration' })),
    notes: ['Only some are drawn.'],
  };
}

describe.skipIf(CHROMIUM === undefined)('the page of what goes on (needs chromium)', () => {
  it('grows with it, keeps what is selected, and shows the whole when it is over', async () => {
    const packageDir = temporaryFolder();
    const [browser] = await Promise.all([launchBrowser(), bundleViewer(join(packageDir, 'dist', 'viewer'))]);
    const live: { next: LivePicture | undefined; contacted: number } = { next: star(3), contacted: 3 };
    const source = {
      picture: () => {
        const { next } = live;
        live.next = undefined;
        return next;
      },
      standing: () => ({
        counts: [['contacted', String(live.contacted)]] as const,
        tallies: {
          title: 'How visits ended',
          rows: [
            ['ok', live.contacted],
            [ATTACK, 1],
          ] as const,
        },
        rate: { title: 'contacts a second', perSecond: 20 },
      }),
    };
    const context = { packageDir, monotonic: () => performance.now() };
    const view = await openLiveView(source, { name: 'a crawl', port: 0 }, context);
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    onTestFinished(async () => {
      await browser.close();
      await view.close();
    });
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(view.url);
    await page.locator('#counts', { hasText: /^4 peers$/ }).waitFor();
    await page.locator('#live-counts', { hasText: 'contacted3' }).waitFor();
    expect(await page.locator('#live-title').textContent()).toBe('How visits ended');
    expect(await page.locator('#live-tallies .label').allTextContents()).toEqual(['ok', ATTACK]);
    expect(await page.locator('#limits').textContent()).toContain('4 peers and 3 links are drawn by now.');
    await page.locator('#query').fill('hub');
    await page.keyboard.press('Enter');
    expect(await page.locator('#peer h2').nth(1).textContent()).toBe('3 neighbours');

    live.contacted = 5;
    live.next = star(40);
    await page.locator('#counts', { hasText: '41 peers' }).waitFor();
    expect(await page.locator('#peer h2').allTextContents()).toEqual(['Peer hub', '40 neighbours']);
    await page.locator('#live-counts', { hasText: 'contacted5' }).waitFor();
    expect(new URL(page.url()).hash).toContain('peer=hub');

    // Somebody else has come into the place of the last one, and four have gone.
    const gone = star(36);
    live.next = { ...gone, peers: [...gone.peers.slice(0, -1), peer('newcomer')] };
    await page.locator('#counts', { hasText: '37 peers' }).waitFor();
    expect(await page.locator('#peer .peers').textContent()).toContain('newcomer');
    expect(await page.locator('#peer .peers').textContent()).not.toContain('peer 40');

    const topology = fromLinks({
      directed: false,
      ids: ['hub', 'a', 'b'],
      sources: Uint32Array.of(1, 2),
      targets: Uint32Array.of(0, 0),
    });
    view.over('The crawl has ended.', { name: 'a crawl', topology, notes: [] });
    await page.locator('#live-over', { hasText: 'The crawl has ended.' }).waitFor();
    await page.getByRole('button', { name: 'Show the whole snapshot' }).click();
    await page.locator('#counts', { hasText: /^3 peers$/ }).waitFor();
    expect(await page.locator('#peer h2').first().textContent()).toBe('Peer hub');
    expect(await page.locator('#live').isVisible()).toBe(false);
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    expect(troubles).toEqual([]);
  });
});
