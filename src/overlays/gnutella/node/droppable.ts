import { kindOf } from './message-counts.ts';

/**
 * Whether the other side can do without a descriptor when it does not read as fast as we write: requests of others, which it
 * gets by another way, and answers, which are lost on the way now and then. Not what the connection itself lives on:
 * keep-alive Pings, routing tables, what is said first, and a farewell; of these a node never sends many.
 */
export function isDroppable(descriptor: Uint8Array): boolean {
  switch (kindOf(descriptor)) {
    case 'ping':
    case 'pong':
    case 'query':
    case 'query-hit':
      return true;
    default:
      return false;
  }
}
