/** Marks a branch that the compiler has proved unreachable; throws if a value gets there all the same. */
export function assertNever(value: never, what: string): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}

/** @throws Error with `reason` if the value is missing; for values that must be there */
export function required<Value>(value: Value | undefined | null, reason: string): Value {
  if (value === undefined || value === null) throw new Error(`missing: ${reason}`);
  return value;
}
