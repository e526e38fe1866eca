// A browser with a software renderer, and how many pictures a second it draws while a mouse drags the viewer's picture to and fro.
// Pictures are frames in which the peers are drawn or stand elsewhere than in the last one. On a machine that does other things too, the processor time of all of the browser's processes tells
// more: so many milliseconds for each picture, on as many processors as there are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** From one move of the mouse to the next. */
const MOUSE_MS = 8;

/** Headless Chromium, with one page. */
export async function openBrowser() {
  const executablePath =
    process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  const launched = await chromium.launchServer({ executablePath, args: FLAGS });
  const browser = await chromium.connect(launched.wsEndpoint());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(() => {
    // Peers are drawn by this call, and links by another one.
    const { drawArrays } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawArrays = function (...points) {
      window.isDrawn_ = true;
      drawArrays.apply(this, points);
    };
  });
  return {
    page,
    processorTime: () => processorTimeOf(launched.process().pid),
    close: async () => {
      await browser.close();
      await launched.close();
    },
  };
}

/** Pictures a second while the picture is dragged for so many seconds. */
export async function picturesWhileDragging({ page, processorTime }, seconds) {
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
  for (let step = 0; performance.now() - start < 1000 * seconds; step++) {
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

/** Milliseconds that a process and all that it has started have computed so far (Linux). */
function processorTimeOf(root) {
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
  const ours = new Set([root]);
  for (let size = 0; size < ours.size;) {
    size = ours.size;
    for (const { pid, parent } of stats) if (ours.has(parent)) ours.add(pid);
  }
  return 10 * stats.filter(({ pid }) => ours.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0);
}
