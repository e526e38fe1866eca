// A browser with a software renderer, and how many pictures a second it draws while a mouse drags the viewer's picture to and fro.
// Pictures are callbacks of requestAnimationFrame. On a machine that does other things too, the processor time of all of the browser's processes tells
// more: so many milliseconds for each picture, on as many processors as there are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** Headless Chromium. */
export async function openBrowser() {
  const executablePath =
    process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  const launched = await chromium.launchServer({ executablePath, args: FLAGS });
  const browser = await chromium.connect(launched.wsEndpoint());
  return {
    page: await browser.newPage({ viewport: { width: 1280, height: 800 } }),
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
    window.frames_ = 0;
    window.isCounting_ = true;
    const tick = () => {
      window.frames_ += 1;
      if (window.isCounting_) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const start = performance.now();
  const used = processorTime();
  await page.mouse.move(480, 400);
  await page.mouse.down();
  for (let step = 0; performance.now() - start < 1000 * seconds; step++) {
    await page.mouse.move(480 + 150 * Math.sin(step / 12), 400 + 100 * Math.cos(step / 9));
  }
  await page.mouse.up();
  const frames = await page.evaluate(() => {
    window.isCounting_ = false;
    return window.frames_;
  });
  const rate = (1000 * frames) / (performance.now() - start);
  return `${rate.toFixed(1)} pictures a second, ${((processorTime() - used) / frames).toFixed(1)} ms of processors each`;
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
