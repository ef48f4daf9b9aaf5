// How long something takes, as the annotations of the playground say it.

/** `5s`, `300ms`, `2m`, `1.5s`, in milliseconds; a number alone counts seconds. Null for anything else. */
export function duration(text: string | undefined): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*$/.exec(text ?? '');
  if (match === null) return null;
  const unit = match[2];
  return Math.round(Number(match[1]) * (unit === 'ms' ? 1 : unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : 1000));
}
