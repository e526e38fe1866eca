import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/core/address.ts';
import { openLedger, readLedger, LEDGER_FILE, type Contact } from '../../src/snapshot/ledger.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address } from '../support/visits.ts';

const longest = parseAddress('[2001:db8:1111:2222:3333:4444:5555:6666]:65535') ?? address(1);
const first: Contact = {
  time: Date.UTC(2005, 1, 2, 12, 0, 0, 7),
  address: address(1),
  carrier: 'tcp',
  source: undefined,
  reason: 'bootstrap',
};
const second: Contact = {
  time: first.time + 61_000,
  address: longest,
  carrier: 'udp',
  source: '2001:db8:1111:2222:3333:4444:5555:7777',
  reason: 'second-look',
};

async function read(folder: string) {
  const damage: string[] = [];
  const contacts: Contact[] = [];
  for await (const contact of readLedger(folder, (where) => damage.push(where))) contacts.push(contact);
  return { contacts, damage };
}

function written(folder: string, ...contacts: readonly Contact[]): string {
  const ledger = openLedger(folder);
  for (const contact of contacts) ledger.note(contact);
  ledger.close();
  return join(folder, LEDGER_FILE);
}

describe('the ledger of contacts', () => {
  it('is a CSV file with a line for each contact', () => {
    const path = written(temporaryFolder(), first, second);
    expect(readFileSync(path, 'utf8')).toBe(
      'time,address,carrier,source,reason\n' +
        '2005-02-02T12:00:00.007Z,127.9.0.1:6346,tcp,,bootstrap\n' +
        `2005-02-02T12:01:01.007Z,${longest},udp,2001:db8:1111:2222:3333:4444:5555:7777,second-look\n`,
    );
  });

  it('gives back what was noted, also by several runs', async () => {
    const folder = temporaryFolder();
    written(folder, first, second);
    written(folder, { ...first, reason: 'repeat' });
    expect(await read(folder)).toEqual({
      contacts: [first, second, { ...first, reason: 'repeat' }],
      damage: [],
    });
  });

  it('has in its file what was flushed, and may keep the rest back', () => {
    const folder = temporaryFolder();
    const ledger = openLedger(folder);
    const lines = () => readFileSync(join(folder, LEDGER_FILE), 'utf8').split('\n').length - 1;
    ledger.note(first);
    ledger.flush();
    expect(lines()).toBe(2);
    ledger.note(second);
    expect(lines()).toBe(2);
    for (let i = 0; i < 300; i++) ledger.note(second);
    // Never more than 16 KiB, of lines of 120 characters.
    expect(lines()).toBeGreaterThan(302 - 137);
    ledger.close();
    expect(lines()).toBe(303);
  });

  it('holds tens of thousands of contacts', async () => {
    const folder = temporaryFolder();
    const contacts = Array.from({ length: 30_000 }, (_, i) => ({
      ...(i % 3 ? first : second),
      time: first.time + i,
    }));
    written(folder, ...contacts);
    expect(await read(folder)).toEqual({ contacts, damage: [] });
  });

  it('is readable by its owner only, since it holds raw addresses', () => {
    const folder = temporaryFolder();
    const path = written(folder, first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'visits')).mode & 0o077).toBe(0);
  });

  it('tells of a last line that a crash has torn, wherever it did, and goes on behind it', async () => {
    const folder = temporaryFolder();
    const path = written(folder, first, second);
    const { size } = statSync(path);
    const lastLine = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)?.length ?? 0;
    for (let lost = 1; lost <= lastLine; lost++) {
      truncateSync(path, size - lost);
      expect(await read(folder), String(lost)).toEqual({
        contacts: [first],
        damage: [`${LEDGER_FILE} line 3`],
      });
    }
    written(folder, first);
    expect(await read(folder)).toEqual({ contacts: [first, first], damage: [`${LEDGER_FILE} line 3`] });
  });

  it.each([
    '2005-02-02T12:00:00.007Z,127.9.0.1:6346,tcp,,because',
    '2005-02-02T12:00:00.007Z,127.9.0.1:6346,sctp,,learned',
    '2005-02-02T12:00:00.007Z,127.9.0.1:0,tcp,,learned',
    '2005-02-02T12:00:00.007Z,127.9.0.1:6346,tcp,nowhere,learned',
    '2005-02-02,127.9.0.1:6346,tcp,,learned',
    '2005-02-02T12:00:00.007Z,127.9.0.1:6346,tcp,,learned,',
    '2005-02-02T12:00:00.007Z,127.9.0.1:6346,tcp',
    '',
    'x'.repeat(100_000),
  ])('tells of a line that is no contact: %j', async (line) => {
    const folder = temporaryFolder();
    const path = written(folder, first);
    appendFileSync(path, `${line}\n`);
    written(folder, second);
    expect(await read(folder)).toEqual({ contacts: [first, second], damage: [`${LEDGER_FILE} line 3`] });
  });

  it('keeps little of a line without end', async () => {
    const folder = temporaryFolder();
    const path = written(folder, first);
    writeFileSync(path, 'y'.repeat(3_000_000));
    expect(await read(folder)).toEqual({ contacts: [], damage: [`${LEDGER_FILE} line 1`] });
  });

  it('is a clear error where it is missing', async () => {
    await expect(read(temporaryFolder())).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringMatching(/contacts\.csv is missing$/) as string,
    });
  });
});
