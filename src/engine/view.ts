// What the page is told of a cluster: plain data for drawing and for lists, with the place in the text where there is one.
// No rule, no route, no object: those are evidence, and come with a trace.

import type { NetworkName, ProxyModeName } from './controlplane/cluster';
import type { LoadBalancerName } from './controlplane/setting-change';
import type { Told } from './explain/language';
import type { ToldTrace } from './explain/told';
import type { Severity } from './kube/finding';
import type { SourceRange } from './manifest/parsed';
import type { Protocol } from './net/packet';

export type { NetworkName, ProxyModeName } from './controlplane/cluster';
export type { LoadBalancerName, SettingChange } from './controlplane/setting-change';

/** Which of the four rules said that a program listens on a port. */
export type ListenSource = 'annotation' | 'declared' | 'image' | 'assumed';

export interface NodeView {
  readonly name: string;
  readonly netns: string;
  readonly addresses: readonly string[];
  readonly podCIDRs: readonly string[];
  readonly ready: boolean;
  /** New Pods may be bound to it: it is not cordoned. */
  readonly schedulable: boolean;
  readonly devices: readonly {
    readonly name: string /** The namespace at the other end; null for a shared link. */;
    readonly to: string | null;
  }[];
  /** We put it there: nobody wrote it. */
  readonly added: boolean;
  readonly range: SourceRange | null;
}

/** `waiting`: for a node. `starting`: its containers are on their way. `failing`: one of them has crashed, or cannot be started. */
export type PodCondition = 'waiting' | 'starting' | 'ready' | 'not-ready' | 'failing' | 'terminating' | 'ended';

export interface PodView {
  readonly namespace: string;
  readonly name: string;
  /** The Deployment, ReplicaSet or other controller that made it: the stable part of its name. */
  readonly owner: string | null;
  /** The kind of the controller that watches over it, `ReplicaSet` for one; null where nobody does. */
  readonly ownerKind: string | null;
  readonly netns: string;
  /** null while Pending. */
  readonly node: string | null;
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol; readonly source: ListenSource }[];
  readonly ready: boolean;
  readonly phase: string;
  readonly condition: PodCondition;
  /** As a terminal prints it: `Running`, `CrashLoopBackOff`, `Terminating`. */
  readonly status: string;
  /** How often its containers were started again. */
  readonly restarts: number;
  readonly nameServer: boolean;
  readonly hostNetwork: boolean;
  readonly added: boolean;
  readonly range: SourceRange | null;
}

export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  /** Empty for ExternalName, `['None']` for a headless one. */
  readonly clusterIPs: readonly string[];
  readonly ports: readonly {
    readonly name: string | null;
    readonly port: number;
    readonly protocol: Protocol;
    readonly targetPort: string;
    readonly nodePort: number | null;
  }[];
  /** Where clients outside find it: addresses or names that its load balancer gave, and its externalIPs. */
  readonly externalAddresses: readonly string[];
  /** Its load balancer has given no address yet. */
  readonly pending: boolean;
  readonly selector: Readonly<Record<string, string>> | null;
  readonly endpoints: readonly {
    /** `10.1.1.10:8080` */ readonly address: string;
    readonly ready: boolean /** `namespace/name` */;
    readonly pod: string | null;
  }[];
  readonly added: boolean;
  readonly range: SourceRange | null;
}

/** A host outside of the cluster that an endpoint or a request names. */
export interface ExternalView {
  readonly address: string;
  readonly netns: string;
}

/** How the cluster is set up: what the page shows, and lets the reader change. */
export interface SettingsView {
  readonly proxyMode: ProxyModeName;
  readonly ipvsScheduler: string;
  readonly masqueradeAll: boolean;
  readonly localhostNodePorts: boolean;
  readonly network: NetworkName;
  /** Of Calico: whether Pods go out under their node's address. */
  readonly natOutgoing: boolean;
  readonly loadBalancer: LoadBalancerName;
  /** Without a final dot. */
  readonly dnsDomain: string;
}

/** A text in which a setting was written. */
export interface SettingWritten {
  readonly text: string;
  /** What is new in it; empty where lines were only taken away. */
  readonly range: SourceRange;
}

export interface ClusterView {
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly services: readonly ServiceView[];
  readonly externals: readonly ExternalView[];
  readonly serviceCIDR: string;
  readonly clusterCIDR: string;
  readonly settings: SettingsView;
}

/** A finding or a parse problem, ready to be shown. */
export interface Diagnostic {
  readonly severity: Severity;
  /** The API server's kind (`Required`), `Parse`, or our own code. */
  readonly kind: string;
  readonly document: number;
  /** `spec.ports[0].port`; empty for the object as a whole. */
  readonly path: string;
  /** `Service shop/web`; empty where no object could be read. */
  readonly object: string;
  readonly range: SourceRange;
  readonly message: Told;
  /** What a quick fix would write; null where there is none. */
  readonly fix: Told | null;
}

export interface Snapshot {
  /** Counts the texts that the page sent: answers to an older one are thrown away. */
  readonly revision: number;
  readonly view: ClusterView;
  readonly diagnostics: readonly Diagnostic[];
  /** The line (from 1) up to which the view is current, where a later document could not be read; null when all is. */
  readonly staleFromLine: number | null;
}

/** A request as the user says it. */
export interface ScenarioRequest {
  /** `pod/NAMESPACE/NAME`, `pod/NAME`, `node/NAME`, `external/IP`. */
  readonly from: string;
  /** `http://HOST[:PORT]/PATH`, `HOST:PORT`, `IP:PORT`, `ping:HOST`, `dns:NAME?type=SRV`, `dns://SERVER/NAME`. */
  readonly to: string;
  readonly protocol: Protocol;
  /** The node that a packet from outside reaches first; null: see contract. */
  readonly via: string | null;
  /** Of an HTTP request: GET where none is said. */
  readonly method?: string;
  /** Header fields of an HTTP request; one called Host names another host than the address does. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The time to live that its packets start with, where it is not the usual one. */
  readonly ttl?: number;
  /** Sent by a container that was added to the Pod (`kubectl debug`), which runs whatever the Pod's own containers do. */
  readonly added?: boolean;
}

export interface SentRequest {
  readonly revision: number;
  readonly request: ScenarioRequest;
  readonly seed: number;
  readonly told: ToldTrace;
  /** Places in the text of every object behind the evidence, by its label. */
  readonly sources: Readonly<Record<string, SourceRange>>;
}

/** One of many requests, in short. */
export interface Sample {
  readonly index: number;
  readonly outcome: string;
  /** `10.1.1.11:8080`; null where nothing was reached. */
  readonly backend: string | null;
  readonly pod: string | null;
  readonly clientPort: number;
}

/** What one mode of kube-proxy makes of a request. */
export interface ModeResult {
  readonly mode: ProxyModeName;
  readonly outcome: string;
  /** Of HTTP: what was answered; null otherwise. */
  readonly status: number | null;
  /** The whole request in one sentence. */
  readonly summary: Told;
  readonly backends: readonly { readonly address: string; readonly owner: string; readonly probability: number }[];
  /** The source address that the back end sees; null unless delivered. */
  readonly seenSource: string | null;
  /** Rules that the kernels on the way go through for the request's first packet. */
  readonly rulesRead: number;
  /** Where the back end was chosen: text of a rule or a virtual server; null where nothing was chosen. */
  readonly chosenBy: string | null;
}

/** What may differ between two modes. */
export type Difference = 'outcome' | 'backends' | 'source' | 'rules';

export interface Comparison {
  readonly revision: number;
  readonly here: ModeResult;
  readonly there: ModeResult;
  readonly differences: readonly Difference[];
}

/** Why a request makes no sense: a code and its values, for a sentence in the reader's language. */
export type RequestProblem =
  | { readonly code: 'unknown-source'; readonly from: string }
  | { readonly code: 'source-not-running'; readonly from: string }
  | { readonly code: 'unknown-node'; readonly via: string }
  | { readonly code: 'bad-target'; readonly to: string }
  | { readonly code: 'bad-port'; readonly to: string }
  | { readonly code: 'unsupported-protocol'; readonly protocol: string };
