/** What somebody is in an overlay, for a chart of who says what to whom. */
export type ParticipantRole = 'server' | 'superpeer' | 'leaf' | 'peer';

export interface Participant {
  /** A word or two, and a number: `P1`. */
  readonly name: string;
  readonly role: ParticipantRole;
}

/**
 * What a message does: `connect` opens a connection or registers · `request` asks · `answer` answers · `duplicate` a request
 * that its receiver has heard before, and drops · `transfer` a file, from peer to peer, beside the overlay.
 */
export type SequenceKind = 'connect' | 'request' | 'answer' | 'duplicate' | 'transfer';

/** A message, or several of the same type that went the same way at the same instant. */
export interface SequenceMessage {
  /** Who sent it and who got it, by their places in the list of participants. */
  readonly from: number;
  readonly to: number;
  readonly kind: SequenceKind;
  /** `QUERY` */
  readonly type: string;
  /** `"amber hymn", TTL 3`; empty where there is nothing to add, or they differ in it. */
  readonly detail: string;
  /** How many they are. */
  readonly times: number;
  /** When it was sent, milliseconds since the chart begins. */
  readonly at: number;
}

/** A heading between messages. */
export interface SequenceChapter {
  readonly title: string;
  /** The place of the message that it stands above. */
  readonly before: number;
}

/** A sequence chart as data: participants from left to right, messages from top to bottom. */
export interface SequenceChart {
  readonly title: string;
  readonly participants: readonly Participant[];
  readonly messages: readonly SequenceMessage[];
  readonly chapters: readonly SequenceChapter[];
}

/** What stands at an arrow. */
export function messageLabel({ type, detail, times }: SequenceMessage): string {
  return `${type}${times > 1 ? ` ×${times}` : ''}${detail === '' ? '' : ` ${detail}`}`;
}

/** How a participant's role is told where its name does not say it. */
export function roleText({ name, role }: Participant): string {
  return name.toLowerCase() === role ? '' : role;
}
