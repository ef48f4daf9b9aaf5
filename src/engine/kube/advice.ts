// What the control plane finds odd once a cluster has settled: nothing here is refused by the API server, and most of it is why
// a request fails. One code a reason; `explain/advice-{en,fr}.ts` hold the sentences.

import type { FieldPath } from './field-path';
import type { Labels } from './meta';
import type { ServiceProtocol } from './pod';
import type { ObjectRef } from './ref';

/** A port as people write it: `8080/TCP`. */
export type PortText = `${number}/${ServiceProtocol}`;

type Warning<Code extends string> = { readonly severity: 'warning'; readonly code: Code };
type Hint<Code extends string> = { readonly severity: 'hint'; readonly code: Code };

/** Advice about a field of an object that somebody wrote. */
export type Advice = { readonly object: ObjectRef; readonly path: FieldPath } & AdviceFact;

export type AdviceFact =
  | SettingAdvice
  | TextAdvice
  | ServiceAdvice
  | EndpointAdvice
  | AddressAdvice
  | PlacementAdvice
  | ProgramAdvice
  | NamespaceAdvice
  | AbsentAdvice
  | PracticeAdvice
  | RecordedFact
  | PolicyAdvice
  | IngressAdviceFact;

export type ServiceAdvice =
  | (Warning<'selector-matches-nothing'> & {
      readonly selector: Labels;
      /** Pairs that no Pod carries, each with the most similar one that a Pod of the namespace does carry. */
      readonly nearest: readonly { readonly wanted: string; readonly found: string; readonly pod: string }[];
      /** Another namespace in which Pods match; null for none. */
      readonly elsewhere: string | null;
    })
  | (Warning<'no-pod-ready'> & { readonly selector: Labels; readonly pods: readonly string[] })
  | (Warning<'nobody-listens'> & {
      readonly port: PortText;
      readonly pods: readonly string[];
      /** Where the first of these Pods listens instead. */
      readonly listening: readonly PortText[];
    })
  | (Warning<'port-name-missing'> & {
      readonly name: string;
      readonly protocol: ServiceProtocol;
      readonly pods: readonly string[];
      /** Names that the first of these Pods does have, with any protocol. */
      readonly names: readonly string[];
    })
  | Warning<'nobody-writes-endpoints'>
  | (Hint<'load-balancer-pending'> & { readonly reason: WaitingReason; readonly detail: string });

/** Why a Service of type LoadBalancer has no address: nobody gives any, its class is somebody else's, no address is left, or the one asked for
 *  is taken or in no pool. */
export type WaitingReason = 'no-provider' | 'class-unserved' | 'pool-used-up' | 'address-refused';

export type EndpointAdvice =
  | (Warning<'endpoints-ignored'> & { readonly selector: Labels })
  | (Warning<'endpoints-without-service'> & { readonly nearest: string | null })
  | Warning<'slice-without-service'>
  | (Warning<'slice-of-unknown-service'> & { readonly service: string; readonly nearest: string | null });

export type AddressAdvice =
  | (Warning<'cluster-ip-outside-range'> & { readonly ip: string; readonly range: string })
  | (Warning<'pod-ip-outside-node-range'> & { readonly ip: string; readonly node: string; readonly ranges: readonly string[] })
  | (Warning<'address-taken'> & { readonly ip: string; readonly other: ObjectRef })
  | (Warning<'pod-ranges-overlap'> & { readonly range: string; readonly other: string; readonly otherRange: string })
  | (Warning<'pod-range-used-up'> & { readonly node: string; readonly ranges: readonly string[] })
  | (Warning<'ranges-overlap'> & { readonly range: string; readonly of: RangeUse; readonly other: string; readonly otherOf: RangeUse })
  | (Warning<'address-in-range'> & {
      readonly ip: string;
      readonly range: string;
      readonly of: RangeUse;
      /** Whose range it is; null: that of the cluster as a whole. */
      readonly other: ObjectRef | null;
    })
  | (Warning<'service-range-used-up'> & { readonly ranges: readonly string[] })
  | Warning<'node-without-address'>
  | (Warning<'port-taken'> & {
      /** `192.168.1.10`, or a node's name for all of its addresses. */
      readonly at: string;
      readonly port: PortText;
      readonly other: ObjectRef;
    })
  | (Hint<'pod-ranges-far-apart'> & { readonly range: string });

/** What a range of addresses is for. */
export type RangeUse = 'pods' | 'services';

/** Why a node does not take a Pod: the filter of the scheduler that refused it. */
export type Unfit =
  | 'cordoned'
  | 'not-ready'
  | 'taint'
  | 'node-selector'
  | 'node-affinity'
  | 'host-port'
  | 'cpu'
  | 'memory'
  | 'pods'
  | 'spread-label'
  | 'spread'
  | 'pod-affinity'
  | 'pod-anti-affinity'
  | 'shunned';

export type Refusal =
  | {
      readonly node: string;
      readonly reason: Exclude<Unfit, 'cpu' | 'memory'>;
      /** The taint, the label, the port, the Pod or the place that is in the way. */
      readonly detail: string;
    }
  | {
      readonly node: string;
      readonly reason: 'cpu' | 'memory';
      /** What is left of it. */
      readonly detail: string;
      readonly asked: string;
    };

export type PlacementAdvice =
  | (Warning<'unschedulable'> & { readonly pod: string; readonly refusals: readonly Refusal[] })
  | (Warning<'node-missing'> & { readonly node: string; readonly nearest: string | null })
  /** The simulation knows no time zones: the schedule is read as UTC. */
  | (Warning<'time-zone-as-utc'> & { readonly timeZone: string; readonly schedule: string })
  | (Hint<'cron-job-waits'> & { readonly schedule: string; readonly suspended: boolean })
  | (Hint<'replicas-limited'> & { readonly wanted: number; readonly made: number });

export type ProgramAdvice =
  | (Warning<'probe-fails'> & {
      readonly role: 'readiness' | 'liveness' | 'startup';
      readonly container: string;
      readonly port: string;
      readonly listening: readonly PortText[];
    })
  /** Containers of a Pod share its ports: the second program cannot listen. */
  | (Warning<'container-port-taken'> & { readonly container: string; readonly other: string; readonly port: PortText })
  /** Nobody here sets such a condition, unless an annotation says when. */
  | (Warning<'readiness-gate-shut'> & { readonly gates: readonly string[] })
  | (Warning<'listen-annotation-unreadable'> & { readonly text: string })
  | (Hint<'listening-by-image'> & { readonly images: readonly string[]; readonly listening: readonly PortText[] })
  | (Hint<'listening-assumed'> & { readonly listening: readonly PortText[] })
  | (Hint<'no-readiness-probe'> & { readonly container: string; readonly services: readonly string[] });

export type NamespaceAdvice = Hint<'namespace-not-written'> & { readonly namespace: string };

/** What a machine's own tools printed, beside what the simulation would have written there. */
export type RecordedFact =
  | (Hint<'recorded-of-node'> & { /** Whether no other node fits as well. */ readonly isSure: boolean; readonly differences: number })
  | Warning<'recorded-without-proxy'>
  | (Warning<'recorded-service-missing'> & { /** `shop/web:http`. */ readonly port: string })
  | (Warning<'recorded-service-extra'> & { readonly port: string })
  | (Warning<'recorded-endpoints'> & { readonly port: string; readonly stale: readonly string[]; readonly missing: readonly string[] })
  | (Warning<'recorded-addresses'> & { readonly port: string; readonly recorded: readonly string[]; readonly expected: readonly string[] })
  | (Hint<'recorded-rules'> & { readonly chain: string; readonly extra: readonly string[]; readonly missing: readonly string[] })
  | (Warning<'recorded-connections'> & {
      readonly reason: 'no-pod' | 'no-endpoint' | 'no-service';
      readonly address: string;
      /** Who has the address by now. */
      readonly pod: string | null;
      readonly count: number;
      readonly first: string;
    });

/** Names, with their namespace, of one kind. */
export interface AbsentKind {
  readonly kind: string;
  readonly names: readonly string[];
}

/** What a paste from a running cluster names and does not hold, or holds for nothing. */
export type AbsentAdvice = Hint<'not-in-this-text'> & {
  readonly missing: readonly AbsentKind[];
  /** Kinds that nothing here acts on. */
  readonly unknown: readonly AbsentKind[];
  /** Services behind which the text shows nothing: `namespace/name`. */
  readonly services: readonly string[];
};

export type PolicyAdvice =
  | (Warning<'policy-not-enforced'> & { readonly network: string })
  | (Warning<'policy-selects-nothing'> & {
      readonly namespace: string;
      /** Pods that bear the labels, but share the network of their node. */
      readonly onHostNetwork: readonly string[];
    })
  | (Hint<'policy-without-dns'> & { readonly pods: readonly string[] })
  | (Hint<'policy-names-service-port'> & { readonly port: number; readonly service: ObjectRef; readonly target: number })
  | (Hint<'policy-block-inside'> & { readonly block: string; readonly of: RangeUse });

export type IngressAdviceFact =
  | (Warning<'ingress-without-class'> & { /** The classes that there are. */ readonly known: readonly string[] })
  | (Warning<'ingress-class-unknown'> & { readonly name: string; readonly known: readonly string[] })
  | (Hint<'ingress-class-elsewhere'> & { readonly name: string; readonly controller: string })
  | (Warning<'route-without-gateway'> & { /** The Gateways that there are. */ readonly gateways: readonly string[] })
  | (Warning<'backend-service-missing'> & {
      readonly service: string;
      /** A Service of the same namespace with a similar name, and another namespace that has one of this name; null for none. */
      readonly nearest: string | null;
      readonly elsewhere: string | null;
    })
  | (Warning<'backend-port-missing'> & { readonly service: string; readonly port: string; readonly ports: readonly string[] })
  | (Warning<'backend-without-endpoint'> & { readonly service: string })
  | (Warning<'backend-not-granted'> & { readonly service: string; readonly namespace: string });

/** What works, and would be better otherwise. */
export type PracticeAdvice =
  | (Hint<'no-resources'> & { readonly container: string })
  | Hint<'no-labels'>
  | (Hint<'port-unnamed'> & { readonly port: PortText; readonly container: string /** A name that would do. */; readonly name: string })
  | (Hint<'address-hard-coded'> & {
      readonly address: string;
      readonly owner: ObjectRef;
      /** The Service under which it is found; null where none leads to it. */
      readonly service: string | null;
    })
  | (Hint<'name-elsewhere'> & { readonly name: string; readonly namespaces: readonly string[] });

export type TextAdvice =
  | (Warning<'object-twice'> & {
      /** Counted from 0: where the object stands first. */
      readonly document: number;
      /** The other objects of the text that stand there twice: all are told at once. */
      readonly others: readonly ObjectRef[];
    })
  | (Warning<'placeholders'> & {
      /** Which tool would fill them in: `helm`, `jinja`, `kustomize`, `envsubst`. */
      readonly tool: string;
      readonly written: readonly string[];
    })
  | (Warning<'key-twice'> & { readonly key: string })
  | (Warning<'bare-letter'> & { readonly letter: string })
  | (Hint<'kind-not-simulated'> & { readonly apiVersion: string });

/** Objects that say how the cluster is set up: kube-proxy's and flannel's ConfigMaps, Calico's IPPool. */
export type SettingAdvice =
  | (Hint<'network-not-simulated'> & { readonly name: string /** The network that stands in for it. */; readonly used: string })
  | Warning<'setting-unreadable'>
  | (Warning<'setting-unknown'> & {
      readonly field: string;
      readonly value: string;
      readonly known: readonly string[];
      /** What is taken in its place; empty: as if the field were absent. */
      readonly used: string;
    })
  | (Warning<'proxy-mode-removed'> & { readonly mode: string; readonly used: string });
