// A failure that we foresaw and can explain: its message is for the user, who needs no stack.

export class ExpectedError extends Error {
  expected = true;
}
