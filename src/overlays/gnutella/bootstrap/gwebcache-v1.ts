import { AnswerCollector, type CacheAnswer, decodeCount } from './cache-answer.ts';
import { plainName } from '../wire/values.ts';

/**
 * Reads the lines of a version 1 answer (specification 1.3.1, sections 2.1 to 2.6). What a line is can be told from
 * itself: `ip:port`, `http://…`, `PONG …`, `OK`, `WARNING: …`, a number. Some caches write several URLs in a line, or
 * `OKWARNING: …` in one.
 */
export function decodeV1Lines(lines: readonly string[]): AnswerCollector {
  const collector = new AnswerCollector();
  for (const line of lines) decodeLine(line, collector);
  return collector;
}

function decodeLine(line: string, collector: AnswerCollector): void {
  const words = /^(PONG|OK|WARNING)(?=$|[^A-Za-z]|WARNING)(.*)$/i.exec(line);
  const count = decodeCount(line);
  if (words !== null) decodeWords(words[1]?.toUpperCase() ?? '', words[2] ?? '', collector);
  else if (/^http(?::\/\/|%3a)/i.test(line))
    for (const url of line.split(/[ \t]+/)) collector.addUrl(url, {});
  else if (count !== undefined) decodeStatistic(count, collector);
  else collector.addHost(line, {});
}

function decodeWords(first: string, rest: string, collector: AnswerCollector): void {
  if (first === 'PONG') {
    collector.setPong(rest.trim(), []);
    return;
  }
  collector.setUpdate(first === 'OK' ? 'ok' : 'warning');
  const text = rest.replace(/^[\s:|]+/, '').replace(/^WARNING[\s:|]*/i, '');
  if (text !== '') collector.addWarning(text);
}

function decodeStatistic(count: number, collector: AnswerCollector): void {
  if (collector.statistics < 3) collector.addStatistic(count);
  else collector.reject();
}

/** The same as text; ages and all else that version 1 has no place for is left out. Empty where there is nothing to say. */
export function encodeV1Answer(answer: CacheAnswer): string {
  const lines = [
    ...(answer.pong === undefined ? [] : [`PONG ${plainName(answer.pong.name)}`.trimEnd()]),
    ...(answer.update === 'ok' ? ['OK'] : []),
    ...(answer.update === 'warning' && answer.warnings.length === 0 ? ['WARNING'] : []),
    ...answer.warnings.map((text) => `WARNING: ${plainName(text)}`),
    ...answer.hosts.map((host) => host.address),
    ...answer.urls.map((known) => known.url),
    ...answer.statistics.map(String),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
