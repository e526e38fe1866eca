import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../src/core/address-book.ts';
import { WAIT, type Asked, type Carrier, type Question, type Visit } from '../../src/core/visit.ts';
import { Agenda } from '../../src/crawl/agenda.ts';
import { MemoryFrontier } from '../../src/crawl/memory-frontier.ts';
import type { Task } from '../../src/crawl/task.ts';
import { address, visit } from '../support/visits.ts';

function questionOf(name: string, carrier: Carrier): Question {
  const answer = visit(address(1));
  return {
    name,
    carrier,
    ask: () => ({
      question: name,
      carrier,
      opening: new Uint8Array(),
      receive: () => WAIT,
      end: () => answer,
    }),
  };
}

const knock = questionOf('knock', 'tcp');
const write = questionOf('write', 'udp');
const ring = questionOf('ring', 'tcp');

/** Knock, then write, then ring, until one of them is answered. */
const followUp = (asked: readonly Asked[]): Question | undefined =>
  asked.at(-1)?.outcome === 'ok'
    ? undefined
    : [knock, write, ring].find(({ name }) => !asked.some(({ question }) => question === name));

function agendaFor(...bootstrap: number[]): Agenda {
  const frontier = new MemoryFrontier(new AddressBook());
  const options = { question: knock, followUp, contactLeaves: false, frontier };
  return new Agenda({ ...options, bootstrap: bootstrap.map(address) });
}

async function next(agenda: Agenda): Promise<Task | undefined> {
  return (await agenda.take('tcp', 1))[0] ?? (await agenda.take('udp', 1))[0];
}

const silent = ({ endpoint, question }: Task, more: Partial<Visit> = {}): Visit =>
  visit(endpoint, { question: question.name, outcome: 'silent', ...more });

/** What one peer is asked, where all it does is told by what it is asked, and why. */
async function askedOf(agenda: Agenda, does: (name: string, again: string | undefined) => Partial<Visit>) {
  const asked: string[] = [];
  for (let task = await next(agenda); task !== undefined; task = await next(agenda)) {
    const { question, again } = task;
    asked.push(again === undefined ? question.name : `${question.name}, ${again}`);
    agenda.record(task, silent(task, does(question.name, again)));
  }
  return asked;
}

describe('whoever is given up in haste', () => {
  const hastyOnce = (name: string, again: string | undefined): Partial<Visit> =>
    name === 'knock' && again === undefined ? { hasty: true } : {};

  it('is asked by datagram first, then once more the same, and only then the next question', async () => {
    expect(await askedOf(agendaFor(1), hastyOnce)).toEqual(['knock', 'write', 'knock, retry', 'ring']);
  });

  it('is not asked the same again where the datagram was answered', async () => {
    const answersDatagrams = (name: string, again: string | undefined): Partial<Visit> =>
      name === 'write' ? { outcome: 'ok' } : hastyOnce(name, again);
    expect(await askedOf(agendaFor(1), answersDatagrams)).toEqual(['knock', 'write']);
  });

  it('is asked nothing else where the second time brings the answer', async () => {
    const answersLate = (name: string, again: string | undefined): Partial<Visit> =>
      again === 'retry' ? { outcome: 'ok' } : hastyOnce(name, again);
    expect(await askedOf(agendaFor(1), answersLate)).toEqual(['knock', 'write', 'knock, retry']);
  });

  it('waits until everybody else has been asked', async () => {
    const agenda = agendaFor(1, 2);
    const first = (await agenda.take('tcp', 1))[0]!;
    agenda.record(first, silent(first, { hasty: true }));
    const byDatagram = (await agenda.take('udp', 1))[0]!;
    agenda.record(byDatagram, silent(byDatagram));
    const tasks = await agenda.take('tcp', 9);
    expect(tasks.map(({ endpoint, again }) => [endpoint, again])).toEqual([
      [address(2), undefined],
      [address(1), 'retry'],
    ]);
  });

  it('is asked once more by the crawl that goes on after this one was cut off', async () => {
    const agenda = agendaFor(1);
    agenda.remember(visit(address(1), { question: 'knock', outcome: 'silent', hasty: true }));
    agenda.resume([]);
    expect(await askedOf(agenda, () => ({}))).toEqual(['write', 'knock, retry', 'ring']);
  });

  it('keeps its place where that crawl was cut off after the second time', async () => {
    const agenda = agendaFor(1);
    agenda.remember(visit(address(1), { question: 'knock', outcome: 'silent', hasty: true }));
    agenda.remember(visit(address(1), { question: 'write', outcome: 'connect-timeout' }));
    agenda.remember(visit(address(1), { question: 'knock', outcome: 'silent', again: 'retry' }));
    agenda.resume([]);
    expect(await askedOf(agenda, () => ({}))).toEqual(['ring']);
  });
});
