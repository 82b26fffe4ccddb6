/** One class of the choropleth: open cases from … to, both included; `to` null is without end. */
export interface FigureClass {
  readonly from: number;
  readonly to: number | null;
  readonly fill: string;
}

/** Shares of the areas with any case that lie below the second, third and fourth class. */
const QUANTILES = [0.35, 0.7, 0.92] as const;

/**
 * Up to four classes by quantiles of the areas that have any case, so that one hot spot does not make all others look
 * alike; limits are whole numbers, the first is 0. A figure belongs to the last class whose `from` it reaches.
 */
export function figureClasses(figures: Iterable<number>, fills: readonly string[]): readonly FigureClass[] {
  const some = [...figures].filter((figure) => figure > 0).sort((a, b) => a - b);
  const starts = [0];
  for (const share of QUANTILES.slice(0, fills.length - 1)) {
    const figure = some[Math.floor(share * some.length)];
    if (figure !== undefined) starts.push(Math.max(figure, (starts.at(-1) ?? 0) + 1));
  }
  const highest = some.at(-1) ?? 0;
  const reached = starts.filter((start) => start === 0 || start <= highest);
  return reached.map((from, index) => ({
    from,
    to: index === reached.length - 1 ? null : (reached[index + 1] ?? 0) - 1,
    fill: fills[index] ?? '',
  }));
}

/** Which class a figure is in. */
export function classOf(figure: number, classes: readonly FigureClass[]): number {
  const at = classes.findLastIndex(({ from }) => figure >= from);
  return Math.max(0, at);
}
