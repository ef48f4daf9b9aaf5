// Quantities of CPU and memory: `250m`, `1.5`, `64Mi`, `1e3` (resource.ParseQuantity).

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that is meant, or null for a text that is no quantity. */
export function parseQuantity(text: string): number | null {
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+))(?:([eE][-+]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/.exec(text.trim());
  if (match === null) return null;
  return Number(`${match[1]}${match[2] ?? ''}`) * (SUFFIXES[match[3] ?? ''] ?? 1);
}

/** Thousandths of a core, rounded up, as the scheduler counts CPU (Quantity.MilliValue). */
export function parseMillis(text: string): number | null {
  const quantity = parseQuantity(text);
  return quantity === null ? null : inMillis(quantity);
}

/** Cores in thousandths. A product such as 0.1 × 1000 may come out a hair too large. */
export function inMillis(cores: number): number {
  return Math.ceil(Number((cores * 1000).toFixed(6)));
}

/** `1500m`, `2`. */
export function formatMillis(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;

/** In the largest binary unit that leaves no rest: `512Mi`. */
export function formatBytes(bytes: number): string {
  const unit = BINARY.find((each) => bytes !== 0 && bytes % (SUFFIXES[each] ?? 1) === 0);
  return unit === undefined ? String(bytes) : `${bytes / (SUFFIXES[unit] ?? 1)}${unit}`;
}

const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k', '', 'm', 'u', 'n'] as const;

/** A quantity as the API server writes it back: in the largest unit of its family that leaves a whole number. `1000m` is `1`. */
export function canonicalQuantity(text: string): string {
  const size = parseQuantity(text);
  if (size === null) return text;
  if (text.endsWith('i')) return formatBytes(size);
  const unit = DECIMAL.find((each) => size !== 0 && isWhole(size / (SUFFIXES[each] ?? 1)));
  return size === 0 ? '0' : `${Math.round(size / (SUFFIXES[unit ?? 'n'] ?? 1))}${unit ?? 'n'}`;
}

/** Up to the error of binary fractions. */
function isWhole(value: number): boolean {
  return Math.abs(value) >= 1 - 1e-9 && Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, Math.abs(value) * 1e-6);
}
