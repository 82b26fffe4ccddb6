/** CSS pixels from the place where the name would stand; y downwards. */
export type Shift = readonly [dx: number, dy: number];

export interface Symbol {
  readonly x: number;
  readonly y: number;
}

const shifts: readonly Shift[] = [
  [0, 0],
  [0, -15],
  [0, 15],
  [0, -27],
  [0, 27],
  [-22, 0],
  [22, 0],
  [-18, -16],
  [18, -16],
  [-18, 16],
  [18, 16],
];
/** Half the size of a level's symbol. */
const HALF = 9;
const COVERED = 40;

/** How far a name steps aside so that it covers few symbols: the nearest of the places that cover fewest. */
export function labelShift(
  size: { readonly width: number; readonly height: number },
  symbols: readonly Symbol[],
): Shift {
  let best: Shift = [0, 0];
  let least = Infinity;
  for (const shift of shifts) {
    const [dx, dy] = shift;
    const covered = symbols.filter(
      ({ x, y }) => Math.abs(x - dx) < size.width / 2 + HALF && Math.abs(y - dy) < size.height / 2 + HALF,
    ).length;
    const cost = covered * COVERED + Math.hypot(dx, dy);
    if (cost >= least) continue;
    least = cost;
    best = shift;
  }
  return best;
}
