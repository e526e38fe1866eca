// How soon the viewer shows p2p-Gnutella31 (62,586 peers, 147,892 links), and how many pictures a second it draws while it is dragged:
//   npm run build && node bench/viewer.js [INPUT]
// in headless Chromium with its software renderer (SwiftShader). First picture: from the navigation to the first frame after the page has drawn
// everything, links too. Pictures: frames in which the peers are drawn or stand elsewhere than in the last one, while a mouse drags them to and fro for
// five seconds, after the first picture, with the layout still going on; and again with the layout stopped. On a machine that does other things too, the processor time of all of the
// browser's processes tells more: so many milliseconds for each picture, on as many processors as there are.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SECONDS = 5;
/** From one move of the mouse to the next. */
const MOUSE_MS = 8;
const executablePath =
  process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const input = process.argv[2] ?? 'p2p-Gnutella31';

const begun = performance.now();
const server = spawn(process.execPath, ['bin/peerscope.js', 'view', input, '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(server.stdout, 'data');
const url = String(line).trim();
console.log(`served after        ${Math.round(performance.now() - begun)} ms`);
const launched = await chromium.launchServer({ executablePath, args: FLAGS });
const browser = await chromium.connect(launched.wsEndpoint());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(() => {
    // Peers are drawn by this call, and links by another one.
    const { drawArrays } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawArrays = function (...points) {
      window.isDrawn_ = true;
      drawArrays.apply(this, points);
    };
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'yes', { polling: 'raf' });
  const first = await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
      ),
  );
  console.log(`first picture       ${Math.round(first)} ms`);
  console.log(`panning, laying out ${await picturesWhileDragging(page)}`);
  server.kill('SIGINT');
  await once(server, 'exit');
  await page.waitForTimeout(1_000);
  console.log(`panning, at rest    ${await picturesWhileDragging(page)}`);
} finally {
  await browser.close();
  await launched.close();
  server.kill('SIGKILL');
}

async function picturesWhileDragging(page) {
  await page.evaluate(() => {
    const peers = document.querySelector('#picture .sigma-nodes');
    window.pictures_ = 0;
    window.isDragged_ = true;
    let last;
    const tick = () => {
      if (window.isDrawn_ || peers.style.transform !== last) window.pictures_ += 1;
      window.isDrawn_ = false;
      last = peers.style.transform;
      if (window.isDragged_) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const start = performance.now();
  const used = processorTime();
  await page.mouse.move(480, 400);
  await page.mouse.down();
  let last;
  for (let step = 0; performance.now() - start < 1000 * SECONDS; step++) {
    // A hand does not wait for the picture.
    last = page.mouse.move(480 + 150 * Math.sin(step / 24), 400 + 100 * Math.cos(step / 18));
    await setTimeout(MOUSE_MS);
  }
  await last;
  await page.mouse.up();
  const pictures = await page.evaluate(() => {
    window.isDragged_ = false;
    return window.pictures_;
  });
  const rate = (1000 * pictures) / (performance.now() - start);
  return `${rate.toFixed(1)} pictures a second, ${((processorTime() - used) / pictures).toFixed(1)} ms of processors each`;
}

/** Milliseconds that the browser and all of its processes have computed so far (Linux). */
function processorTime() {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return [
          { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) },
        ];
      } catch {
        return [];
      }
    });
  const ours = new Set([launched.process().pid]);
  for (let size = 0; size < ours.size;) {
    size = ours.size;
    for (const { pid, parent } of stats) if (ours.has(parent)) ours.add(pid);
  }
  return 10 * stats.filter(({ pid }) => ours.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0);
}
