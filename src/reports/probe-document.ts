import { outcomeWords } from './outcome-words.ts';
import { partDocument } from './part-document.ts';
import { hexText } from './part-text.ts';
import type { ProbeAnswer } from './probe-report.ts';

/** An answer for a script: camelCase keys, bytes as hexadecimal digits. The fields of messages only where asked for. */
export function answerDocument(
  { question, visit, dialogue, learned }: ProbeAnswer,
  withFields: boolean,
): Readonly<Record<string, unknown>> {
  const { name, carrier, asks, sees, misses } = question;
  const { startedAt, duration, bytesSent, bytesReceived, outcome, status, listing } = visit;
  return {
    question: name,
    carrier,
    asks,
    sees,
    misses,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: duration,
    bytesSent,
    bytesReceived,
    dialogue: dialogue.map(({ from, at, part }) => {
      const { fields, ...rest } = partDocument(part);
      return {
        from,
        atMs: at,
        ...rest,
        bytes: part.inflated ? null : hexText(part.bytes),
        ...(withFields ? { fields } : {}),
      };
    }),
    outcome,
    meaning: outcomeWords(visit, carrier),
    status: status ?? null,
    listing: listing ?? null,
    learned: {
      ...learned,
      liveSince: learned.liveSince === null ? null : new Date(learned.liveSince).toISOString(),
    },
  };
}
