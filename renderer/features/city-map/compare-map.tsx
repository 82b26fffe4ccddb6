import { useEffect, useRef, useState } from 'react';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { clockTime, dayText } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { ShownBaseMap } from '#renderer/map/base-map-layers.ts';
import { linkCameras } from '#renderer/map/link-cameras.ts';
import type { MapHover, MapLegend } from '#renderer/map/map-events.ts';
import { figureNames, type FigureName } from '#renderer/map/map-layers.ts';
import { useChoice } from '#renderer/state/desk-context.tsx';
import { LiveForces } from '#renderer/state/live-forces.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { Legend } from './legend.tsx';
import { MapTip } from './map-tip.tsx';
import { periods, useCompared, type Period } from './use-compared.ts';
import type { ComponentView } from './use-components.ts';
import { useLegend } from './use-legend.ts';
import { useKnownFigures } from './use-map-layers.ts';
import { useSecondMap } from './use-second-map.ts';
import styles from './compare-map.module.css';
import mapStyles from './city-map.module.css';

/** The second map shows nobody. */
const noForces = new LiveForces();

/**
 * A second map beside the first, with one camera: a figure of its own, of now or of an earlier moment as it was known then.
 * It shows areas without cases. Esc leaves, and everything of it is freed.
 */
export function CompareMap({
  first,
  baseMaps,
  components,
  onClose,
}: {
  readonly first: CityMap;
  readonly baseMaps: readonly ShownBaseMap[];
  readonly components: ComponentView;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const container = useRef<HTMLDivElement>(null);
  const firstFigure = useChoice(({ layers }) => layers.figure);
  const area = useChoice(({ filter }) => filter.area);
  const isKnown = useKnownFigures();
  const [figure, setFigure] = useState<FigureName>(firstFigure === 'open' ? 'overdue' : 'open');
  const [period, setPeriod] = useState<Period>('now');
  const [hover, setHover] = useState<MapHover | null>(null);
  const [legend, setLegend] = useState<MapLegend | null>(null);
  const { map, status } = useSecondMap({
    container,
    hover: setHover,
    legend: setLegend,
    hasBaseMap: baseMaps.length > 0,
  });
  const { asOf, error, isLoading } = useCompared(map, figure, period);
  useEffect(() => (map === null ? undefined : linkCameras(first.extras, map.extras)), [first, map]);
  useEffect(() => map?.setFocus(area), [map, area]);
  const isDark = useChoice((state) => state.theme) === 'dark';
  useEffect(() => map?.extras.baseMaps.set(baseMaps, isDark), [map, baseMaps, isDark]);
  useCommand('back', () => {
    onClose();
    return true;
  });
  return (
    <section className={mapStyles.stage} aria-label={t('mapWork.compare.title')} aria-busy={isLoading}>
      <div className={mapStyles.frame}>
        <div ref={container} className={mapStyles.map} data-status={status} />
      </div>
      <div className={styles.choices} role="group" aria-label={t('mapWork.compare.choices')}>
        <Pick
          label={t('layers.figure')}
          size="small"
          isLabelHidden
          autoFocus
          items={figureNames.filter(isKnown).map((id) => ({ id, name: t(`layers.figures.${id}`) }))}
          value={figure}
          onChange={setFigure}
        />
        <Pick
          label={t('mapWork.compare.period')}
          size="small"
          isLabelHidden
          items={periods.map((id) => ({ id, name: t(`mapWork.compare.periods.${id}`) }))}
          value={period}
          onChange={setPeriod}
        />
        <Button size="small" shortcut="Esc" onPress={onClose}>
          {t('mapWork.compare.close')}
        </Button>
      </div>
      {legend === null ? null : <LegendOf legend={legend} hasBaseMap={baseMaps.length > 0} />}
      <div className={mapStyles.corner} data-corner="bottom-left">
        <span>
          {asOf === null
            ? t('mapWork.compare.loading')
            : t(period === 'now' ? 'mapWork.compare.asOfNow' : 'mapWork.compare.asOfThen', {
                time: `${dayText(asOf)} ${clockTime(asOf)}`,
              })}
        </span>
      </div>
      {error === null ? null : (
        <div className={mapStyles.state}>
          <Notice kind="problem" title={errorWords(error).title}>
            {errorWords(error).remedy}
          </Notice>
        </div>
      )}
      <MapTip hover={hover} forces={noForces} components={components} />
    </section>
  );
}

function LegendOf({ legend, hasBaseMap }: { readonly legend: MapLegend; readonly hasBaseMap: boolean }) {
  return <Legend sections={useLegend(legend, { hasChain: false, hasBaseMap, forces: noForces })} />;
}
