// Quantities of resources, `100m`, `64Mi`, `1.5`: their size, to be compared and added, and back to the text that the API server writes
// (apimachinery's resource.Quantity).

const POWERS: Readonly<Record<string, number>> = {
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

/** Its size; null for what is no quantity. */
export function quantityOf(text: string): number | null {
  const [, digits, suffix = '', exponent] = /^([-+]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]i?|Ki)?|[eE]([-+]?\d+))$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const power = exponent === undefined ? POWERS[suffix] : 10 ** Number(exponent);
  return power === undefined ? null : Number(digits) * power;
}

/** Processor time: whole cores, or thousandths. */
export function cpuText(cores: number): string {
  const thousandths = Math.ceil(cores * 1000 - 1e-6);
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;

/** Memory: the largest binary unit that gives a whole number. */
export function memoryText(bytes: number): string {
  const unit = BINARY.find((one) => bytes !== 0 && bytes % (POWERS[one] ?? 1) === 0);
  return unit === undefined ? String(bytes) : `${bytes / (POWERS[unit] ?? 1)}${unit}`;
}

/** As the API server writes it back: in the largest unit of its family that leaves a whole number. */
export function quantityText(text: string): string {
  const size = quantityOf(text);
  if (size === null) return text;
  if (/i$/.test(text)) return memoryText(size);
  return decimalText(size);
}

const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k', '', 'm', 'u', 'n'] as const;

function decimalText(size: number): string {
  if (size === 0) return '0';
  const unit = DECIMAL.find((one) => isWhole(size / (POWERS[one] ?? 1))) ?? 'n';
  return `${Math.round(size / (POWERS[unit] ?? 1))}${unit}`;
}

/** Up to the error of binary fractions. */
function isWhole(value: number): boolean {
  return Math.abs(value) >= 1 - 1e-9 && Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, Math.abs(value) * 1e-6);
}
