import type { Writable } from 'node:stream';
import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // The empty word is the window's title, which start takes first.
  win32: ['cmd', '/c', 'start', ''],
};

/** Asks the system to show a URL; resolves to why it did not, undefined where it did or will. */
export function openBrowser(
  url: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const [command, ...words] = OPENERS[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...words, url], { stdio: 'ignore', detached: true });
    child.once('error', () => {
      resolve(`there is no ${command} here`);
    });
    child.once('exit', (code) => {
      resolve(code === 0 ? undefined : `${command} found no browser`);
    });
    // Some stay as long as the browser does.
    setTimeout(() => {
      resolve(undefined);
    }, PATIENCE).unref();
    child.unref();
  });
}

const PATIENCE = 3_000;

/** Opens a browser at a page that was told of already, or says why there is none. */
export async function showInBrowser(url: string, stderr: Writable): Promise<void> {
  const problem = await openBrowser(url);
  if (problem !== undefined) stderr.write(`No browser was opened (${problem}): open the URL yourself.\n`);
}
