/** Tells the person at the terminal; a window may not be there to tell it. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
