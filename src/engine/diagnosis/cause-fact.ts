// Why a request fails: one variant a cause, with the values that its sentence and its remedy need. Objects are named as sentences name
// them: without their namespace where the client shares it.

import type { ConclusionFact } from '../explain/end-fact';
import type { PolicyDrop } from '../explain/policy-fact';
import type { Refusal, WaitingReason } from '../kube/advice';
import type { ProxyAnswer } from '../trace/step';

/** Why a Pod does not serve. */
export type PodFault =
  | { readonly code: 'pod-unschedulable'; readonly refusals: readonly Refusal[] }
  | { readonly code: 'pod-node-missing'; readonly node: string; readonly nearest: string | null }
  | { readonly code: 'pod-node-not-ready'; readonly node: string }
  | { readonly code: 'pod-without-address'; readonly node: string }
  | { readonly code: 'pod-ended'; readonly phase: string; readonly reason: string | null }
  | { readonly code: 'pod-terminating' }
  | { readonly code: 'pod-container-waiting'; readonly container: string; readonly reason: string; readonly restarts: number }
  | {
      readonly code: 'pod-probe-fails';
      readonly role: 'readiness' | 'liveness' | 'startup';
      readonly container: string;
      readonly port: string;
      readonly listening: readonly string[];
    }
  | { readonly code: 'pod-not-ready' };

/** Whose Pod it is. */
export interface PodInPart {
  readonly pod: string;
  readonly part: 'client' | 'back-end' | 'name-server';
  /** The Service in front of it; null for the client, or a Pod that was called by its address. */
  readonly service: string | null;
}

type NameCause =
  | { readonly code: 'node-asks-outside'; readonly node: string; readonly name: string; readonly servers: readonly string[] }
  | { readonly code: 'name-known-inside-only'; readonly name: string; readonly service: string }
  | {
      readonly code: 'name-server-not-cluster';
      readonly client: string;
      readonly policy: string;
      readonly servers: readonly string[];
      readonly right: string | null;
    }
  | { readonly code: 'name-server-nobody'; readonly address: string; readonly right: string | null }
  | { readonly code: 'name-server-deaf'; readonly address: string }
  | { readonly code: 'name-not-searched'; readonly name: string; readonly full: string; readonly search: readonly string[] }
  | { readonly code: 'name-wrong-domain'; readonly name: string; readonly right: string }
  | { readonly code: 'name-unknown-outside'; readonly name: string; readonly nearest: string | null }
  | { readonly code: 'name-without-address'; readonly name: string }
  | { readonly code: 'outside-unreachable'; readonly name: string }
  | { readonly code: 'external-name-unknown'; readonly service: string; readonly target: string }
  | { readonly code: 'coredns-behind'; readonly server: string; readonly name: string };

type ServiceCause =
  /** It stands in the manifest, and the API server does not take it: it does not exist. `why`: its word for the error. */
  | { readonly code: 'object-refused'; readonly refused: string; readonly service: string; readonly field: string; readonly why: string }
  | { readonly code: 'service-missing'; readonly name: string; readonly namespace: string; readonly nearest: string | null }
  | { readonly code: 'namespace-missing'; readonly name: string; readonly namespace: string; readonly nearest: string | null }
  | {
      readonly code: 'service-in-other-namespace';
      readonly name: string;
      readonly asked: string;
      readonly namespaces: readonly string[];
      readonly full: string;
    }
  | {
      readonly code: 'service-port-missing';
      readonly service: string;
      readonly port: string;
      readonly ports: readonly string[];
      /** The port is that of the Pods, not the Service's. */
      readonly isTarget: boolean;
    }
  | {
      readonly code: 'service-protocol-differs';
      readonly service: string;
      readonly port: number;
      readonly asked: string;
      readonly has: string;
    }
  | { readonly code: 'service-not-pingable'; readonly service: string; readonly address: string }
  | { readonly code: 'headless-port'; readonly service: string; readonly port: number; readonly target: string }
  | { readonly code: 'load-balancer-pending'; readonly service: string; readonly reason: WaitingReason | null; readonly detail: string }
  | {
      readonly code: 'selector-matches-nothing';
      readonly service: string;
      readonly selector: string;
      readonly nearest: { readonly wanted: string; readonly found: string; readonly pod: string } | null;
      readonly elsewhere: string | null;
    }
  | { readonly code: 'workload-has-no-pods'; readonly service: string; readonly workload: string; readonly replicas: number }
  | { readonly code: 'endpoints-not-written'; readonly service: string; readonly nearest: string | null }
  | { readonly code: 'endpoint-port-differs'; readonly service: string; readonly wanted: string; readonly has: readonly string[] }
  | { readonly code: 'endpoints-not-ready'; readonly service: string; readonly addresses: readonly string[] }
  | { readonly code: 'endpoints-other-family'; readonly service: string; readonly asked: string; readonly addresses: readonly string[] }
  | { readonly code: 'endpoints-behind'; readonly service: string; readonly pods: readonly string[] }
  | {
      readonly code: 'target-port-name-missing';
      readonly service: string;
      readonly name: string;
      readonly pods: readonly string[];
      readonly names: readonly string[];
    }
  | {
      readonly code: 'no-local-endpoint';
      readonly service: string;
      readonly field: 'internalTrafficPolicy' | 'externalTrafficPolicy';
      readonly node: string;
      readonly nodes: readonly string[];
    }
  | { readonly code: 'source-not-allowed'; readonly service: string; readonly client: string; readonly ranges: readonly string[] };

type ProgramCause =
  | {
      readonly code: 'nobody-listens';
      readonly service: string;
      readonly port: string;
      readonly pods: readonly string[];
      readonly listening: readonly string[];
    }
  | { readonly code: 'closed-port'; readonly where: string; readonly port: string; readonly listening: readonly string[] }
  | {
      readonly code: 'one-bad-pod';
      readonly service: string;
      readonly pod: string;
      readonly port: string;
      readonly listening: readonly string[];
      readonly of: number;
      readonly probability: number;
      readonly probed: boolean;
    }
  | { readonly code: 'program-not-up'; readonly pod: string; readonly port: string; readonly probed: boolean }
  | { readonly code: 'program-silent'; readonly by: string }
  | { readonly code: 'program-answers-error'; readonly by: string; readonly status: number };

type WayCause =
  | { readonly code: 'address-of-nobody'; readonly address: string; readonly range: 'pods' | 'services' | 'nodes' | null }
  | { readonly code: 'node-port-missing'; readonly port: string; readonly ports: readonly string[] }
  | { readonly code: 'endpoint-of-nobody'; readonly service: string; readonly address: string }
  | { readonly code: 'kube-proxy-behind'; readonly service: string; readonly node: string; readonly rules: 'none' | 'old' }
  | (Omit<PolicyDrop, 'tried'> & { readonly code: 'policy-drops'; readonly other: string; readonly port: string; readonly dns: boolean })
  | { readonly code: 'no-pod-network'; readonly from: string; readonly to: string }
  | { readonly code: 'pod-gone'; readonly pod: string; readonly address: string }
  | { readonly code: 'node-unreachable'; readonly node: string; readonly from: string }
  | { readonly code: 'link-cut'; readonly from: string; readonly to: string }
  | { readonly code: 'pod-unplugged'; readonly pod: string; readonly node: string }
  | { readonly code: 'routes-behind'; readonly place: string; readonly routes: readonly string[] }
  /** None of the above: where the packet ended, as the trace tells it. */
  | { readonly code: 'way-ends'; readonly end: ConclusionFact };

type ProxyCause =
  | {
      readonly code: 'ingress-not-served';
      readonly ingress: string;
      readonly host: string;
      readonly name: string | null;
      readonly known: readonly string[];
    }
  | { readonly code: 'ingress-host-unknown'; readonly host: string; readonly hosts: readonly string[]; readonly nearest: string | null }
  | { readonly code: 'ingress-path-unknown'; readonly host: string; readonly path: string; readonly rules: readonly string[] }
  | {
      readonly code: 'ingress-service-missing';
      readonly ingress: string;
      readonly service: string;
      readonly nearest: string | null;
      readonly elsewhere: string | null;
    }
  | {
      readonly code: 'ingress-port-missing';
      readonly ingress: string;
      readonly service: string;
      readonly port: string;
      readonly ports: readonly string[];
    }
  | { readonly code: 'proxy-behind'; readonly program: string; readonly host: string; readonly path: string }
  | { readonly code: 'proxy-answers'; readonly program: string; readonly status: number; readonly why: ProxyAnswer };

export type CauseFact = (PodFault & PodInPart) | NameCause | ServiceCause | ProgramCause | WayCause | ProxyCause;
