// Where a rule, route, record or socket comes from: an opaque label that `kube/ref.ts` writes and reads.
// The floors between carry it untouched, so a packet's walk can say "this rule" without knowing what a Service is.

declare const provenanceBrand: unique symbol;

/** Names an object and one of its fields. Empty where nothing the user wrote is behind it. */
export type Provenance = string & { readonly [provenanceBrand]: 'Provenance' };

export const NO_PROVENANCE = '' as Provenance;
