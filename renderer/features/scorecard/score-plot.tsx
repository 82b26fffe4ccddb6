import { CartesianGrid, ErrorBar, Line, LineChart, ReferenceLine, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import type { FiguresRow } from '#contract/figures.ts';

const PLOT_WIDTH = 300;
const PLOT_HEIGHT = 26;
const AXIS_HEIGHT = 20;
const side = { top: 0, right: 10, bottom: 0, left: 10 };

/** From where to where scores are drawn, in points. */
export interface PlotRange {
  readonly least: number;
  readonly most: number;
}

/** Whole steps that hold every interval and the target. */
export function rangeOf(rows: readonly FiguresRow[], target: number | null): PlotRange {
  const ends = rows.flatMap(({ score }) => (score?.low == null || score.high === null ? [] : [score.low, score.high]));
  const all = target === null ? ends : [...ends, target];
  if (all.length === 0) return { least: 0, most: 100 };
  const least = Math.max(0, Math.floor(Math.min(...all) / 2) * 2);
  return { least, most: Math.max(least + 2, Math.ceil(Math.max(...all) / 2) * 2) };
}

function ticksOf({ least, most }: PlotRange): number[] {
  const step = (most - least) / 4;
  return [0, 1, 2, 3, 4].map((at) => least + at * step);
}

/** The scale above the dots, with the target written at its line. */
export function ScoreAxis({ range, target }: { readonly range: PlotRange; readonly target: string | null }) {
  return (
    <ScatterChart width={PLOT_WIDTH} height={AXIS_HEIGHT} margin={side} accessibilityLayer={false}>
      <XAxis
        type="number"
        dataKey="score"
        orientation="top"
        domain={[range.least, range.most]}
        ticks={ticksOf(range)}
        axisLine={false}
        tickLine={false}
        height={AXIS_HEIGHT}
        tick={{ fill: 'var(--text-3)', fontSize: 'calc(12 * var(--u))' }}
        tickFormatter={(tick: number) => (Number.isInteger(tick) ? String(tick) : tick.toFixed(1))}
        {...(target === null ? {} : { name: target })}
      />
      <YAxis type="number" dataKey="y" domain={[0, 2]} hide />
    </ScatterChart>
  );
}

/** One score as a dot with its interval; hollow where the cases are few. */
export function ScoreDot({
  score,
  range,
  target,
}: {
  readonly score: NonNullable<FiguresRow['score']>;
  readonly range: PlotRange;
  readonly target: number | null;
}) {
  if (score.score === null || score.low === null || score.high === null) return null;
  const points = [{ score: score.score, y: 1, spread: [score.score - score.low, score.high - score.score] }];
  return (
    <ScatterChart width={PLOT_WIDTH} height={PLOT_HEIGHT} margin={side} accessibilityLayer={false}>
      <CartesianGrid horizontal={false} stroke="var(--line)" verticalValues={ticksOf(range)} syncWithTicks={false} />
      <XAxis type="number" dataKey="score" domain={[range.least, range.most]} ticks={ticksOf(range)} hide />
      <YAxis type="number" dataKey="y" domain={[0, 2]} hide />
      {target === null ? null : <ReferenceLine x={target} stroke="var(--text-3)" strokeDasharray="3 3" />}
      <Scatter
        data={points}
        isAnimationActive={false}
        shape={({ cx = 0, cy = 0 }: { readonly cx?: number | undefined; readonly cy?: number | undefined }) => (
          <circle
            cx={cx}
            cy={cy}
            r={4}
            fill={score.isSmall ? 'var(--panel)' : 'var(--text)'}
            stroke="var(--text)"
            strokeWidth={1.5}
          />
        )}
      >
        <ErrorBar
          dataKey="spread"
          direction="x"
          width={0}
          stroke="var(--text-3)"
          strokeWidth={3}
          isAnimationActive={false}
        />
      </Scatter>
    </ScatterChart>
  );
}

/** Twelve months without axes; months without a value are gaps. */
export function TrendLine({ values }: { readonly values: readonly (number | null)[] }) {
  const data = values.map((value, at) => ({ at, value }));
  if (data.every(({ value }) => value === null)) return null;
  return (
    <LineChart
      width={84}
      height={22}
      data={data}
      margin={{ top: 4, right: 4, bottom: 4, left: 4 }}
      accessibilityLayer={false}
    >
      <YAxis domain={['dataMin', 'dataMax']} hide />
      <Line
        dataKey="value"
        stroke="var(--text-2)"
        strokeWidth={1.25}
        isAnimationActive={false}
        dot={({ index, cx, cy, value }: { index?: number; cx?: number; cy?: number; value?: unknown }) => (
          <circle
            key={index}
            cx={cx ?? 0}
            cy={cy ?? 0}
            r={index === data.length - 1 ? 2 : 0.75}
            fill="var(--text)"
            visibility={value == null ? 'hidden' : 'visible'}
          />
        )}
      />
    </LineChart>
  );
}
