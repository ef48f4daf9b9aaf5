// A Pod and the template of a workload, as far as the network and the course need it (ValidatePodSpec). Volumes, security and resources
// are left out.

import { parseIp } from '../net/ip';
import { type Fault, fault, type Reason } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, duplicates, MOST } from './field-rules';
import { isPresent, list, map, type Raw, strings, text, whole } from './fields';
import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue } from './lexical';
import { type AroundContainer, containerFaults, initContainerFaults } from './validate-container';
import { labelFaults } from './validate-meta';

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];

export function podFaults(raw: Raw): readonly Fault[] {
  return [...podSpecFaults(map(raw.spec), ['spec'], 'pod'), ...addressFaults(map(raw.status))];
}

/** Not looked at when a Pod is made, but when its status is: here both come in one text. */
function addressFaults(status: Raw): readonly Fault[] {
  const listed = list(status.podIPs).map((entry, index) => ({
    written: text(map(entry).ip) ?? '',
    path: ['status', 'podIPs', index, 'ip'],
  }));
  const single = text(status.podIP);
  return [...(single === null ? [] : [{ written: single, path: ['status', 'podIP'] }]), ...listed].flatMap(({ written, path }) =>
    parseIp(written) === null ? [fault(path, 'not-an-address', written)] : [],
  );
}

/** `of`: in a template hostPort is not filled in for hostNetwork. */
export function podSpecFaults(spec: Raw, path: FieldPath, of: AroundContainer['of']): readonly Fault[] {
  const containers = list(spec.containers).map(map);
  const inits = list(spec.initContainers).map(map);
  const around: AroundContainer = { hostNetwork: spec.hostNetwork === true, of };
  return [
    ...(containers.length === 0 ? [fault([...path, 'containers'], 'missing')] : []),
    ...containers.flatMap((container, index) => containerFaults(container, [...path, 'containers', index], around)),
    ...inits.flatMap((container, index) => initContainerFaults(container, [...path, 'initContainers', index], around)),
    ...nameClashes(containers, inits, path),
    ...hostPortClashes(containers, [...path, 'containers'], around),
    // Init containers run one by one, and the API server counts each list of one from 0.
    ...inits.flatMap((container) => hostPortClashes([container], [...path, 'initContainers'], around)),
    ...choiceFaults(spec.restartPolicy, [...path, 'restartPolicy'], RESTART_POLICIES),
    ...dnsFaults(spec, path),
    ...(['hostname', 'subdomain'] as const).flatMap((field) => nameFaults(spec, [...path, field], [isDnsLabel, 'not-dns-label'])),
    ...(['nodeName', 'serviceAccountName', 'priorityClassName', 'runtimeClassName'] as const).flatMap((field) =>
      nameFaults(spec, [...path, field], [isDnsSubdomain, 'not-dns-subdomain']),
    ),
    ...labelFaults(spec.nodeSelector, [...path, 'nodeSelector']),
    ...list(spec.tolerations).flatMap((toleration, index) => tolerationFaults(map(toleration), [...path, 'tolerations', index])),
    ...boundsFaults(spec.activeDeadlineSeconds, [...path, 'activeDeadlineSeconds'], [1, MOST]),
    ...list(spec.readinessGates).flatMap((gate, index) => gateFaults(map(gate), [...path, 'readinessGates', index, 'conditionType'])),
    ...list(spec.hostAliases).flatMap((alias, index) => aliasFaults(map(alias), [...path, 'hostAliases', index])),
  ];
}

function nameFaults(spec: Raw, path: FieldPath, [holds, reason]: readonly [(name: string) => boolean, Reason]): readonly Fault[] {
  const value = text(spec[path.at(-1) ?? '']);
  return value === null || holds(value) ? [] : [fault(path, reason, value)];
}

function gateFaults({ conditionType }: Raw, path: FieldPath): readonly Fault[] {
  const type = text(conditionType) ?? '';
  return isLabelKey(type) ? [] : [fault(path, 'not-label-key', type)];
}

/** A second name is reported where it stands; an init container's after those of the others. */
function nameClashes(containers: readonly Raw[], inits: readonly Raw[], path: FieldPath): readonly Fault[] {
  const all = [
    ...containers.map((container, index) => ({ container, at: ['containers', index] })),
    ...inits.map((container, index) => ({ container, at: ['initContainers', index] })),
  ];
  return duplicates(all, ({ container }) => text(container.name)).flatMap(({ index, key }) => {
    const clash = all[index];
    return clash === undefined ? [] : [fault([...path, ...clash.at, 'name'], 'duplicate', key)];
  });
}

/** One number of the host serves one container port of a protocol (AccumulateUniqueHostPorts). */
function hostPortClashes(containers: readonly Raw[], path: FieldPath, { hostNetwork, of }: AroundContainer): readonly Fault[] {
  const ports = containers.flatMap((container, c) =>
    list(container.ports).map((port, p) => ({ port: map(port), at: [...path, c, 'ports', p, 'hostPort'] })),
  );
  const key = ({ port }: { port: Raw }): string | null => {
    const number = whole(port.hostPort) || (hostNetwork && of === 'pod' ? whole(port.containerPort) : null);
    return number ? `${number}/${text(port.protocol) ?? 'TCP'}/${text(port.hostIP) ?? ''}` : null;
  };
  return duplicates(ports, key).flatMap(({ index, key: clash }) => {
    const port = ports[index];
    return port === undefined ? [] : [fault(port.at, 'duplicate', clash.replace(/\/$/, ''))];
  });
}

/** What resolvers can do: the API server takes more for Invalid. */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
/** Characters, blanks between the domains included. */
const MAX_SEARCH_LENGTH = 2048;

/** A DNS name that may have underscores and a dot at its end, or the root alone (RelaxedDNSSearchValidation). */
function isSearchDomain(domain: string): boolean {
  return domain === '.' || isDnsSubdomain(domain.replace(/\.$/, '').replaceAll('_', 'a'));
}

function dnsFaults(spec: Raw, path: FieldPath): readonly Fault[] {
  const config = map(spec.dnsConfig);
  const servers = strings(config.nameservers);
  const searches = strings(config.searches);
  const at = [...path, 'dnsConfig'];
  const policy = choiceFaults(spec.dnsPolicy, [...path, 'dnsPolicy'], DNS_POLICIES);
  if (spec.dnsPolicy === 'None' && servers.length === 0)
    return [fault(isPresent(spec.dnsConfig) ? [...at, 'nameservers'] : at, 'needs-nameserver')];
  return [
    ...policy,
    ...(servers.length > MAX_NAMESERVERS
      ? [fault([...at, 'nameservers'], 'resolver-limit', String(servers.length), [String(MAX_NAMESERVERS)])]
      : []),
    ...servers.flatMap((server, index) =>
      parseIp(server) === null ? [fault([...at, 'nameservers', index], 'not-an-address', server)] : [],
    ),
    ...(searches.length > MAX_SEARCHES || searches.join(' ').length > MAX_SEARCH_LENGTH
      ? [fault([...at, 'searches'], 'resolver-limit', String(searches.length), [String(MAX_SEARCHES)])]
      : []),
    ...searches.flatMap((domain, index) =>
      isSearchDomain(domain) ? [] : [fault([...at, 'searches', index], 'not-dns-subdomain', domain)],
    ),
    ...list(config.options).flatMap((option, index) =>
      text(map(option).name) === null ? [fault([...at, 'options', index], 'missing')] : [],
    ),
  ];
}

function tolerationFaults({ key, operator, value, effect, tolerationSeconds }: Raw, path: FieldPath): readonly Fault[] {
  const at = [...path, 'operator'];
  const [how, what] = [text(operator) ?? 'Equal', text(value) ?? ''];
  const named = text(key);
  return [
    ...(named !== null && !isLabelKey(named) ? [fault([...path, 'key'], 'not-label-key', named)] : []),
    ...(named === null && how !== 'Exists' ? [fault(at, 'toleration-needs-exists', how)] : []),
    ...(isPresent(tolerationSeconds) && effect !== 'NoExecute' ? [fault([...path, 'effect'], 'toleration-seconds', text(effect))] : []),
    ...(how === 'Equal' && !isLabelValue(what) ? [fault(at, 'not-label-value', what)] : []),
    ...(how === 'Exists' && what !== '' ? [fault(at, 'toleration-has-value', what)] : []),
    ...choiceFaults(how, at, ['Equal', 'Exists']),
    ...choiceFaults(effect, [...path, 'effect'], EFFECTS),
  ];
}

export const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function aliasFaults(alias: Raw, path: FieldPath): readonly Fault[] {
  const address = text(alias.ip);
  return [
    ...(address === null || parseIp(address) === null ? [fault([...path, 'ip'], 'not-an-address', address ?? '')] : []),
    ...strings(alias.hostnames).flatMap((name, index) =>
      isDnsSubdomain(name) ? [] : [fault([...path, 'hostnames', index], 'not-dns-subdomain', name)],
    ),
  ];
}
