// How smooth the page of a crawl is while that goes on as fast as it can, and what it costs the crawl:
//   npm run build && node bench/live-view.js [PEERS [OPTION...]]
// crawls a simulated february-2005 over loopback sockets, both sides in one process: without --view; with it, headless Chromium looking on; and with a mouse
// that drags the picture all the time. Contacts a second: visits by the time from the crawl's start to its end, by its manifest (in
// virtual time, with the option --virtual, of that); of a dragged page, by what its counter said before and after.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, picturesWhileDragging } from './browser-pictures.js';

const [peers = '300000', ...options] = process.argv.slice(2);
const SECONDS = 5;
const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));

function crawl(name, ...more) {
  return spawn(
    process.execPath,
    [
      'bin/peerscope.js',
      'crawl',
      '--simulate',
      'february-2005',
      '--peers',
      peers,
      '--second-look',
      '0',
    ].concat(['--out', join(folder, name), '--format', 'json'], options, more),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
}

function rateOf(name) {
  const { counts, durationSeconds } = JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8'));
  return `${counts.visits} contacts in ${durationSeconds} s: ${Math.round(counts.visits / durationSeconds)} a second`;
}

console.log(`load before                    ${loadavg()[0].toFixed(1)}`);
try {
  await once(crawl('alone'), 'exit');
  console.log(`without --view                 ${rateOf('alone')}`);
  await viewed('looked-at', async ({ page }) => {
    await page.waitForTimeout(500);
  });
  console.log(`with --view, a page open       ${rateOf('looked-at')}`);
  await viewed('dragged', async (browser) => {
    const { page } = browser;
    const contacted = async () =>
      Number((await page.locator('#live-counts dd').nth(1).textContent()).replaceAll(',', ''));
    await page.locator('#live-counts dd').nth(3).waitFor();
    const [before, begun] = [await contacted(), performance.now()];
    const drawn = await picturesWhileDragging(browser, SECONDS);
    const rate = (1000 * ((await contacted()) - before)) / (performance.now() - begun);
    const counts = await page.locator('#counts').textContent();
    console.log(
      `panning                        ${drawn}; ${Math.round(rate)} contacts a second, ${counts} drawn`,
    );
  });
  console.log(`with --view, a page dragged    ${rateOf('dragged')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Crawls with a page open, at which something is done again and again until the crawl has ended. */
async function viewed(name, act) {
  const browser = await openBrowser();
  try {
    const child = crawl(name, '--view', '--no-open');
    let told = '';
    const url = await new Promise((resolve) => {
      child.stderr.on('data', (chunk) => {
        told += chunk;
        const [found] = /http\S+/.exec(told) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    await browser.page.goto(url);
    while (!told.includes('has ended')) await act(browser);
    child.kill('SIGINT');
    await once(child, 'exit');
  } finally {
    await browser.close();
  }
}
