/** Work that stops now and then, so that whoever does it can do something else in between. */
export type Steps<Value> = Generator<void, Value>;

/** Does it all at once. */
export function finish<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
