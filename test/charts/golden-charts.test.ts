import { WriteStream } from 'node:tty';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chartText } from '../../src/charts/chart-text.ts';
import { PLAIN } from '../../src/charts/style.ts';
import { terminalStyle } from '../../src/cli/style.ts';
import { CHARTS } from './golden-charts.ts';

/** A terminal that has as many colours as these variables of the environment say. */
function terminal(env: Record<string, string>) {
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    getColorDepth: () => (Object.create(WriteStream.prototype) as WriteStream).getColorDepth(env),
  });
  return { stream, isTTY: true, columns: 80 };
}

afterEach(() => vi.unstubAllEnvs());

/** The stored texts were looked at, one by one; what they show is made up, but for the curves and degrees of the lecture. */
describe.each(Object.entries(CHARTS))('the chart “%s”', (name, chart) => {
  it('looks as it is stored: 80 and 120 columns plain, and 80 in colour', async () => {
    vi.stubEnv('FORCE_COLOR', '1');
    const plain = (width: number) => chartText(chart, { width, style: PLAIN });
    const colour = chartText(chart, { width: 80, style: terminalStyle(terminal({ TERM: 'xterm' })) });
    const pages = [
      ['80 columns', ...plain(80)],
      ['120 columns', ...plain(120)],
      ['80 columns, in colour', ...colour.map((line) => line.replaceAll('\u001b', '␛'))],
    ];
    const text = pages.map(([title = '', ...lines]) => `--- ${title}\n${lines.join('\n')}\n`).join('\n');
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('is the same without colours in a pipe and with NO_COLOR, and in colour but for the codes', () => {
    vi.stubEnv('FORCE_COLOR', undefined);
    const drawn = (style: Parameters<typeof chartText>[1]['style']) => chartText(chart, { width: 80, style });
    const plain = drawn(PLAIN);
    expect(drawn(terminalStyle({ ...terminal({}), isTTY: false }))).toEqual(plain);
    expect(drawn(terminalStyle(terminal({ NO_COLOR: '1' })))).toEqual(plain);
    const coloured = drawn(terminalStyle(terminal({ TERM: 'xterm-256color' })));
    expect(coloured).not.toEqual(plain);
    expect(coloured.map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual(plain);
  });
});
