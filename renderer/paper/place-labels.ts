interface Wanted {
  readonly name: string;
  /** Millimetres. */
  readonly at: readonly [number, number];
  readonly value: number;
}

export interface PlacedLabel {
  readonly text: string;
  readonly at: readonly [number, number];
  readonly width: number;
}

const SIGN_MM = 2.2;
const DIGIT_MM = 1.25;
const HIGH_MM = 3.4;

/** Names with their values, the greatest first; one that would lie on another is left out: its number stands in the table. */
export function placedLabels(wanted: readonly Wanted[]): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const { name, at, value } of wanted.toSorted((a, b) => b.value - a.value)) {
    const number = String(value);
    const width = name.length * SIGN_MM + (number.length + 1) * DIGIT_MM + 0.8;
    const isFree = placed.every(
      (other) => Math.abs(other.at[0] - at[0]) > (other.width + width) / 2 || Math.abs(other.at[1] - at[1]) > HIGH_MM,
    );
    if (isFree) placed.push({ text: `${name} ${number}`, at, width });
  }
  return placed;
}
