// A crawl that keeps every conversation, and the same snapshot made of them again, without a packet.
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

const FILES = ['manifest.json', 'peers.csv', 'links.csv', 'datapackage.json', 'visits/000001.ndjson'];
const MIXED = ['--simulate', 'mixed', '--peers', '300', '--connect-timeout', '1000'];

async function recorded(...options: string[]) {
  const folder = temporaryFolder();
  const [record, out] = [join(folder, 'record'), join(folder, 'first')];
  const crawled = await peerscope(['crawl', ...options, '--out', out, '--record', record]);
  return { folder, record, out, crawled };
}

describe('a recorded crawl', () => {
  it.each([
    ['in virtual time', [...MIXED, '--virtual']],
    ['over sockets', MIXED],
    ['of peers that misbehave', ['--simulate', 'hostile', '--peers', '400', '--virtual', '--leaves']],
  ])('%s gives the same snapshot again, byte for byte', async (_, options) => {
    const { folder, record, out, crawled } = await recorded(...options);
    expect(crawled.code).toBe(0);
    const again = join(folder, 'again');
    const replayed = await peerscope(['crawl', '--replay', record, '--out', again, '--format', 'json']);
    expect(replayed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(replayed.stdout)).toMatchObject({ notes: [] });
    for (const file of FILES)
      expect(readFileSync(join(again, file)).equals(readFileSync(join(out, file)))).toBe(true);
    expect(readdirSync(record).sort()).toEqual(['conversations.ndjson', 'manifest.json']);
  });

  it('tells where a conversation is understood otherwise than when it was recorded', async () => {
    const { folder, record } = await recorded('--simulate', 'quiet', '--peers', '60', '--virtual');
    const path = join(record, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { digests: Record<string, string> };
    writeFileSync(
      path,
      JSON.stringify({ ...manifest, digests: { ...manifest.digests, 'links.csv': 'other' } }),
    );
    const replayed = await peerscope([
      'crawl',
      '--replay',
      record,
      '--out',
      join(folder, 'again'),
      '--format',
      'table',
    ]);
    expect(replayed.code).toBe(0);
    expect(replayed.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'understood otherwise now than when it was recorded',
    );
    expect(replayed.stdout).toContain('links.csv');
  });

  it('is never written over, and takes nothing else when it is replayed', async () => {
    const { folder, record } = await recorded('--simulate', 'quiet', '--peers', '60', '--virtual');
    const out = join(folder, 'again');
    const over = await peerscope([
      'crawl',
      '--simulate',
      'quiet',
      '--virtual',
      '--record',
      record,
      '--out',
      out,
    ]);
    expect(over).toMatchObject({ code: 2 });
    expect(over.stderr).toContain('cannot be made there');
    for (const more of [['--concurrency', '5'], ['--peers', '5'], ['--seed', '5'], ['127.0.0.1:5']]) {
      const refused = await peerscope(['crawl', '--replay', record, '--out', out, ...more]);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
    }
  });

  it('that is none, or is damaged, is a clear error', async () => {
    const { folder, record } = await recorded('--simulate', 'quiet', '--peers', '60', '--virtual');
    const none = await peerscope(['crawl', '--replay', folder, '--out', join(folder, 'a')]);
    expect(none).toMatchObject({ code: 3 });
    appendFileSync(join(record, 'conversations.ndjson'), '{"endpoint": 5}\n');
    const damaged = await peerscope(['crawl', '--replay', record, '--out', join(folder, 'b')]);
    expect(damaged).toMatchObject({ code: 3 });
    expect(damaged.stderr).toMatch(/conversations\.ndjson line \d+ is no conversation/);
  });
});
