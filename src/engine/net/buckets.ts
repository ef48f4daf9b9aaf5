// A record of very many entries in two levels, so that one entry can change without copying all the others. Plain data, as a record is.

/** Entries by bucket, then by key. */
export type Buckets<Value> = Readonly<Record<string, Readonly<Record<string, Value>>>>;

const COUNT = 1024;

/** FNV-1a, folded into the number of buckets. */
function bucketOf(key: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return String((hash >>> 0) % COUNT);
}

export function entryOf<Value>(buckets: Buckets<Value>, key: string): Value | undefined {
  const bucket = buckets[bucketOf(key)];
  return bucket !== undefined && Object.hasOwn(bucket, key) ? bucket[key] : undefined;
}

export function bucketsOf<Value>(entries: Iterable<readonly [key: string, value: Value]>): Buckets<Value> {
  const buckets: Record<string, Record<string, Value>> = {};
  for (const [key, value] of entries) {
    const place = bucketOf(key);
    const bucket = buckets[place] ?? {};
    buckets[place] = bucket;
    bucket[key] = value;
  }
  return buckets;
}

/** The same with these entries: null takes one away. Untouched buckets are shared. */
export function withEntries<Value>(
  buckets: Buckets<Value>,
  changes: Iterable<readonly [key: string, value: Value | null]>,
): Buckets<Value> {
  const next: Record<string, Readonly<Record<string, Value>>> = { ...buckets };
  for (const [key, value] of changes) {
    const place = bucketOf(key);
    const { [key]: _gone, ...others } = next[place] ?? {};
    const bucket = value === null ? others : { ...others, [key]: value };
    if (Object.keys(bucket).length === 0) delete next[place];
    else next[place] = bucket;
  }
  return next;
}

/** All entries, in the order of their buckets. */
export function entriesOf<Value>(buckets: Buckets<Value>): readonly (readonly [key: string, value: Value])[] {
  return Object.values(buckets).flatMap((bucket) => Object.entries(bucket));
}
