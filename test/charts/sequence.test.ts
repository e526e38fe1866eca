import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceMermaid } from '../../src/charts/sequence-mermaid.ts';
import { sequenceRows } from '../../src/charts/sequence-rows.ts';
import { drawSequence } from '../../src/charts/sequence-svg.ts';
import { sequenceLines } from '../../src/charts/sequence-text.ts';
import { PLAIN } from '../../src/charts/style.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';
import type { SequenceChart, SequenceMessage } from '../../src/core/sequence.ts';

const KINDS = ['connect', 'request', 'answer', 'duplicate', 'transfer'] as const;
const ROLES = ['server', 'superpeer', 'leaf', 'peer'] as const;

/** Charts of any size, with texts of strangers in them. */
const chart: fc.Arbitrary<SequenceChart> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.nat(20))
  .chain(([count, size]) =>
    fc.record({
      title: fc.string(),
      participants: fc.array(
        fc.record({ name: fc.string({ minLength: 1, maxLength: 8 }), role: fc.constantFrom(...ROLES) }),
        { minLength: count, maxLength: count },
      ),
      messages: fc
        .array(
          fc.record({
            from: fc.nat(count - 1),
            to: fc.nat(count - 1),
            kind: fc.constantFrom(...KINDS),
            type: fc.string({ unit: 'grapheme', maxLength: 40 }),
            detail: fc.string({ maxLength: 40 }),
            times: fc.integer({ min: 1, max: 3 }),
            at: fc.nat(3),
          }),
          { minLength: size, maxLength: size },
        )
        .map((messages) => messages.filter(({ from, to }) => from !== to).sort((a, b) => a.at - b.at)),
      chapters: fc.array(fc.record({ title: fc.string(), before: fc.nat(20) }), { maxLength: 3 }),
    }),
  );

const message = (
  from: number,
  to: number,
  kind: SequenceMessage['kind'],
  type: string,
  at = 0,
): SequenceMessage => ({
  from,
  to,
  kind,
  type,
  detail: '',
  times: 1,
  at,
});

const SMALL: SequenceChart = {
  title: 'Small',
  participants: [
    { name: 'A', role: 'peer' },
    { name: 'B', role: 'superpeer' },
    { name: 'C', role: 'leaf' },
  ],
  messages: [
    message(0, 1, 'connect', 'HELLO'),
    message(0, 2, 'request', 'QUERY', 20),
    message(2, 1, 'duplicate', 'QUERY', 40),
    message(2, 0, 'answer', 'HIT', 40),
    { ...message(0, 2, 'transfer', 'GET', 60), times: 2, detail: 'file' },
  ],
  chapters: [{ title: 'Search', before: 1 }],
};

describe('a sequence chart as text', () => {
  it('has lifelines, and an arrow a line with its message beside it', () => {
    // By hand, at 60 columns: 9 for the time, 3 lifelines 7 apart (6, and half of what is left to them), 30 for the rest.
    expect(sequenceLines(SMALL, { width: 60, style: PLAIN })).toEqual([
      '            A      B      C',
      '          peer   super  leaf',
      '    0 ms    ├─────▷│      │    HELLO',
      '            │      │      │',
      '            │      │      │    Search',
      '   20 ms    ├──────┼─────►│    QUERY',
      '   40 ms    │      │×─────┤    QUERY',
      '   40 ms    │◄╌╌╌╌╌┼╌╌╌╌╌╌┤    HIT',
      '   60 ms    ╞══════╪═════►│    GET ×2 file',
      '',
      '──▷ connect, register   ──► request   ╌╌► answer',
      '──× dropped: heard before   ══► file, out of band',
    ]);
  });

  it('has a line for each message, none wider than the terminal, or is left to a table (property)', () => {
    fc.assert(
      fc.property(chart, fc.integer({ min: 40, max: 160 }), (drawn, width) => {
        const lines = sequenceLines(drawn, { width, style: PLAIN });
        if (lines === undefined) {
          // Only where names and messages have no room side by side.
          const widest = Math.max(...drawn.participants.map(({ name }) => displayWidth(name)));
          expect(drawn.participants.length * Math.max(6, widest + 2)).toBeGreaterThan(width - 25);
          return;
        }
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.filter((line) => /[►◄▷◁×]/.test(line)).length).toBeGreaterThanOrEqual(
          drawn.messages.length,
        );
      }),
    );
  });

  it('has room for eight participants in 80 columns, and for none in 40', () => {
    const participants = Array.from({ length: 8 }, (_, i) => ({ name: `P${i}`, role: 'peer' as const }));
    expect(sequenceLines({ ...SMALL, participants }, { width: 80, style: PLAIN })).toBeDefined();
    expect(sequenceLines({ ...SMALL, participants }, { width: 40, style: PLAIN })).toBeUndefined();
  });
});

describe('the rows of a drawing', () => {
  it('have every message once, in order of time, and none over another one (property)', () => {
    fc.assert(
      fc.property(chart, (drawn) => {
        const rows = sequenceRows(drawn).flatMap((row) => (row.kind === 'messages' ? [row] : []));
        const all = rows.flatMap(({ messages }) => messages);
        expect(new Set(all).size).toBe(drawn.messages.length);
        expect(all).toHaveLength(drawn.messages.length);
        expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).sort((a, b) => a - b));
        for (const { messages, at } of rows) {
          const covered = new Set<number>();
          for (const { from, to, at: sentAt } of messages) {
            expect(sentAt).toBe(at);
            for (let gap = Math.min(from, to); gap < Math.max(from, to); gap++) {
              expect(covered.has(gap)).toBe(false);
              covered.add(gap);
            }
          }
        }
      }),
    );
  });
});

describe('a sequence chart as SVG', () => {
  const words = { subtitle: 'below', description: 'what there is to see' };

  it('is a drawing whatever its texts are, the same every time (property)', () => {
    fc.assert(
      fc.property(chart, (drawn) => {
        const svg = drawSequence(drawn, words);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        expect(drawSequence(drawn, words)).toBe(svg);
      }),
      { numRuns: 50 },
    );
  });

  it('tells each kind by more than its colour', () => {
    const svg = drawSequence(SMALL, words);
    // A cross for what is dropped, dashes for answers, two lines for a transfer, hollow heads for connecting; each once
    // in the chart and once in the legend.
    expect(svg.match(/<path /g)).toHaveLength(2);
    expect(svg.match(/stroke-dasharray="7 4"/g)).toHaveLength(2);
    expect(svg.match(/stroke="#000000" stroke-width="1.6"\/>/g)?.length).toBeGreaterThanOrEqual(4);
    expect(svg.match(/<polygon [^>]*fill="white"/g)).toHaveLength(2);
  });
});

describe('a sequence chart as Mermaid', () => {
  it('is what Mermaid reads', () => {
    // Rendered with Mermaid 11.17 when this was written.
    expect(sequenceMermaid(SMALL)).toBe(
      [
        'sequenceDiagram',
        '    title Small',
        '    participant A1 as A (peer)',
        '    participant A2 as B (superpeer)',
        '    participant A3 as C (leaf)',
        '    A1->>A2: HELLO',
        '    Note over A1,A3: Search',
        '    A1->>A3: QUERY',
        '    A3-xA2: QUERY',
        '    A3-->>A1: HIT',
        '    A1->>A3: GET ×2 file',
        '',
      ].join('\n'),
    );
  });

  it('has a line for each message, and nothing in it that ends a line or begins a comment (property)', () => {
    fc.assert(
      fc.property(chart, (drawn) => {
        const lines = sequenceMermaid(drawn).trimEnd().split('\n');
        const arrows = lines.filter((line) => /^ {4}A\d+(->>|-->>|-x)A\d+:/.test(line));
        expect(arrows).toHaveLength(drawn.messages.length);
        for (const line of lines) {
          expect(line.replace(/#\d+;/g, '')).not.toMatch(/[#;{}\\]|%%|[\r\n\u2028]/);
          expect(line.replace(/->>/g, '')).not.toMatch(/[<>]/);
        }
      }),
    );
  });

  it('escapes what Mermaid would take for something else', () => {
    const [, title] = sequenceMermaid({ ...SMALL, title: 'a;b #1 %% <i>\n50%' }).split('\n');
    expect(title).toBe('    title a#59;b #35;1 #37;#37; #60;i#62; 50%');
  });
});
