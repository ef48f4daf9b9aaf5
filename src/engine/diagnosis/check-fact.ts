// What a check found, for the sentence that says so where all is well. Numbers and names only.

export type CheckFact =
  | {
      readonly code: 'client-runs';
      readonly client: string;
      readonly kind: 'pod' | 'node';
      readonly node: string;
      readonly address: string;
    }
  | { readonly code: 'request-answered'; readonly client: string; readonly failing: number }
  | { readonly code: 'name-resolves'; readonly name: string; readonly address: string }
  | { readonly code: 'resolv-conf'; readonly client: string; readonly servers: readonly string[]; readonly search: readonly string[] }
  | { readonly code: 'name-record'; readonly name: string; readonly service: string }
  | {
      readonly code: 'address-owner';
      readonly address: string;
      readonly kind: 'Pod' | 'Service' | 'Node' | 'Gateway' | 'outside' | 'nobody';
      readonly owner: string;
    }
  | { readonly code: 'service-exists'; readonly service: string; readonly type: string; readonly address: string }
  | { readonly code: 'service-port'; readonly service: string; readonly port: string; readonly target: string; readonly headless: boolean }
  | { readonly code: 'endpoints'; readonly service: string; readonly ready: number }
  | { readonly code: 'pods-selected'; readonly service: string; readonly selector: string; readonly count: number }
  | { readonly code: 'pods-ready'; readonly service: string; readonly ready: number; readonly of: number }
  | { readonly code: 'pod-runs'; readonly pod: string; readonly node: string }
  | { readonly code: 'program-listens'; readonly port: string; readonly listening: number; readonly of: number; readonly where: string }
  | {
      readonly code: 'traffic-policy';
      readonly service: string;
      readonly field: 'internalTrafficPolicy' | 'externalTrafficPolicy';
      readonly node: string;
      readonly local: number;
    }
  | { readonly code: 'source-ranges'; readonly service: string; readonly client: string; readonly ranges: readonly string[] }
  | { readonly code: 'node-rules'; readonly service: string; readonly node: string; readonly mode: string; readonly endpoints: number }
  | { readonly code: 'policies-allow'; readonly policies: readonly string[] }
  | { readonly code: 'way'; readonly from: string; readonly to: string }
  | { readonly code: 'proxy-rule'; readonly program: string; readonly host: string; readonly path: string; readonly upstream: string }
  | { readonly code: 'answer'; readonly by: string; readonly status: number }
  | { readonly code: 'every-back-end'; readonly count: number };
