import { useWords } from '#renderer/i18n/use-words.ts';
import { clusterRadius } from '#renderer/map/clusters.ts';
import { GROUP_RADIUS, shapes, type Shape } from '#renderer/map/symbols.ts';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { Pennant } from './alarm-marks.tsx';
import type { LegendSection, Swatch } from './legend-sections.ts';
import styles from './city-map.module.css';

/** What the marks, lines and fills mean; only what is on the map. */
export function Legend({ sections }: { readonly sections: readonly LegendSection[] }) {
  const { t } = useWords();
  return (
    <div className={styles.corner} data-corner="top-right" role="group" aria-label={t('map.legendTitle')}>
      {sections.map(({ id, title, rows }) => (
        <div key={id} className={styles.part}>
          {title === null ? null : <p className={styles.partTitle}>{title}</p>}
          <ul className={styles.marks}>
            {rows.map(({ swatch, text, value }, index) => (
              <li key={index} data-remark={swatch === null && value === null}>
                {swatch === null ? null : <SwatchView swatch={swatch} />}
                {text}
                {value === null ? null : <b>{value}</b>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function SwatchView({ swatch }: { readonly swatch: Swatch }) {
  switch (swatch.kind) {
    case 'mark':
      return <LevelMark level={swatch.level} />;
    case 'shape':
      return <ShapeView shape={swatch.shape} />;
    case 'alarm':
      return (
        <svg className={styles.symbol} viewBox="-3 -21 18 22" aria-hidden="true">
          <Pennant kind={swatch.alarm} />
        </svg>
      );
    case 'component':
      return <ShapeView shape={shapes.groupFrame} />;
    case 'force':
      return <ForceView force={swatch.force} age={swatch.age} />;
    case 'fill':
      return (
        <svg className={styles.fill} viewBox="0 0 16 10" aria-hidden="true">
          <rect width="16" height="10" fill={swatch.colour} />
        </svg>
      );
    case 'line':
      return <span className={styles.chainLine} />;
    case 'arc':
      return (
        <svg className={styles.symbol} viewBox="-8 -8 16 16" aria-hidden="true">
          <path className={styles.arc} d="M-7 5Q-1 -9 7 3" />
        </svg>
      );
    case 'cluster':
      return (
        <svg className={styles.symbol} viewBox="-8 -8 16 16" aria-hidden="true">
          <circle className={styles.hollow} r={Math.min(7, clusterRadius(2))} />
        </svg>
      );
  }
}

/** A person or vehicle as the map draws it: full with a fresh position, hollow with an old one. */
function ForceView({ force, age }: Omit<Extract<Swatch, { kind: 'force' }>, 'kind'>) {
  const [wide, high] = force === 'vehicle' ? [6, 3.4] : [4.2, 4.2];
  return (
    <svg className={styles.symbol} viewBox="-8 -8 16 16" aria-hidden="true" data-age={age}>
      {force === 'gridStaff' ? (
        <circle className={styles.force} r={4.8} />
      ) : (
        <rect className={styles.force} x={-wide} y={-high} width={2 * wide} height={2 * high} />
      )}
    </svg>
  );
}

/** Dots and the shapes of groups as the map draws them. */
function ShapeView({ shape }: { readonly shape: Shape }) {
  if (shape === shapes.dot || shape === shapes.ring) {
    return <span className={styles.dot} data-filled={shape === shapes.dot} />;
  }
  const half = GROUP_RADIUS + 0.4;
  const isHollow = shape === shapes.groupRing || shape === shapes.groupFrame;
  const className = isHollow ? styles.hollow : styles.full;
  const isRound = shape === shapes.groupRing || shape === shapes.groupDisc;
  return (
    <svg className={styles.symbol} viewBox="-8 -8 16 16" aria-hidden="true">
      {shape === shapes.groupCross ? (
        <path className={styles.hollow} d={`M${-half} ${-half}L${half} ${half}M${-half} ${half}L${half} ${-half}`} />
      ) : isRound ? (
        <circle className={className} r={half} />
      ) : (
        <rect className={className} x={-half} y={-half} width={2 * half} height={2 * half} />
      )}
    </svg>
  );
}
