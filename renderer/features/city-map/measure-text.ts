import { useCallback } from 'react';
import { useWords } from '#renderer/i18n/use-words.ts';
import { lineMeters, ringArea } from '#renderer/map/region.ts';
import type { Measurement } from './use-map-tools.ts';

/** A length or an area in words: three figures, in the unit in which they can be read. */
export function useMeasureText(): (measured: Measurement) => string {
  const { t } = useWords();
  return useCallback(
    ({ tool, points }) => {
      if (tool === 'distance') {
        const meters = lineMeters(points);
        return meters < 1_000
          ? t('mapTools.meters', { number: threeFigures(meters) })
          : t('mapTools.kilometers', { number: threeFigures(meters / 1_000) });
      }
      const squareMeters = ringArea(points);
      return squareMeters < 10_000
        ? t('mapTools.squareMeters', { number: threeFigures(squareMeters) })
        : t('mapTools.squareKilometers', { number: threeFigures(squareMeters / 1e6) });
    },
    [t],
  );
}

/** `0`, `3.42`, `34.2`, `342`, `1,020`: no more than a drawing on the screen can tell. */
export function threeFigures(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return value < 1_000
    ? value.toFixed(Math.min(digits, 4))
    : Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 0 });
}
