// The end of every `switch` over a union: the type checker refuses the call as long as a case is missing.

export function unreachable(value: never): never {
  throw new Error(`a case is missing: ${JSON.stringify(value)}`);
}
