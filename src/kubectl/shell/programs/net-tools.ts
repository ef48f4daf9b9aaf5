// The older tools: ifconfig, route, netstat; and ss, which took netstat's place. Sockets are those that listen: no connection outlives the
// request that opened it.

import { type DeviceInside, type Inside, insideOf, type ListeningInside } from '../../../engine/index';
import { senderOf } from '../place';
import { lines, type Program, type Run } from '../program';

function within(tool: (inside: Inside, run: Run) => string): Program {
  return (run) => {
    const inside = insideOf(run.server.loaded, senderOf(run.place));
    if (inside === null) return { status: 1, out: '', err: `${run.program}: the network of this machine is not simulated\n` };
    return { status: 0, out: tool(inside, run), err: '' };
  };
}

export const ifconfig: Program = within(({ devices }, { words }) => {
  const wanted = words.find((word) => !word.startsWith('-'));
  return devices
    .filter(({ name }) => wanted === undefined || name === wanted)
    .map(interfaceText)
    .join('\n');
});

/** As BusyBox prints it; counters are not kept. */
function interfaceText({ name, mtu, loopback, hardwareAddress, addresses }: DeviceInside): string {
  const head = loopback ? 'Link encap:Local Loopback  ' : `Link encap:Ethernet  HWaddr ${hardwareAddress.toUpperCase()}  `;
  const own = loopback ? [{ address: '127.0.0.1', length: 8, family: 4 as const }] : addresses;
  const inet = own.map(({ address, length, family }) =>
    family === 6
      ? `inet6 addr: ${address}/${length} Scope:Global`
      : `inet addr:${address}  ${loopback ? '' : 'Bcast:0.0.0.0  '}Mask:${mask(length)}`,
  );
  const flags = loopback ? 'UP LOOPBACK RUNNING' : 'UP BROADCAST RUNNING MULTICAST';
  return lines(`${name.padEnd(9)} ${head}`, ...[...inet, `${flags}  MTU:${mtu}  Metric:1`].map((line) => `${' '.repeat(10)}${line}`));
}

function mask(length: number): string {
  return [0, 8, 16, 24].map((shift) => 256 - 2 ** (8 - Math.max(0, Math.min(8, length - shift)))).join('.');
}

export const route: Program = within(({ plainRoutes }) => {
  const head = 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface';
  const rows = plainRoutes.map(({ destination, gateway, mask: of, device, metric }) => {
    const flags = `U${gateway === '0.0.0.0' ? '' : 'G'}${of === '255.255.255.255' ? 'H' : ''}`;
    return `${destination.padEnd(15)} ${gateway.padEnd(15)} ${of.padEnd(15)} ${flags.padEnd(5)} ${String(metric).padEnd(6)} ${'0'.padEnd(6)}   0 ${device}`;
  });
  return lines('Kernel IP routing table', head, ...rows);
});

export const netstat: Program = (run) => {
  if (run.words.some((word) => /^-\w*r/.test(word))) return route(run);
  return within(({ listening }) => {
    const rows = chosen(listening, run.words).map(({ protocol, address, port }) => {
      const [local, foreign] = [`${address ?? '0.0.0.0'}:${port}`, '0.0.0.0:*'];
      return `${protocol.toLowerCase().padEnd(5)} ${'0'.padStart(6)} ${'0'.padStart(6)} ${local.padEnd(23)} ${foreign.padEnd(23)} ${protocol === 'UDP' ? '' : 'LISTEN'}`.padEnd(
        79,
      );
    });
    return lines(
      'Active Internet connections (only servers)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       ',
      ...rows,
    );
  })(run);
};

export const ss: Program = within(({ listening }, { words }) => {
  const has = (letter: string) => words.some((word) => /^-\w+/.test(word) && word.includes(letter));
  // The column tells the protocols apart where there may be several.
  const several = has('t') === has('u');
  const rows = chosen(listening, words).map(({ protocol, address, port }) => ({
    protocol: protocol.toLowerCase(),
    state: protocol === 'UDP' ? 'UNCONN' : 'LISTEN',
    local: `${address ?? '0.0.0.0'}:${port}`,
  }));
  const width = Math.max(18, ...rows.map(({ local }) => local.length));
  const lead = (text: string) => (several ? text.padEnd(6) : '');
  const head = `${lead('Netid')}State  Recv-Q Send-Q ${'Local Address:Port'.padStart(width)} Peer Address:PortProcess`;
  const body = rows.map(
    ({ protocol, state, local }) =>
      `${lead(protocol)}${state.padEnd(6)} 0      ${(state === 'LISTEN' ? '128' : '0').padEnd(6)} ${local.padStart(width)} ${'0.0.0.0:*'.padStart(17)}`,
  );
  return lines(head, ...body);
});

function chosen(listening: readonly ListeningInside[], words: readonly string[]): readonly ListeningInside[] {
  const has = (letter: string) => words.some((word) => /^-\w+/.test(word) && word.includes(letter));
  const protocols = [...(has('t') ? ['TCP'] : []), ...(has('u') ? ['UDP'] : [])];
  return listening.filter(({ protocol }) => protocols.length === 0 || protocols.includes(protocol));
}
