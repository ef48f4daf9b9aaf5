// DNS messages (RFC 1035) as far as a cluster uses them. Names are absolute, in lower case unless a record keeps its spelling,
// and end in a dot. Left out: classes other than IN, flags other than the response code, message size and truncation.

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'PTR' | 'SRV' | 'TXT' | 'SOA' | 'MX';

const TYPES: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'TXT', 'SOA', 'MX'];

/** The type of that name, in whatever case; null for one that we do not know. */
export function recordType(text: string): RecordType | null {
  return TYPES.find((type) => type === text.toUpperCase()) ?? null;
}

export type Rcode = 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';

/** One resource record. `data` is its text as dig prints it: `0 100 80 web.shop.svc.cluster.local.` for SRV; TXT without quotes. */
export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  /** Seconds that the answer may be kept. */
  readonly ttl: number;
  readonly data: string;
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: RecordType;
}

export type DnsMessage =
  | { readonly kind: 'query'; readonly question: DnsQuestion }
  | { readonly kind: 'response'; readonly question: DnsQuestion; readonly rcode: Rcode; readonly answers: readonly DnsRecord[] };

export function absoluteName(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
