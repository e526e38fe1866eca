import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import type { HostedNode, NodeEffect } from '../../src/overlays/hosted-node.ts';
import { type Crossing, VirtualHosts } from '../../src/simulate/virtual-hosts.ts';

/** Says one thing when it is dialled, another once it has dialled, and nothing else; keeps what it hears. */
class Talker implements HostedNode<never> {
  readonly address: Address;
  readonly heard: string[] = [];
  #connections = 0;

  constructor(address: string) {
    this.address = address as Address;
  }

  dial(address: Address): readonly NodeEffect<never>[] {
    return [{ kind: 'dial', connection: this.newConnection(), address }];
  }

  newConnection(): number {
    return this.#connections++;
  }

  accepted(_now: number, connection: number): readonly NodeEffect<never>[] {
    return [{ kind: 'send', connection, bytes: Buffer.from('welcome') }];
  }

  dialled(_now: number, connection: number): readonly NodeEffect<never>[] {
    this.heard.push('dialled');
    return [{ kind: 'send', connection, bytes: Buffer.from('hello') }];
  }

  failed(): readonly NodeEffect<never>[] {
    this.heard.push('failed');
    return [];
  }

  received(now: number, _connection: number, bytes: Uint8Array): readonly NodeEffect<never>[] {
    this.heard.push(`${Buffer.from(bytes).toString()} at ${now}`);
    return [];
  }

  closed(): readonly NodeEffect<never>[] {
    return [];
  }

  timer(): readonly NodeEffect<never>[] {
    return [];
  }
}

describe('nodes in virtual time', () => {
  it('hear what the one that they dialled says first, once their connection stands', () => {
    const crossings: Crossing[] = [];
    const hosts = new VirtualHosts<Talker, never>({
      latency: 10,
      start: 0,
      onCrossing: (crossing) => crossings.push(crossing),
    });
    const [a, b] = [new Talker('127.1.0.1:1'), new Talker('127.1.0.2:2')];
    hosts.add(b, () => []);
    hosts.add(a, () => a.dial(b.address));
    hosts.run(100);
    expect(a.heard).toEqual(['dialled', 'welcome at 20']);
    expect(b.heard).toEqual(['hello at 30']);
    expect(crossings.map(({ bytes, ...rest }) => ({ ...rest, text: Buffer.from(bytes).toString() }))).toEqual(
      [
        {
          line: 0,
          dialler: a.address,
          dialled: b.address,
          from: 'dialled',
          sentAt: 10,
          arrivedAt: 20,
          text: 'welcome',
        },
        {
          line: 0,
          dialler: a.address,
          dialled: b.address,
          from: 'dialler',
          sentAt: 20,
          arrivedAt: 30,
          text: 'hello',
        },
      ],
    );
  });

  it('are told that nobody is there', () => {
    const hosts = new VirtualHosts<Talker, never>({ latency: 10, start: 0 });
    const a = new Talker('127.1.0.1:1');
    hosts.add(a, () => a.dial('127.1.0.9:1' as Address));
    hosts.run(100);
    expect(a.heard).toEqual(['failed']);
  });
});
