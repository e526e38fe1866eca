import type { Answer, Step } from '../core/visit.ts';
import type { Reaction, Session } from '../overlays/overlay.ts';
import type { Finish, VirtualLine } from './virtual-line.ts';

/**
 * A connection in virtual time. A servent only reacts to what it hears, so that after each of its reactions it is known what
 * will arrive here, and when: no timer is ever set that must be taken back.
 */
export class VirtualConnection {
  readonly #line: VirtualLine;
  readonly #session: Session;
  readonly #finish: Finish;
  /** When whoever asks gives up, and when it expects no more because nothing of use came for so long. */
  #deadline = Infinity;
  #quietUntil = Infinity;
  /** When all that is on its way from the peer will have arrived. */
  #heardUntil = 0;
  #bytesSent = 0;
  #bytesReceived = 0;
  #ended = false;
  /** Messages of ours and reactions to them that are on their way and will arrive in time. */
  #underWay = 0;

  /** @param session of the peer, which got the SYN at this instant. */
  constructor(line: VirtualLine, session: Session, finish: Finish) {
    this.#line = line;
    this.#session = session;
    this.#finish = finish;
  }

  /** The SYN has arrived: its answer travels back, then the opening comes. */
  open(): void {
    const { events, delay, patience, conversation } = this.#line;
    this.#deadline = events.now + delay + patience.answer;
    this.#say(conversation.opening, delay);
    this.#waitInVain();
  }

  /** Says something after some time; the peer hears it one way later. */
  #say(bytes: Uint8Array, after: number): void {
    const { events, delay } = this.#line;
    this.#bytesSent += bytes.length;
    const inTime = events.now + after + delay <= this.#patientUntil;
    if (inTime) this.#underWay += 1;
    events.after(after + delay, () => {
      const reaction = this.#session.receive(bytes);
      if (!inTime) return;
      this.#underWay -= 1;
      if (!this.#ended) this.#expect(reaction);
    });
  }

  /** Sees what is coming from the peer, which reacts at this instant. */
  #expect(reaction: Reaction): void {
    const { events, delay } = this.#line;
    const says = reaction.send !== undefined || reaction.close === true || reaction.reset === true;
    if (!says) {
      this.#waitInVain();
      return;
    }
    const arrival = Math.max(events.now + delay + (reaction.delay ?? 0), this.#heardUntil);
    const { send, pace = 0 } = reaction;
    this.#heardUntil = arrival + Math.max(0, (send?.length ?? 0) - 1) * pace;
    if (arrival > this.#patientUntil) {
      this.#waitInVain();
      return;
    }
    this.#underWay += 1;

    events.after(arrival - events.now, () => {
      this.#underWay -= 1;
      if (!this.#ended) this.#hear(reaction);
    });
  }

  /** The first byte of a reaction has arrived; where it comes byte by byte, the others are on their way. */
  #hear({ send, pace = 0, reset, close }: Reaction): void {
    const { conversation, events } = this.#line;
    const begin = events.now;
    const received = send?.length ?? 0;
    const size = pace > 0 ? 1 : received;
    for (let at = 0; send !== undefined && at < received; at += size) {
      const time = begin + at * pace;
      if (time > this.#patientUntil) {
        this.#waitInVain();
        return;
      }
      this.#bytesReceived += size;
      if (this.#step(conversation.receive(send.subarray(at, at + size)), time)) return;
    }
    const end = begin + Math.max(0, received - 1) * pace;
    const ending = reset === true ? 'reset' : close === true ? 'closed' : undefined;
    if (ending !== undefined && end <= this.#patientUntil) {
      this.#end(conversation.end(ending), end);
    } else this.#waitInVain();
  }

  /** What the conversation makes of bytes that arrived at a time; true where it is over. */
  #step({ send, answer, quiet }: Step, time: number): boolean {
    const { events } = this.#line;
    if (quiet !== undefined) this.#quietUntil = time + quiet;
    if (send !== undefined) this.#say(send, time - events.now);
    if (answer !== undefined) this.#end(answer, time);
    return answer !== undefined;
  }

  get #patientUntil(): number {
    return Math.min(this.#deadline, this.#quietUntil);
  }

  /** Unless something may still come, what remains is to wait. */
  #waitInVain(): void {
    if (this.#ended || this.#underWay > 0) return;
    const why = this.#quietUntil < this.#deadline ? 'quiet' : 'silent';
    this.#end(this.#line.conversation.end(why), this.#patientUntil);
  }

  #end(answer: Answer, at: number): void {
    if (this.#ended) return;
    this.#ended = true;
    const { events, conversation } = this.#line;
    this.#bytesSent += conversation.farewell?.length ?? 0;
    const finish = (): void => {
      const traffic = { bytesSent: this.#bytesSent, bytesReceived: this.#bytesReceived };
      this.#finish(answer, { ...traffic, roundTrip: Math.round(2000 * this.#line.delay) / 1000 });
    };
    if (at <= events.now) finish();
    else events.after(at - events.now, finish);
  }
}
