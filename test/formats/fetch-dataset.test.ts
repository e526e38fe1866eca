import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Dataset } from '../../src/formats/datasets.ts';
import { fetchDataset, type Fetched } from '../../src/formats/fetch-dataset.ts';
import { temporaryFolder } from '../support/temporary.ts';

const random = createRandom(7);
const CONTENT = gzipSync(
  Array.from({ length: 20_000 }, () => `${random.int(1e6)}\t${random.int(1e6)}\n`).join(''),
);

const DATASET: Dataset = {
  ...{ name: 'tiny', title: 'Tiny', file: 'tiny.txt.gz', bytes: CONTENT.length },
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
  ...{ origin: 'http://127.0.0.1:1/data/tiny.html', licence: '', citation: '' },
  ...{ published: {}, publishedStatus: '' },
};

/** A server on loopback; what it was asked, in the order of the requests. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.range ?? 'all'}`);
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/`, asked };
}

/** Sends the content as a server with ranges does; `most` bytes and then the line is cut. */
function send(request: IncomingMessage, response: ServerResponse, content = CONTENT, most = Infinity): void {
  const begin = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (begin >= content.length) {
    response.writeHead(416).end();
    return;
  }
  const range = { 'Content-Range': `bytes ${begin}-${content.length - 1}/${content.length}` };
  response.writeHead(begin > 0 ? 206 : 200, {
    'Content-Length': content.length - begin,
    ...(begin > 0 ? range : {}),
  });
  const piece = content.subarray(begin, begin + most);
  if (piece.length === content.length - begin) response.end(piece);
  else response.write(piece, () => response.socket?.destroySoon());
}

interface Attempt {
  readonly into: string;
  readonly told: string[];
  readonly fetch: (from?: string, silence?: number) => Promise<Fetched>;
}

function attempt(dataset = DATASET): Attempt {
  const into = join(temporaryFolder(), 'cache', 'datasets');
  const told: string[] = [];
  const progress = (place: string, bytes: number): void => {
    told.push(`${place} ${bytes}`);
  };
  return {
    into,
    told,
    fetch: (from, silence = 5000) =>
      fetchDataset(dataset, { from, into, folders: [into], silence, progress }),
  };
}

async function failure(fetching: Promise<unknown>): Promise<PeerscopeError> {
  const error = await fetching.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PeerscopeError) return error;
  throw new Error('no PeerscopeError', { cause: error });
}

const kept = ({ into }: Attempt): string[] => (existsSync(into) ? readdirSync(into) : []);

describe('fetching a dataset', () => {
  it('gets it from a server once, says first from where, and then has it', async () => {
    const { url, asked } = await serve((request, response) => {
      send(request, response);
    });
    const here = attempt();
    const path = join(here.into, 'tiny.txt.gz');
    expect(await here.fetch(url.slice(0, -1))).toEqual({ path, place: `${url}tiny.txt.gz`, resumed: 0 });
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(here.told[0]).toBe(`${url}tiny.txt.gz 0`);
    expect(here.told.at(-1)).toBe(`${url}tiny.txt.gz ${CONTENT.length}`);
    expect(await here.fetch(url)).toEqual({ path, place: undefined, resumed: 0 });
    expect(asked).toEqual(['/data/tiny.txt.gz all']);
    expect(kept(here)).toEqual(['tiny.txt.gz']);
  });

  it('gets it from a folder too', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'tiny.txt.gz'), CONTENT);
    const here = attempt();
    expect(await here.fetch(folder)).toMatchObject({ place: join(folder, 'tiny.txt.gz') });
    expect(readFileSync(join(here.into, 'tiny.txt.gz')).equals(CONTENT)).toBe(true);
  });

  it('goes on by itself where a connection is cut, as long as each brings something', async () => {
    const { url, asked } = await serve((request, response, count) => {
      send(request, response, CONTENT, count < 3 ? 50_000 : Infinity);
    });
    const here = attempt();
    await here.fetch(url);
    expect(asked).toEqual(
      ['all', 'bytes=50000-', 'bytes=100000-'].map((range) => `/data/tiny.txt.gz ${range}`),
    );
    expect(readFileSync(join(here.into, 'tiny.txt.gz')).equals(CONTENT)).toBe(true);
  });

  it('goes on where an earlier attempt ended', async () => {
    let isBroken = true;
    const { url, asked } = await serve((request, response, count) => {
      if (isBroken && count > 1) request.socket.destroy();
      else send(request, response, CONTENT, isBroken ? 70_000 : Infinity);
    });
    const here = attempt();
    const error = await failure(here.fetch(url));
    expect(error).toMatchObject({ kind: 'failure' });
    expect(error.message).toMatch(/tiny\.txt\.gz cannot be fetched: the connection broke off$/);
    expect(error.hint).toMatch(/it goes on where it ended/);
    expect(kept(here)).toEqual(['tiny.txt.gz.part']);
    isBroken = false;
    expect(await here.fetch(url)).toMatchObject({ resumed: 70_000 });
    expect(asked.at(-1)).toBe('/data/tiny.txt.gz bytes=70000-');
    expect(kept(here)).toEqual(['tiny.txt.gz']);
  });

  it('begins anew where a server knows no ranges, or what was kept is of something else', async () => {
    const { url } = await serve((_, response) => {
      response.end(CONTENT);
    });
    const without = attempt();
    mkdirSync(without.into, { recursive: true });
    writeFileSync(join(without.into, 'tiny.txt.gz.part'), CONTENT.subarray(0, 1000));
    await without.fetch(url);
    expect(readFileSync(join(without.into, 'tiny.txt.gz')).equals(CONTENT)).toBe(true);
    const ranged = await serve((request, response) => {
      send(request, response);
    });
    for (const other of [
      Buffer.alloc(1000),
      Buffer.alloc(CONTENT.length),
      Buffer.alloc(2 * CONTENT.length),
    ]) {
      const here = attempt();
      mkdirSync(here.into, { recursive: true });
      writeFileSync(join(here.into, 'tiny.txt.gz.part'), other);
      await here.fetch(ranged.url);
      expect(readFileSync(join(here.into, 'tiny.txt.gz')).equals(CONTENT)).toBe(true);
    }
  });

  it('follows redirects, a few of them', async () => {
    const { url, asked } = await serve((request, response) => {
      if (request.url === '/data/tiny.txt.gz') response.writeHead(302, { Location: '../other/x' }).end();
      else if (request.url === '/other/x') send(request, response);
      else response.writeHead(301, { Location: request.url ?? '' }).end();
    });
    await attempt().fetch(url);
    expect(asked).toEqual(['/data/tiny.txt.gz all', '/other/x all']);
    const error = await failure(attempt().fetch(`${url}round`));
    expect(error.message).toMatch(/it sends elsewhere more than 5 times$/);
  });
});

describe('fetching a dataset that is not the published one', () => {
  it.each([
    [
      'as long',
      Buffer.from(CONTENT).fill(0x55, 5000, 5010),
      /tiny\.txt\.gz is not the published tiny\.txt\.gz: its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}$/,
    ],
    ['longer', Buffer.concat([CONTENT, CONTENT]), /it has more than \d+ bytes$/],
  ])('%s keeps nothing and says so', async (_, content, message) => {
    const { url } = await serve((request, response) => {
      send(request, response, content);
    });
    const here = attempt();
    const error = await failure(here.fetch(url));
    expect(error).toMatchObject({
      kind: 'bad-input',
      hint: expect.stringMatching(/^Nothing of it was kept/) as string,
    });
    expect(error.message).toMatch(message);
    expect(kept(here)).toEqual([]);
  });

  it('shorter says where it ended', async () => {
    const { url } = await serve((request, response) => {
      send(request, response, CONTENT.subarray(0, 500));
    });
    const error = await failure(attempt().fetch(url));
    expect(error).toMatchObject({ kind: 'failure' });
    expect(error.message).toMatch(/ended after 0 of \d+ bytes$/);
  });

  it('replaces one of that name that was damaged', async () => {
    const { url } = await serve((request, response) => {
      send(request, response);
    });
    const here = attempt();
    mkdirSync(here.into, { recursive: true });
    writeFileSync(join(here.into, 'tiny.txt.gz'), 'damaged');
    await here.fetch(url);
    expect(readFileSync(join(here.into, 'tiny.txt.gz')).equals(CONTENT)).toBe(true);
  });
});

describe('a dataset that cannot be fetched', () => {
  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    [
      'is not there',
      (_, response) => response.writeHead(404).end(),
      /cannot be fetched: it answered 404 Not Found$/,
    ],
    [
      'has a server in trouble',
      (_, response) => response.writeHead(503).end(),
      /it answered 503 Service Unavailable$/,
    ],
    ['never answers', () => undefined, /nothing came for 0\.2 s$/],
    [
      'stops in the middle',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': CONTENT.length });
        response.write(CONTENT.subarray(0, 0));
      },
      /nothing came for 0\.2 s$/,
    ],
    [
      'sends to a file',
      (_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
      /it sends elsewhere, to file:\/\/\/etc\/passwd$/,
    ],
    ['speaks no HTTP', (request) => request.socket.end('hello\r\n'), /cannot be fetched: /],
  ])('because it %s is told in one sentence', async (_, answer, message) => {
    const { url } = await serve(answer);
    const error = await failure(attempt().fetch(url, 200));
    expect(error).toMatchObject({ kind: 'failure' });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });

  it('because nobody is there, or the folder has it not', async () => {
    const refused = await failure(attempt().fetch('http://127.0.0.1:1/'));
    expect(refused.message).toBe(
      'http://127.0.0.1:1/tiny.txt.gz cannot be fetched: the server refuses connections',
    );
    // Without --from it is beside the page of its origin.
    expect((await failure(attempt().fetch())).message).toMatch(
      /^http:\/\/127\.0\.0\.1:1\/data\/tiny\.txt\.gz cannot/,
    );
    const folder = temporaryFolder();
    expect(await failure(attempt().fetch(folder))).toMatchObject({
      kind: 'bad-input',
      message: `${folder} has no tiny.txt.gz`,
    });
    expect((await failure(attempt().fetch(join(folder, 'no')))).message).toMatch(/no does not exist$/);
    expect(await failure(attempt().fetch('ftp://127.0.0.1/'))).toMatchObject({
      kind: 'usage',
      message: '--from is fetched by http or https, and not by ftp:',
    });
  });
});
