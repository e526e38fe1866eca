// How soon the viewer shows p2p-Gnutella31 (62,586 peers, 147,892 links), and how many pictures a second it draws while it is dragged:
//   npm run build && node bench/viewer.js [INPUT]
// in headless Chromium with its software renderer (SwiftShader). First picture: from the navigation to the first frame after the page has drawn
// everything, links too. Pictures: frames in which the peers are drawn or stand elsewhere than in the last one, while a mouse drags them to and fro for
// five seconds, after the first picture, with the layout still going on; and again with the layout stopped. On a machine that does other things too, the processor time of all of the
// browser's processes tells more: so many milliseconds for each picture, on as many processors as there are.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openBrowser, picturesWhileDragging } from './browser-pictures.js';

const SECONDS = 5;
const input = process.argv[2] ?? 'p2p-Gnutella31';

const begun = performance.now();
const server = spawn(process.execPath, ['bin/peerscope.js', 'view', input, '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(server.stdout, 'data');
const url = String(line).trim();
console.log(`served after        ${Math.round(performance.now() - begun)} ms`);
const browser = await openBrowser();
try {
  const { page } = browser;
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'yes', { polling: 'raf' });
  const first = await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
      ),
  );
  console.log(`first picture       ${Math.round(first)} ms`);
  console.log(`panning, laying out ${await picturesWhileDragging(browser, SECONDS)}`);
  server.kill('SIGINT');
  await once(server, 'exit');
  await page.waitForTimeout(1_000);
  console.log(`panning, at rest    ${await picturesWhileDragging(browser, SECONDS)}`);
} finally {
  await browser.close();
  server.kill('SIGKILL');
}
