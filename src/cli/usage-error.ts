// What the user of the command got wrong, in one line: thrown anywhere, said once on standard error, exit status 2.

export class UsageError extends Error {
  override name = 'UsageError';
}
