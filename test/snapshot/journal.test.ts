import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Visit } from '../../src/core/visit.ts';
import { decodeRecord, encodeRecord, openJournal, readJournal } from '../../src/snapshot/journal.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address, listing, visit } from '../support/visits.ts';

const first = visit(address(1), { claims: listing(address(1), [address(2)]) });
const second = visit(address(2), { outcome: 'connect-refused' });

async function recorded(folder: string): Promise<{ visits: Visit[]; damage: string[] }> {
  const damage: string[] = [];
  const visits: Visit[] = [];
  for await (const one of readJournal(folder, (where) => damage.push(where))) visits.push(one);
  return { visits, damage };
}

describe('the journal', () => {
  it('gives back what was appended, in order, over several segments', async () => {
    const folder = temporaryFolder();
    for (const one of [first, second]) {
      const journal = openJournal(folder);
      journal.append([one]);
      journal.close();
    }
    expect(readdirSync(join(folder, 'visits'))).toEqual(['000001.ndjson', '000002.ndjson']);
    expect(await recorded(folder)).toEqual({ visits: [first, second], damage: [] });
  });

  it('has every appended visit on disk before it is closed, so that a crash loses none', async () => {
    const folder = temporaryFolder();
    const journal = openJournal(folder);
    journal.append([first, second]);
    expect((await recorded(folder)).visits).toHaveLength(2);
    journal.close();
  });

  it('tells where a record is torn or altered, and reads the others', async () => {
    const folder = temporaryFolder();
    const journal = openJournal(folder);
    journal.append([first, second, first]);
    journal.close();
    const path = join(folder, 'visits', '000001.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('connect-refused', 'connect-timeout'));
    appendFileSync(path, encodeRecord(second).slice(0, 40));
    const { visits, damage } = await recorded(folder);
    expect(visits).toEqual([first, first]);
    expect(damage).toEqual(['visits/000001.ndjson line 2', 'visits/000001.ndjson line 4']);
  });

  it('is readable by its owner only, since it holds raw addresses', () => {
    const folder = temporaryFolder();
    openJournal(folder).close();
    expect(statSync(join(folder, 'visits')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'visits', '000001.ndjson')).mode & 0o077).toBe(0);
  });

  it('takes nothing for a record that it did not write', () => {
    for (const line of [
      '',
      '{}',
      'null',
      '{"crc32":"00000000","visit":{}}',
      encodeRecord(first).trim().slice(1),
    ]) {
      expect(decodeRecord(line)).toBeUndefined();
    }
  });
});
