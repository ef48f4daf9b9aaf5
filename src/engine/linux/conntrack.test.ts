import { describe, expect, test } from 'vitest';
import { ip } from '../net/ip';
import { flowOf, type Packet, type Payload, reversed, type SocketAddress } from '../net/packet';
import { seededChance } from './chance';
import { type Connection, track } from './conntrack';
import { bindDestination, bindMasquerade, rewrite } from './nat';

const at = (address: string, port: number): SocketAddress => ({ ip: ip(address), port });
const client = at('10.1.1.5', 41874);
const service = at('10.152.183.25', 80);
const backend = at('10.1.1.11', 8080);

const packet = (source: SocketAddress, destination: SocketAddress, payload: Payload = { kind: 'segment', flags: 'SYN' }): Packet => ({
  protocol: 'TCP',
  source,
  destination,
  ttl: 64,
  payload,
});

const begun = (first: Packet): Connection => {
  const { connection } = track([], first, 7);
  if (connection === null) throw new Error('no connection begun');
  return connection;
};

const synAck: Payload = { kind: 'segment', flags: 'SYN-ACK' };

describe('connection tracking', () => {
  test('begins an entry with the first packet and numbers it', () => {
    const first = track([], packet(client, service), 7);
    expect(first).toMatchObject({ state: 'NEW', direction: 'original', connection: { id: 1, since: 7, replied: false } });
    expect(track([begun(packet(client, service))], packet(at('10.1.1.6', 1), service), 7).connection?.id).toBe(2);
  });

  test('knows the answer by the reply tuple, wherever DNAT sent the question', () => {
    const translated = bindDestination(begun(packet(client, service)), backend);
    expect(track([translated], packet(backend, client, synAck), 8)).toMatchObject({
      state: 'ESTABLISHED',
      direction: 'reply',
      connection: { id: 1 },
    });
    expect(track([translated], packet(service, client, synAck), 8).state).toBe('INVALID');
  });

  test('calls an answer without a question INVALID', () => {
    expect(track([], packet(backend, client, synAck), 7)).toEqual({ state: 'INVALID', connection: null, direction: 'original' });
    expect(track([], packet(backend, client, { kind: 'segment', flags: 'RST' }), 7).state).toBe('INVALID');
  });

  test('relates an ICMP error to the packet that it quotes', () => {
    const sent = packet(client, backend);
    const error: Packet = {
      ...packet(at('192.168.1.11', 0), at('10.1.1.5', 0), { kind: 'icmp-error', error: 'host-unreachable', about: flowOf(sent) }),
      protocol: 'ICMP',
    };
    const translated = bindDestination(begun(packet(client, service)), backend);
    expect(track([translated], error, 8)).toMatchObject({ state: 'RELATED', direction: 'reply' });
    expect(track([], error, 8).state).toBe('INVALID');
  });
});

describe('address translation', () => {
  const question = packet(client, service);
  const translated = bindDestination(begun(question), backend);

  test('sends later packets of the connection where the first one went', () => {
    expect(rewrite(question, translated, 'original', 'destination').destination).toEqual(backend);
    expect(rewrite(question, translated, 'original', 'source')).toBe(question);
  });

  test('gives the answer the address that was asked', () => {
    const answer = packet(backend, client, synAck);
    expect(rewrite(answer, translated, 'reply', 'source').source).toEqual(service);
    expect(rewrite(answer, translated, 'reply', 'destination')).toBe(answer);
  });

  test('hides the client behind a masquerade and finds it again', () => {
    const hidden = bindMasquerade(translated, ip('192.168.1.10'), [], seededChance(1));
    const out = rewrite({ ...question, destination: backend }, hidden, 'original', 'source');
    expect(out.source.ip).toBe('192.168.1.10');
    const answer = { ...packet(backend, out.source, synAck) };
    expect(track([hidden], answer, 9).state).toBe('ESTABLISHED');
    expect(rewrite(answer, hidden, 'reply', 'destination').destination).toEqual(client);
  });

  test('never gives two connections the same answers', () => {
    const first = bindMasquerade(begun(question), ip('192.168.1.10'), [], seededChance(1));
    const second = bindMasquerade(
      { ...begun(packet(at('10.1.1.6', 41874), service)), id: 2 },
      ip('192.168.1.10'),
      [first],
      seededChance(1),
    );
    expect(second.reply.destination).not.toEqual(first.reply.destination);
  });

  test('turns the quoted packet of an error back as well', () => {
    const about = flowOf(packet(client, backend));
    const error: Packet = { ...packet(backend, client, { kind: 'icmp-error', error: 'port-unreachable', about }), protocol: 'ICMP' };
    const home = rewrite(error, translated, 'reply', 'source');
    expect(home.payload).toMatchObject({ about: flowOf(question) });
    expect(reversed(home).destination.ip).toBe(service.ip);
  });
});
