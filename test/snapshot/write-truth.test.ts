import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fold } from '../../src/snapshot/fold.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import type { TruthSessions } from '../../src/snapshot/rows.ts';
import { writeTruth } from '../../src/snapshot/write-truth.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ORIGIN = { overlay: 'gnutella', options: {}, seed: 1, at: 60_000, since: 0 };
const tables = new Fold([]).tables('truth');
const sessions: TruthSessions = {
  sessions: [{ id: 'a', role: 'leaf', behaviour: 'healthy', start: 0, end: undefined }],
  linkSessions: [{ source: 'a', target: 'b', relation: 'registration', start: 0, end: 5 }],
};

describe('the truth of an overlay that changes', () => {
  it('spans an interval, and has its sessions beside its peers and links', () => {
    const folder = join(temporaryFolder(), 'truth');
    writeTruth(folder, tables, ORIGIN, sessions);
    const { startedAt, endedAt, digests } = readManifest(folder);
    expect({ startedAt, endedAt }).toEqual({
      startedAt: '1970-01-01T00:00:00.000Z',
      endedAt: '1970-01-01T00:01:00.000Z',
    });
    expect(readdirSync(folder).sort()).toEqual([
      'datapackage.json',
      'link_sessions.csv',
      'links.csv',
      'manifest.json',
      'peers.csv',
      'sessions.csv',
    ]);
    for (const [name, digest] of Object.entries(digests)) {
      const content = readFileSync(join(folder, name));
      expect(createHash('sha256').update(content).digest('hex')).toBe(digest);
    }
    expect(Object.keys(digests).sort()).toEqual([
      'link_sessions.csv',
      'links.csv',
      'peers.csv',
      'sessions.csv',
    ]);
  });

  it('is described whole by its data package, column by column', () => {
    const folder = join(temporaryFolder(), 'truth');
    const described = (given?: TruthSessions) => {
      writeTruth(folder, tables, ORIGIN, given);
      const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
        resources: { path: string; schema: { fields: { name: string }[] } }[];
      };
      for (const { path, schema } of resources) {
        const header = readFileSync(join(folder, path), 'utf8').split('\n')[0];
        expect(schema.fields.map(({ name }) => name).join(',')).toBe(header);
      }
      return resources.map(({ path }) => path);
    };
    expect(described()).toEqual(['peers.csv', 'links.csv']);
    expect(described({ sessions: sessions.sessions })).toEqual(['peers.csv', 'links.csv', 'sessions.csv']);
    expect(described(sessions)).toEqual(['peers.csv', 'links.csv', 'sessions.csv', 'link_sessions.csv']);
  });

  it('is replaced as often as one likes, and keeps nothing of an earlier one', async () => {
    const folder = join(temporaryFolder(), 'truth');
    writeTruth(folder, tables, ORIGIN, sessions);
    writeTruth(folder, tables, { ...ORIGIN, at: 90_000 }, { sessions: sessions.sessions });
    expect(readdirSync(folder)).not.toContain('link_sessions.csv');
    writeTruth(folder, tables, { ...ORIGIN, at: 90_000 });
    expect(readdirSync(folder)).not.toContain('sessions.csv');
    expect((await readSnapshot(folder)).manifest.endedAt).toBe('1970-01-01T00:01:30.000Z');
  });

  it('stays readable while the next one is being written, and after that has failed', async () => {
    const folder = join(temporaryFolder(), 'truth');
    writeTruth(folder, tables, ORIGIN, sessions);
    const before = readManifest(folder);
    const failing = {
      *[Symbol.iterator](): Generator<never> {
        expect(readManifest(folder)).toEqual(before);
        throw new Error('no more');
      },
    };
    expect(() => {
      writeTruth(folder, { peers: [], links: failing }, ORIGIN, sessions);
    }).toThrow('no more');
    expect((await readSnapshot(folder)).manifest).toEqual(before);
    writeTruth(folder, tables, { ...ORIGIN, at: 90_000 }, sessions);
    expect(readdirSync(folder)).toHaveLength(6);
  });

  it('can be written after a first attempt has failed, and never where anything else lies', () => {
    const folder = join(temporaryFolder(), 'truth');
    const failing = {
      *[Symbol.iterator](): Generator<never> {
        throw new Error('no more');
      },
    };
    expect(() => {
      writeTruth(folder, { peers: [], links: failing }, ORIGIN);
    }).toThrow('no more');
    writeTruth(folder, tables, ORIGIN);
    expect(readManifest(folder).origin).toBe('truth');
    const foreign = join(temporaryFolder(), 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'sessions.csv'), 'mine');
    expect(() => {
      writeTruth(foreign, tables, ORIGIN, sessions);
    }).toThrow('is not empty');
    expect(readFileSync(join(foreign, 'sessions.csv'), 'utf8')).toBe('mine');
  });
});
