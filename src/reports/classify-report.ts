import type { Answer, Classification } from '../analyses/classify/classify.ts';
import { ANSWERS } from '../analyses/classify/classify.ts';
import type { Declared } from '../analyses/classify/declared.ts';
import { evidenceOf } from '../analyses/classify/evidence.ts';
import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { BarsChart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import type { TablesReport } from './format-tables.ts';
import { tableText } from './table-text.ts';

/** What one input was taken for. */
export interface ClassifiedInput {
  readonly input: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly classification: Classification;
  readonly declared: Declared;
  /** The ids of the servers that were found. */
  readonly servers: readonly string[];
}

/** What people call the columns. */
const NAMES: Readonly<Record<Answer, string>> = {
  'client-server': 'client-server',
  centralized: 'centralized P2P',
  pure: 'pure P2P',
  hybrid: 'hybrid P2P',
  structured: 'structured P2P (DHT)',
  none: 'none of them',
};

export function classifyReport(inputs: readonly ClassifiedInput[], seed: number): TablesReport {
  return {
    tables: [answersTable(inputs), evidenceTable(inputs)],
    document: {
      schema: 'peerscope/classify/1',
      tool: TOOL,
      options: { seed },
      inputs: inputs.map(({ classification, declared, servers, ...read }) => {
        const { answer, sureness, runnerUp, cannotTellFrom, scores, measures } = classification;
        const result = { answer, sureness, runnerUp, cannotTellFrom, scores };
        return {
          ...read,
          ...result,
          evidence: evidenceOf(classification),
          declared,
          measures: withServerIds(measures, servers),
        };
      }),
    },
  };
}

function withServerIds({ servers, ...others }: Classification['measures'], ids: readonly string[]) {
  return { ...others, servers: servers === null ? null : { ...servers, peers: ids } };
}

/** All answers; then for each input how well each column fits, and what speaks for the best two and against them. */
export function* classifyLines(
  inputs: readonly ClassifiedInput[],
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  yield* tableText(overviewTable(inputs), terminal);
  for (const one of inputs) {
    yield '';
    yield* wrap(terminal.style(harmless(sentence(one)), 'title', 0), terminal.width);
    for (const note of [...one.notes, ...declaredNotes(one)]) yield* wrap(harmless(note), terminal.width);
    yield '';
    yield* chartText(scoresChart(one), terminal);
    yield '';
    yield* tableText(shownEvidence(one), terminal);
  }
}

function sentence({ input, classification }: ClassifiedInput): string {
  const { answer, sureness, cannotTellFrom } = classification;
  const either = cannotTellFrom.map((other) => NAMES[other]).join(' or ');
  const but = either === '' ? '' : `; these links cannot be told from ${either}`;
  return `${input}: ${NAMES[answer]}, ${sureness}${but}.`;
}

function declaredNotes({ declared: { roles, space } }: ClassifiedInput): string[] {
  return [
    ...(roles === null
      ? []
      : [`Not used: ${roles.superpeers} peers declare to be superpeers, ${roles.leaves} to be leaves.`]),
    ...(space === null ? [] : [`Not used: the ids show ${space}.`]),
  ];
}

function overviewTable(inputs: readonly ClassifiedInput[]): Table {
  return {
    name: 'classify',
    title: "Which column of the lecture's table",
    columns: [
      { name: 'input' },
      { name: 'column' },
      { name: 'how_sure' },
      { name: 'runner_up' },
      { name: 'peers' },
      { name: 'links' },
    ],
    rows: inputs.map(({ input, classification: { answer, sureness, runnerUp, measures } }) => [
      input,
      NAMES[answer],
      sureness,
      runnerUp === null ? null : NAMES[runnerUp],
      measures.peers,
      measures.links,
    ]),
    notes: ['Judged by links alone, of the peers that have some.'],
  };
}

function answersTable(inputs: readonly ClassifiedInput[]): Table {
  return {
    name: 'classify',
    title: "Which column of the lecture's table",
    columns: [
      { name: 'input' },
      { name: 'column' },
      { name: 'how_sure' },
      { name: 'cannot_tell_from' },
      { name: 'runner_up' },
      ...ANSWERS.map((answer) => ({ name: `score_${answer.replace('-', '_')}`, digits: 2 })),
      { name: 'peers' },
      { name: 'links' },
    ],
    rows: inputs.map(({ input, classification }) => {
      const { answer, sureness, cannotTellFrom, runnerUp, scores, measures } = classification;
      const marks = ANSWERS.map((one) => scores[one]);
      return [
        input,
        answer,
        sureness,
        cannotTellFrom.join(' '),
        runnerUp,
        ...marks,
        measures.peers,
        measures.links,
      ];
    }),
  };
}

function evidenceTable(inputs: readonly ClassifiedInput[]): Table {
  return {
    name: 'classify-evidence',
    title: 'Evidence',
    columns: [
      { name: 'input' },
      { name: 'column' },
      { name: 'feature' },
      { name: 'lecture_asks' },
      { name: 'links_show' },
      { name: 'speaks' },
      { name: 'strength', digits: 2 },
    ],
    rows: inputs.flatMap(({ input, classification }) =>
      evidenceOf(classification).map(({ column, feature, lecture, shown, speaks, strength }) => [
        input,
        column,
        feature,
        lecture,
        shown,
        speaks,
        strength,
      ]),
    ),
  };
}

/** What speaks for the answer and against it, and what keeps the runner-up from being it. */
function shownEvidence({ classification }: ClassifiedInput): Table {
  const { answer, runnerUp } = classification;
  const shown = evidenceOf(classification).filter(({ column, feature, speaks }) => {
    if (column === runnerUp) return speaks !== 'for';
    // That there are enough peers goes without saying; that there are not does not.
    return column === answer && (feature !== 'size' || speaks !== 'for' || column === 'none');
  });
  return {
    name: 'classify-evidence',
    title: `Evidence on ${NAMES[answer]}${runnerUp === null ? '' : `, and against ${NAMES[runnerUp]}`}`,
    columns: [
      { name: 'column' },
      { name: 'lecture_asks' },
      { name: 'links_show' },
      { name: 'speaks' },
      { name: 'strength', digits: 2 },
    ],
    rows: [answer, runnerUp].flatMap((column) =>
      shown
        .filter((one) => one.column === column)
        .map(({ lecture, shown: figures, speaks, strength }) => [column, lecture, figures, speaks, strength]),
    ),
  };
}

function scoresChart({ classification: { scores } }: ClassifiedInput): BarsChart {
  return {
    kind: 'bars',
    title: 'How well each column fits: the weakest of its criteria, 0 to 1',
    labelName: 'column',
    valueName: 'score',
    bars: ANSWERS.map((answer) => ({ label: NAMES[answer], value: Math.round(100 * scores[answer]) / 100 })),
  };
}
