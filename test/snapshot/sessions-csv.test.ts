import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEHAVIOURS } from '../../src/core/behaviour.ts';
import { RELATIONS, ROLES } from '../../src/core/claims.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import type { TruthSessions } from '../../src/snapshot/rows.ts';
import { linkSessionsCsv, readSessions, sessionsCsv } from '../../src/snapshot/sessions-csv.ts';
import { writeTruth } from '../../src/snapshot/write-truth.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ORIGIN = { overlay: 'gnutella', options: {}, seed: 1, at: 0 };

function written(sessions?: TruthSessions): string {
  const folder = join(temporaryFolder(), 'truth');
  writeTruth(folder, new Fold([]).tables('truth'), ORIGIN, sessions);
  return folder;
}

const time = fc.integer({ min: 0, max: 4e12 });
const times = { start: time, end: fc.option(time, { nil: undefined }) };
const id = fc.constantFrom('127.1.0.1:6346', '127.1.0.12:6346', '[::1]:40000', 'é');
const sessions = fc.array(
  fc.record({ id, role: fc.constantFrom(...ROLES), behaviour: fc.constantFrom(...BEHAVIOURS), ...times }),
);
const linkSessions = fc.array(
  fc.record({ source: id, target: id, relation: fc.constantFrom(...RELATIONS), ...times }),
);

describe('sessions on disk', () => {
  it('are a row each, with times in milliseconds and an empty end while they go on', () => {
    const session = { id: '127.1.0.1:6346', role: 'leaf', behaviour: 'slow', start: 0, end: 61_001 } as const;
    expect(Buffer.concat([...sessionsCsv([session, { ...session, end: undefined }])]).toString()).toBe(
      'id,role,behaviour,start,end\n' +
        '127.1.0.1:6346,leaf,slow,1970-01-01T00:00:00.000Z,1970-01-01T00:01:01.001Z\n' +
        '127.1.0.1:6346,leaf,slow,1970-01-01T00:00:00.000Z,\n',
    );
    const link = { source: 'a', target: 'b', relation: 'registration', start: 1, end: undefined } as const;
    expect(Buffer.concat([...linkSessionsCsv([link])]).toString()).toBe(
      'source,target,relation,start,end\na,b,registration,1970-01-01T00:00:00.001Z,\n',
    );
  });

  it('read back as they were written, as often as one likes', () => {
    const folder = join(temporaryFolder(), 'truth');
    fc.assert(
      fc.property(sessions, fc.option(linkSessions, { nil: undefined }), (sessions, linkSessions) => {
        writeTruth(folder, new Fold([]).tables('truth'), ORIGIN, {
          sessions,
          ...(linkSessions === undefined ? {} : { linkSessions }),
        });
        const read = readSessions(folder, readManifest(folder));
        for (let round = 0; round < 2; round++) {
          expect([...(read?.sessions ?? [])]).toEqual(sessions);
          expect(read?.linkSessions && [...read.linkSessions]).toEqual(linkSessions);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('come out whole where the file is larger than what is read at a time', () => {
    const count = 40_000;
    const rows = Array.from({ length: count }, (_, start) => ({
      source: `127.1.0.1:${start}`,
      target: '127.1.0.2:6346',
      relation: 'connection' as const,
      start,
      end: undefined,
    }));
    const folder = written({ sessions: [], linkSessions: rows });
    expect([...(readSessions(folder, readManifest(folder))?.linkSessions ?? [])]).toEqual(rows);
  });

  it('are not there in a truth without any', () => {
    const folder = written();
    expect(readSessions(folder, readManifest(folder))).toBeUndefined();
  });

  it('name the line that is not as it should be, and the file that is another one', () => {
    const folder = written({ sessions: [] });
    const path = join(folder, 'sessions.csv');
    const header = readFileSync(path, 'utf8');
    const problem = (text: string): string => {
      writeFileSync(path, text);
      const digest = createHash('sha256').update(text).digest('hex');
      const manifest = { ...readManifest(folder), digests: { 'sessions.csv': digest } };
      try {
        return String([...(readSessions(folder, manifest)?.sessions ?? [])].length);
      } catch (error) {
        return String(error);
      }
    };
    const start = '2005-02-02T12:00:00.000Z';
    expect(problem(`${header}a,leaf,slow,${start},\n`)).toBe('1');
    expect(problem(`${header}a,leaf,slow,${start},`)).toBe('1');
    expect(problem('who,what\n')).toMatch(/line 1: the columns must be id, role/);
    expect(problem(`${header}a,leaf,slow,${start},\na,king,slow,${start},\n`)).toMatch(/line 3: role$/);
    expect(problem(`${header}a,leaf,evil,${start},\n`)).toMatch(/line 2: behaviour$/);
    expect(problem(`${header}a,leaf,slow,noon,\n`)).toMatch(/line 2: start$/);
    expect(problem(`${header}a,leaf,slow,${start},late\n`)).toMatch(/line 2: end$/);
    expect(problem(`${header}a,leaf\n`)).toMatch(/line 2: 2 cells, not 5$/);
    expect(problem(`${header}${'a'.repeat(3_000_000)}`)).toMatch(/a line of more than/);
    writeFileSync(path, `${header}a,leaf,slow,${start},\n`);
    const read = readSessions(folder, readManifest(folder));
    expect(() => [...(read?.sessions ?? [])]).toThrow('is not the file that was written with this truth');
  });
});
