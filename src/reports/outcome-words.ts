import type { Carrier, Visit } from '../core/visit.ts';

/** What an outcome means, in a sentence or two, and what one can do. */
export function outcomeWords(
  visit: Pick<Visit, 'outcome' | 'listing' | 'bytesReceived'>,
  carrier: Carrier,
): string {
  const spoke = visit.bytesReceived > 0;
  switch (visit.outcome) {
    case 'ok':
      return visit.listing === undefined
        ? 'It took part, and named no neighbours: this question is not for peers of its kind.'
        : 'It answered in full.';
    case 'partial':
      return visit.listing === undefined
        ? 'It took part, and did not answer in time.'
        : 'It began to answer, and ended before it had said all.';
    case 'refused':
      return 'That is not what was asked for: it refuses, or only takes the connection.';
    case 'busy':
      return 'It says that all of its slots are taken. Later there may be one.';
    case 'rate-limited':
      return 'It says that it is asked too often. Who goes on may be banned: wait some minutes.';
    case 'connect-refused':
      return `Nobody listens for ${carrier === 'tcp' ? 'connections' : 'datagrams'} at this address.`;
    case 'connect-timeout':
      return carrier === 'tcp'
        ? 'The attempt to connect got no answer: nobody is there, or a firewall lets nothing through.'
        : `${spoke ? 'What came did not answer the question' : 'Nothing came back'}. A datagram may be lost; the peer may not know this message, answer it only so often, have nothing to tell, or not be there. Which of these it is, nothing tells.`;
    case 'unreachable':
      return 'No way leads to this address from here.';
    case 'silent':
      return spoke
        ? 'It began to speak, and then said nothing more in time.'
        : 'It took the connection and said nothing in time: it is stuck, or it has banned us.';
    case 'closed':
      return 'It took the connection and closed it without a word: it does not like the question, or speaks something else.';
    case 'reset':
      return `It cut the connection off${spoke ? ' in the middle' : ''}.`;
    case 'not-this-protocol':
      return 'It speaks something else, or another version of this protocol.';
    case 'malformed':
      return 'What it said breaks the rules of the protocol, or a bound of ours.';
    case 'excluded':
      return 'It was not asked: this address must not be dialled.';
    case 'skipped':
      return 'It was not asked.';
  }
}
