// How smooth the page of a crawl is while that goes on as fast as it can, and what it costs the crawl:
//   npm run build && node bench/live-view.js [PEERS]
// crawls a simulated february-2005 over loopback sockets, both sides in one process, first without --view and then with it, headless Chromium looking on;
// a mouse drags the picture all the time. Contacts a second: visits by the time from the crawl's start to its end, by its manifest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, picturesWhileDragging } from './browser-pictures.js';

const peers = process.argv[2] ?? '300000';
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
    ].concat(['--out', join(folder, name), '--format', 'json'], more),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
}

function rateOf(name) {
  const { counts, durationSeconds } = JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8'));
  return `${counts.visits} contacts in ${durationSeconds} s: ${Math.round(counts.visits / durationSeconds)} a second`;
}

console.log(`load before         ${loadavg()[0].toFixed(1)}`);
try {
  await once(crawl('alone'), 'exit');
  console.log(`without --view      ${rateOf('alone')}`);
  const browser = await openBrowser();
  try {
    const viewed = crawl('viewed', '--view', '--no-open');
    let told = '';
    const url = await new Promise((resolve) => {
      viewed.stderr.on('data', (chunk) => {
        told += chunk;
        const [found] = /http\S+/.exec(told) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    await browser.page.goto(url);
    while (!told.includes('has ended')) {
      const drawn = await picturesWhileDragging(browser, SECONDS);
      const { page } = browser;
      const [counts, contacted] = await Promise.all([
        page.locator('#counts').textContent(),
        page.locator('#live-counts dd').nth(1).textContent(),
      ]);
      console.log(`panning             ${drawn} (drawn: ${counts}; contacted by then: ${contacted})`);
    }
    viewed.kill('SIGINT');
    await once(viewed, 'exit');
    console.log(`with --view         ${rateOf('viewed')}`);
  } finally {
    await browser.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
