// Limits that programs are given in seconds.

/** The seconds; null where no limit is given, or 0, which means none. */
export function limitOf(text: string | undefined): number | null {
  const seconds = Number(text ?? '');
  return text === undefined || !Number.isFinite(seconds) || seconds <= 0 ? null : seconds;
}
