/** Lets the rest of the process have its turn; work that goes on for seconds does so every few milliseconds. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
