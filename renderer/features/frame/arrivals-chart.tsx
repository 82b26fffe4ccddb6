import { Bar, BarChart } from 'recharts';

const noMargin = { top: 0, right: 0, bottom: 0, left: 0 };

/** Bars from zero, without axes: the number stands beside them. */
export function ArrivalsChart({ bins }: { readonly bins: { readonly reports: number }[] }) {
  return (
    <BarChart width={62} height={16} data={bins} accessibilityLayer={false} margin={noMargin} barCategoryGap={1}>
      <Bar dataKey="reports" fill="var(--control)" isAnimationActive={false} />
    </BarChart>
  );
}
