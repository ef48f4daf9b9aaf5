import { describe, expect, test } from 'vitest';
import { entryOf, FIRST_ENTRY } from '../gallery/gallery';
import { type Comparison, compare, load, type ProxyModeName, type ScenarioRequest } from './index';

function compared(text: string, request: ScenarioRequest, mode: ProxyModeName, seed = 1): Comparison {
  const made = compare(load(text), { request, seed, mode });
  if (made.kind !== 'compared') throw new Error(JSON.stringify(made.problem));
  return made.comparison;
}

const { text, request } = FIRST_ENTRY;

describe('the same request under two modes', () => {
  test.each(['nftables', 'ipvs'] as const)('ends at the same Pods with the same odds in %s', (mode) => {
    const { here, there, differences } = compared(text, request, mode);
    expect([here.mode, there.mode]).toEqual(['iptables', mode]);
    expect(there.backends.map(({ address }) => address)).toEqual(['10.1.1.10:8080', '10.1.1.11:8080', '10.1.1.12:8080']);
    expect(here.backends.map(({ probability }) => probability.toFixed(6))).toEqual(['0.333333', '0.333333', '0.333333']);
    expect(differences).toEqual(['rules']);
  });

  test('tells what chose the back end in the words of each', () => {
    const { here, there } = compared(text, request, 'nftables');
    expect(here.chosenBy).toContain('-j DNAT --to-destination');
    expect(there.chosenBy).toContain('dnat');
    expect(compared(text, request, 'ipvs').there.chosenBy).toMatch(/10\.1\.1\.1[012]:8080 +Masq/);
  });

  test('does not differ from itself', () => {
    const { here, there, differences } = compared(text, request, 'iptables');
    expect(there).toEqual(here);
    expect(differences).toEqual([]);
  });

  test('[A4] a ping to a cluster IP is refused by IPVS, whose filter guards every address of a Service, and lost otherwise', () => {
    const ping: ScenarioRequest = { ...request, to: 'ping:10.152.183.25', protocol: 'ICMP' };
    const { here, there, differences } = compared(text, ping, 'ipvs');
    expect([here.outcome, there.outcome]).toEqual(['dropped', 'rejected']);
    expect(differences).toContain('outcome');
  });

  test('takes the mode of the text for the one in force', () => {
    const ipvs = entryOf('ipvs')!;
    expect(compared(ipvs.text, ipvs.request, 'iptables').here.mode).toBe('ipvs');
  });

  test('makes no sense where the request makes none', () => {
    const made = compare(load(text), { request: { ...request, from: 'pod/nobody' }, seed: 1, mode: 'ipvs' });
    expect(made).toMatchObject({ kind: 'refused', problem: { code: 'unknown-source' } });
  });
});
