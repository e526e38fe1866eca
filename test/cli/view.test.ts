import { request } from 'node:http';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../../src/cli/open-browser.ts';
import { serveView } from '../../src/cli/view-server.ts';
import { OUTCOME_WORDS } from '../../src/reports/view/view-graph.ts';
import { decodeGraph } from '../../src/reports/view/wire.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

async function served(host = '127.0.0.1') {
  const pageDir = temporaryFolder();
  for (const name of ['index.html', 'main.js', 'style.css']) temporaryFile(pageDir, name, name);
  const server = await serveView({
    host,
    port: 0,
    pageDir,
    resource: (name) => (name === 'graph' ? { type: 'application/octet-stream', body: 'g' } : undefined),
  });
  onTestFinished(() => server.close());
  return server.url;
}

/** As fetch, which does not let one choose the name that is asked for. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the server of the viewer', () => {
  it('gives the page and what it needs to whoever has the token, and nothing else', async () => {
    const url = await served();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/);
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([200, 'index.html']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${url}graph`)).status).toBe(200);
    for (const name of ['nothing', '../index.html', '%2e%2e/package.json', 'index.html'])
      expect((await fetch(`${url}${name}`)).status).not.toBe(200);
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('refuses without the token, or with another one', async () => {
    const url = new URL(await served());
    for (const path of ['/', '/graph', `/${'0'.repeat(32)}/`, url.pathname.slice(0, -2), '//', '/%'])
      expect((await fetch(`${url.origin}${path}`)).status).toBe(403);
  });

  it('refuses names that are not of this machine, as a page from elsewhere would use', async () => {
    const url = await served();
    const { port } = new URL(url);
    expect(await statusFor(url, `localhost:${port}`)).toBe(200);
    expect(await statusFor(url, `127.0.0.1:${port}`)).toBe(200);
    for (const name of [`evil.example:${port}`, '192.0.2.1', 'localhost.evil.example'])
      expect(await statusFor(url, name)).toBe(403);
  });
});

describe('peerscope view', () => {
  async function viewing(...words: string[]) {
    const stopping = new AbortController();
    onTestFinished(() => {
      stopping.abort();
    });
    let told: (url: string) => void = () => undefined;
    const url = new Promise<string>((resolve) => (told = resolve));
    const run = peerscope(['view', ...words], {
      interrupt: stopping.signal,
      onStdout: (text) => {
        if (text.endsWith('\n')) told(text.trim());
      },
    });
    return { url: await Promise.race([url, run.then(({ stderr }) => stderr)]), run, stopping };
  }

  it('prints the URL, serves until it is interrupted, and ends well', async () => {
    const { url, run, stopping } = await viewing('ring', '--peers', '12', '--no-open');
    const graph = await (await fetch(`${url}graph`)).arrayBuffer();
    expect(Buffer.from(graph).toString('latin1')).toContain('"total":{"peers":12,"links":12}');
    expect((await (await fetch(`${url}positions`)).arrayBuffer()).byteLength).toBe(12 * 8);
    expect(await (await fetch(`${url}picture.svg`)).text()).toContain('12 of 12 peers');
    expect((await fetch(`${url}map.svg`)).status).toBe(404);
    stopping.abort();
    expect(await run).toMatchObject({ code: 0, stderr: 'Ctrl-C ends it.\n' });
  });

  it('has the map, and ways on it, where places are known', async () => {
    const { url } = await viewing('ring', '--peers', '12', '--no-open', '--places', 'generated');
    expect(await (await fetch(`${url}map.svg`)).text()).toContain('<svg');
    expect(await (await fetch(`${url}route?peers=0,1,x,99999999`)).text()).toMatch(/^M[\d.]+,[\d.]+/);
    expect(await (await fetch(`${url}route`)).text()).toBe('');
  });

  it('warns when other machines can look too', async () => {
    const { run, stopping } = await viewing('ring', '--no-open', '--host', '0.0.0.0');
    stopping.abort();
    expect((await run).stderr).toContain('warning: 0.0.0.0 can be reached from other machines');
  });

  it('says in a sentence that the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    expect(await peerscope(['view', 'ring', '--no-open', '--port', String(port)])).toMatchObject({
      code: 1,
      stderr: `peerscope: the viewer cannot be served on 127.0.0.1:${port}: the port is in use\nWithout that port named it takes a free one.\n`,
    });
  });

  it('shows what the journal of a snapshot has that is still being written', async () => {
    const folder = join(temporaryFolder(), 'snapshot');
    await peerscope(['crawl', '--simulate', 'ring', '--peers', '6', '--virtual', '--out', folder]);
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(
      path,
      JSON.stringify({ ...manifest, state: 'incomplete', endedAt: null, counts: null, digests: {} }),
    );
    for (const table of ['peers.csv', 'links.csv']) rmSync(join(folder, table));
    const { url } = await viewing(folder, '--no-open');
    const graph = decodeGraph(await (await fetch(`${url}graph`)).arrayBuffer());
    expect(graph.total).toEqual({ peers: 6, links: 6 });
    expect(graph.notes[0]).toContain('this is what 6 visits have told');
    expect([...graph.outcomeOf].map((outcome) => OUTCOME_WORDS[outcome])).toEqual(new Array(6).fill('ok'));
    expect(graph.agents.length).toBeGreaterThan(1);
  });

  it('says in a sentence what is wrong with a snapshot', async () => {
    const folder = temporaryFolder();
    const manifest = {
      schema: 'peerscope/snapshot/1',
      tool: 'peerscope 0.1.0',
      overlay: 'gnutella',
      origin: 'crawl',
      state: 'incomplete',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      bootstrap: [],
      options: {},
      seed: 1,
      counts: null,
      digests: {},
    };
    const writing = join(folder, 'writing');
    temporaryFile(writing, 'manifest.json', JSON.stringify(manifest));
    const damaged = join(folder, 'damaged');
    temporaryFile(damaged, 'manifest.json', JSON.stringify({ ...manifest, state: 'complete' }));
    temporaryFile(damaged, 'peers.csv', 'id,role,agent\n1,');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const failures = [
      [writing, 'is incomplete, and has no visits'],
      [damaged, 'peers.csv'],
      [`${empty}/`, ''],
      ['nobody-has-this', 'there is no file, snapshot, dataset or model'],
    ] as const;
    for (const [input, message] of failures) {
      const { code, stderr } = await peerscope(['view', input, '--no-open']);
      expect(code).not.toBe(0);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain('unexpected failure');
    }
    expect(await peerscope(['view', 'ring', '--host', 'localhost', '--no-open'])).toMatchObject({ code: 2 });
  });
});

describe('the browser', () => {
  it('is not there where nothing opens URLs, and that is said', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = temporaryFolder();
    onTestFinished(() => {
      process.env['PATH'] = path;
    });
    expect(await openBrowser('http://127.0.0.1:1/', 'linux')).toBe('there is no xdg-open here');
  });
});
