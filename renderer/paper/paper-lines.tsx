import type { Block } from '#domain/briefing/document.ts';
import { countText } from '#domain/briefing/numbers.ts';
import { FigureIds, type OpenFigure } from './figure-ids.tsx';
import styles from './paper.module.css';

type Lines = Extract<Block, { readonly kind: 'lines' }>;

/** Of one chart, in the units of its picture. */
const WIDE = 112;
const PLOT = { left: 2, right: 80, top: 16, bottom: 66 } as const;

/** Small charts side by side, each from zero, and below them the numbers they are drawn of. */
export function PaperLines({ block, onFigure }: { readonly block: Lines; readonly onFigure?: OpenFigure }) {
  const { caption, hint, finding, series, days, figures } = block;
  return (
    <figure>
      <figcaption>
        {caption}
        <FigureIds ids={figures} {...(onFigure === undefined ? {} : { onFigure })} />
        <small>{hint}</small>
      </figcaption>
      <svg role="img" aria-label={finding} viewBox={`0 0 ${WIDE * series.length} 80`} className={styles.lines}>
        {series.map(({ name, values, band }, at) => {
          const most = Math.max(1, ...values, ...(band ?? []));
          const y = (value: number) => PLOT.bottom - (value / most) * (PLOT.bottom - PLOT.top);
          const step = (PLOT.right - PLOT.left) / Math.max(1, values.length - 1);
          const x = (place: number) => (values.length === 1 ? PLOT.right : PLOT.left + place * step);
          const last = values.at(-1) ?? 0;
          return (
            <g key={name} transform={`translate(${at * WIDE} 0)`}>
              <text x={PLOT.left} y="8" className={styles.lineName}>
                {name}
              </text>
              {band === null ? null : (
                <rect
                  x={PLOT.left}
                  y={y(band[1])}
                  width={PLOT.right - PLOT.left}
                  height={Math.max(0.6, y(band[0]) - y(band[1]))}
                  className={styles.band}
                />
              )}
              <path d={`M${PLOT.left} ${PLOT.bottom}H${PLOT.right}`} className={styles.axis} />
              <path
                d={values.map((value, place) => `${place === 0 ? 'M' : 'L'}${x(place)} ${y(value)}`).join('')}
                className={styles.line}
              />
              <circle cx={x(values.length - 1)} cy={y(last)} r="1.8" />
              <text x={PLOT.right + 4} y={y(last) + 3} className={styles.lineName}>
                {countText(last)}
              </text>
              <text x={PLOT.left} y="76" className={styles.lineDay}>
                {days[0]}
              </text>
              <text x={PLOT.right} y="76" textAnchor="end" className={styles.lineDay}>
                {days.at(-1)}
              </text>
            </g>
          );
        })}
      </svg>
      <table className={styles.data}>
        <thead>
          <tr>
            <td />
            {days.map((day) => (
              <th key={day} scope="col" data-number>
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, place) => (
                <td key={days[place]} data-number>
                  {countText(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
