// A crawl that keeps every conversation, and the same snapshot made of them again, without a packet.
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import { WAIT, type Conversation, type Transport } from '../../src/core/visit.ts';
import type { RecordedConversation } from '../../src/crawl/recording.ts';
import { recordingTransport } from '../../src/crawl/recording-transport.ts';
import { address, visit } from '../support/visits.ts';
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

  it('that broke off gives the snapshot of what had been heard by then, incomplete', async () => {
    const { folder, record } = await recorded('--simulate', 'quiet', '--peers', '200', '--virtual');
    const manifest = JSON.parse(readFileSync(join(record, 'manifest.json'), 'utf8')) as object;
    const begun = {
      ...manifest,
      state: 'incomplete',
      endedAt: null,
      durationSeconds: null,
      counts: null,
      digests: {},
    };
    writeFileSync(join(record, 'manifest.json'), JSON.stringify(begun));
    const lines = readFileSync(join(record, 'conversations.ndjson'), 'utf8').split('\n').slice(0, 10);
    writeFileSync(join(record, 'conversations.ndjson'), `${lines.join('\n')}\n`);
    const out = join(folder, 'again');
    const replayed = await peerscope(['crawl', '--replay', record, '--out', out, '--format', 'json']);
    expect(replayed.code).toBe(130);
    expect(JSON.parse(replayed.stdout)).toMatchObject({
      manifest: { state: 'incomplete', counts: { visits: 10 } },
    });
  });

  it('that is shorter than its crawl, or longer, is refused', async () => {
    const { folder, record } = await recorded('--simulate', 'quiet', '--peers', '60', '--virtual');
    const path = join(record, 'conversations.ndjson');
    const whole = readFileSync(path, 'utf8');
    const lines = whole.trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
    const short = await peerscope(['crawl', '--replay', record, '--out', join(folder, 'a')]);
    expect(short).toMatchObject({ code: 3 });
    expect(short.stderr).toContain(`only ${lines.length - 1} of the ${lines.length} conversations`);
    writeFileSync(path, `${whole}${lines[0]}\n`);
    const long = await peerscope(['crawl', '--replay', record, '--out', join(folder, 'b')]);
    expect(long).toMatchObject({ code: 3 });
    expect(long.stderr).toContain('that nobody asks for');
  });

  it.each([
    ['a time that is none', (line: string) => line.replace(/"startedAt":\d+/, '"startedAt":1e20')],
    ['an address that is none', (line: string) => line.replace(/"endpoint":"[^"]*"/, '"endpoint":"nowhere"')],
    ['a negative duration', (line: string) => line.replace(/"duration":[\d.]+/, '"duration":-1e300')],
  ])('with %s is a clear error', async (_, damage) => {
    const { folder, record } = await recorded('--simulate', 'quiet', '--peers', '60', '--virtual');
    const path = join(record, 'conversations.ndjson');
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    const replayed = await peerscope(['crawl', '--replay', record, '--out', join(folder, 'a')]);
    expect(replayed).toMatchObject({ code: 3 });
    expect(replayed.stderr).toContain('line 1 is no conversation');
  });

  it('keeps no more of stray datagrams than a bound, and all that says something', () => {
    const appended: RecordedConversation[] = [];
    const endpoint = address(1);
    const recording = {
      begin: () => undefined,
      append: (conversation: RecordedConversation) => void appended.push(conversation),
      close: () => undefined,
    };
    const transport: Transport = {
      converse: (_, conversation) => {
        for (let i = 0; i < 10_000; i++) conversation.receive(new Uint8Array(1_000));
        const { answer } = conversation.receive(new Uint8Array([1]));
        return Promise.resolve(visit(endpoint, { ...answer, question: 'test' }));
      },
    };
    const conversation: Conversation = {
      question: 'test',
      carrier: 'udp',
      opening: new Uint8Array(3),
      receive: (bytes) => (bytes.length === 1 ? { answer: { outcome: 'ok', claims: NO_CLAIMS } } : WAIT),
      end: () => ({ outcome: 'connect-timeout', claims: NO_CLAIMS }),
    };
    const signal = new AbortController().signal;
    return recordingTransport(transport, recording, signal)
      .converse(endpoint, conversation)
      .then(() => {
        expect(JSON.stringify(appended).length).toBeLessThan(1 << 20);
        expect(appended[0]?.exchange.at(-1)).toEqual({ from: 'peer', bytes: 'AQ==' });
      });
  });
});
