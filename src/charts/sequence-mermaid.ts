import {
  messageLabel,
  roleText,
  type Participant,
  type SequenceChart,
  type SequenceKind,
} from '../core/sequence.ts';

/** `-x` ends in a cross; Mermaid has no third kind of line, so that transfers say so in a note. */
const ARROWS: Readonly<Record<SequenceKind, string>> = {
  connect: '->>',
  request: '->>',
  answer: '-->>',
  duplicate: '-x',
  transfer: '->>',
};

/** The chart as the source of a Mermaid sequence diagram (mermaid.js.org, "Sequence diagrams"). O(messages). */
export function sequenceMermaid({ title, participants, messages, chapters }: SequenceChart): string {
  const last = participants.length - 1;
  const over = last > 0 ? `${alias(0)},${alias(last)}` : alias(0);
  const lines = [
    'sequenceDiagram',
    `    title ${escaped(title)}`,
    ...participants.map((one, place) => `    participant ${alias(place)} as ${escaped(nameOf(one))}`),
  ];
  for (const [place, message] of messages.entries()) {
    for (const chapter of chapters.filter(({ before }) => before === place)) {
      lines.push(`    Note over ${over}: ${escaped(chapter.title)}`);
    }
    const { from, to, kind } = message;
    lines.push(`    ${alias(from)}${ARROWS[kind]}${alias(to)}: ${escaped(messageLabel(message))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A name of our own, as some words are no names for Mermaid. */
function alias(participant: number): string {
  return `A${participant + 1}`;
}

function nameOf(participant: Participant): string {
  const role = roleText(participant);
  return role === '' ? participant.name : `${participant.name} (${role})`;
}

/** What ends a line or an entity, begins a comment, or would be read as HTML, as entities by number; no line breaks. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replace(/[#;<>&{}\\]|%(?=%)|(?<=%)%/g, (character) => `#${character.charCodeAt(0)};`);
}
