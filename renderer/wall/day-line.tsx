import { BINS } from '#domain/wall/day-figures.ts';
import styles from './wall.module.css';

const [WIDE, HIGH] = [288, 100];

interface DayLineProps {
  readonly line: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The day so far over the usual band, from zero up; where nobody looked there is a gap. */
export function DayLine({ line, low, high }: DayLineProps) {
  const top = Math.max(1, ...[...line, ...high].map((value) => value ?? 0)) * 1.06;
  const x = (bin: number) => (bin / (BINS - 1)) * WIDE;
  const y = (value: number) => HIGH - (value / top) * HIGH;
  return (
    <svg className={styles.line} viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
      {runsOf(low).map(([from, to]) => (
        <path key={from} className={styles.band} d={bandPath(from, to, low, high, x, y)} />
      ))}
      {runsOf(line).map(([from, to]) => (
        <path key={from} className={styles.trace} d={linePath(from, to, line, x, y)} />
      ))}
      <path className={styles.axis} d={`M0 ${HIGH}H${WIDE}`} />
    </svg>
  );
}

/** Stretches of known values, first and last bin. */
function runsOf(values: readonly (number | null)[]): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (const [bin, value] of values.entries()) {
    if (value === null) continue;
    const last = runs.at(-1);
    if (last?.[1] === bin - 1) last[1] = bin;
    else runs.push([bin, bin]);
  }
  return runs;
}

type Scale = (value: number) => number;

function linePath(from: number, to: number, line: readonly (number | null)[], x: Scale, y: Scale): string {
  const points = bins(from, to).map((bin) => `${x(bin).toFixed(1)} ${y(line[bin] ?? 0).toFixed(1)}`);
  // One look alone is a short stroke.
  return points.length === 1 ? `M${points[0]}h2` : `M${points.join('L')}`;
}

function bandPath(
  from: number,
  to: number,
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  x: Scale,
  y: Scale,
): string {
  const at = (values: readonly (number | null)[]) => (bin: number) =>
    `${x(bin).toFixed(1)} ${y(values[bin] ?? 0).toFixed(1)}`;
  const there = bins(from, to);
  return `M${[...there.map(at(high)), ...there.toReversed().map(at(low))].join('L')}Z`;
}

function bins(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
