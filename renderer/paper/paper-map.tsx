import type { Block } from '#domain/briefing/document.ts';
import { FigureIds, type OpenFigure } from './figure-ids.tsx';
import { placedLabels } from './place-labels.ts';
import { paperWords } from './paper-words.ts';
import styles from './paper.module.css';

type MapBlock = Extract<Block, { readonly kind: 'map' }>;

/** Areas in shades by their value, with legend, scale bar, north and what kind of map it is; one millimetre is one unit. */
export function PaperMap({ block, onFigure }: { readonly block: MapBlock; readonly onFigure?: OpenFigure }) {
  const { caption, hint, finding, sheet, values, steps, unit } = block;
  const { widthMm, heightMm, scale } = sheet;
  const shadeOf = (value: number) => {
    const at = steps.findIndex((end) => value <= end);
    return at === -1 ? steps.length : at;
  };
  const labels = placedLabels(
    sheet.areas.map(({ name, label, code }) => ({ name, at: label, value: values[code] ?? 0 })),
  );
  return (
    <figure>
      <figcaption>
        {caption}
        <FigureIds ids={block.figures} {...(onFigure === undefined ? {} : { onFigure })} />
        <small>{hint}</small>
      </figcaption>
      <svg
        role="img"
        aria-label={finding}
        viewBox={`0 0 ${widthMm} ${heightMm}`}
        style={{ width: `${widthMm}mm`, height: `${heightMm}mm` }}
      >
        {sheet.areas.map(({ code, name, path }) => (
          <path key={`${code} ${name}`} d={path} className={styles.area} data-shade={shadeOf(values[code] ?? 0)} />
        ))}
        {labels.map(({ text, at: [x, y], width }) => (
          <g key={text} transform={`translate(${x} ${y})`}>
            <rect x={-width / 2} y="-1.7" width={width} height="3.2" rx="0.4" className={styles.labelBox} />
            <text textAnchor="middle" y="0.75" className={styles.areaName}>
              {text}
            </text>
          </g>
        ))}
        <g transform={`translate(2 ${heightMm - 4 - steps.length * 4.2})`}>
          <text y="-2" className={styles.mapText}>
            {paperWords.legend}
          </text>
          {steps.map((end, at) => (
            <g key={end} transform={`translate(0 ${at * 4.2})`}>
              <rect width="6" height="3.2" className={styles.area} data-shade={at} />
              <text x="7.5" y="2.6" className={styles.mapText}>
                {`${stepText(at === 0 ? 0 : (steps[at - 1] ?? 0) + 1, end)} ${unit}`}
              </text>
            </g>
          ))}
        </g>
        <g transform={`translate(${widthMm - scale.lengthMm - 2} ${heightMm - 4})`}>
          <path d={`M0 -1.4V0H${scale.lengthMm}V-1.4`} className={styles.scale} />
          <text x={scale.lengthMm / 2} y="-1.4" textAnchor="middle" className={styles.mapText}>
            {`${scale.km} km`}
          </text>
        </g>
        <g transform={`translate(${widthMm - 5} 6)`}>
          <path d="M0 -4L1.6 1L0 0L-1.6 1Z" />
          <text y="4.4" textAnchor="middle" className={styles.mapText}>
            {paperWords.north}
          </text>
        </g>
        <text x={widthMm - 2} y={heightMm - 9} textAnchor="end" className={styles.mapText}>
          {sheet.mark}
        </text>
      </svg>
    </figure>
  );
}

function stepText(from: number, end: number): string {
  return from === end ? String(end) : `${from}–${end}`;
}
