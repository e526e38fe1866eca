import { TOOL } from '../../core/version.ts';
import { wholeDurationText } from '../duration-text.ts';
import { formatNumber } from '../format-number.ts';
import { methodsOf } from '../methods.ts';
import { saying, type Block, type Section } from './page.ts';
import type { ReportedInput } from './reported-input.ts';

/** How a page came about, so that somebody else can make it again. */
export interface Making {
  /** The command line that makes the same page. */
  readonly command: string;
  readonly seed: number;
}

/** What was not measured, and how to have it; nothing where everything was. */
export function leftOutSection(inputs: readonly ReportedInput[]): Section[] {
  const items = inputs.flatMap(({ name, leftOut }) =>
    leftOut.map(
      ({ analysis, seconds, bytes }) =>
        `${analysis} of ${name} would take about ${wholeDurationText(seconds)} of one processor core and ${formatNumber(bytes / 1e6, 0)} MB of memory. To have it: peerscope analyze ${name} --only ${analysis}, or this report with --force.`,
    ),
  );
  return items.length === 0
    ? []
    : [{ id: 'left-out', title: 'What was left out', blocks: [{ kind: 'list', items }] }];
}

/** For the methods section of a paper: what was done, whom it follows, and how to do it again. */
export function methodsSection(inputs: readonly ReportedInput[], { command, seed }: Making): Section {
  const methods = inputs.map((input) => methodsOf({ ...input, input: input.name }, input.findings));
  const references = [...new Set(methods.flatMap((one) => one.references))].sort();
  const blocks: Block[] = [
    ...methods.flatMap(({ text }) => saying(text)),
    ...saying(`All random draws follow from the seed ${seed}. ${TOOL} made this page, with:`),
    { kind: 'code', text: command },
    ...(references.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'References' },
          { kind: 'list' as const, items: references },
        ]),
  ];
  return { id: 'methods', title: 'Methods and references', blocks };
}
