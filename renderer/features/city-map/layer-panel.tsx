import { useEffect, useRef } from 'react';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { forceKinds, type ForceKind } from '#renderer/map/forces/force-field.ts';
import {
  arcModes,
  breakMethods,
  defaultLayers,
  figureNames,
  pointModes,
  surfaces,
  type MapLayers,
} from '#renderer/map/map-layers.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import type { LiveForces } from '#renderer/state/live-forces.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { useForceNotes } from './use-forces.ts';
import { useLevelName } from './use-legend.ts';
import { useArcUnit, useKnownFigures } from './use-map-layers.ts';
import { useUnitName } from './use-unit-name.ts';
import styles from './layer-panel.module.css';

const FOLLOW = 'zoom';

/** What the map shows. Every switch acts at once and is remembered; Esc closes. */
export function LayerPanel({
  live,
  componentNotes,
  onWarnings,
  onClose,
}: {
  readonly live: LiveForces;
  readonly componentNotes: readonly string[];
  readonly onWarnings: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { store, areas } = useDesk();
  const layers = useChoice((state) => state.layers);
  const isPast = useIsPast();
  const isKnown = useKnownFigures();
  const levelName = useLevelName();
  const unitName = useUnitName();
  const unit = useArcUnit();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useCommand('back', () => {
    onClose();
    return true;
  });
  const choose = (change: Partial<MapLayers>) => store.setState({ layers: { ...layers, ...change } });
  const levels = Array.from({ length: areas.depth - areas.unitLevel + 1 }, (_, index) => areas.unitLevel + index);
  const isFilled = layers.surface !== 'none';
  return (
    <section ref={panel} tabIndex={-1} className={styles.panel} aria-label={t('layers.title')}>
      <RadioChoice
        label={t('layers.surface')}
        items={surfaces.map((id) => ({ id, name: t(`layers.surfaces.${id}`) }))}
        value={layers.surface}
        onChange={(surface) => choose({ surface })}
      />
      {layers.surface === 'areas' ? (
        <Pick
          label={t('layers.figure')}
          size="small"
          items={figureNames.filter(isKnown).map((id) => ({ id, name: t(`layers.figures.${id}`) }))}
          value={isKnown(layers.figure) ? layers.figure : 'open'}
          onChange={(figure) => choose({ figure })}
        />
      ) : null}
      {isKnown('perPeople') || layers.surface !== 'areas' ? null : (
        <p className={styles.note}>{t('layers.noPeople')}</p>
      )}
      <RadioChoice
        label={t('layers.level')}
        items={[
          { id: FOLLOW, name: t('layers.followZoom') },
          ...levels.map((level) => ({ id: String(level), name: levelName(level) })),
        ]}
        value={layers.level === null ? FOLLOW : String(layers.level)}
        onChange={(level) => choose({ level: level === FOLLOW ? null : Number(level) })}
      />
      {isFilled ? (
        <RadioChoice
          label={t('layers.breaks')}
          items={breakMethods.map((id) => ({ id, name: t(`layers.breakNames.${id}`) }))}
          value={layers.breaks}
          onChange={(breaks) => choose({ breaks })}
        />
      ) : null}
      <RadioChoice
        label={t('layers.points')}
        items={pointModes.map((id) => ({ id, name: t(`layers.pointNames.${id}`) }))}
        value={layers.points}
        onChange={(points) => choose({ points })}
      />
      {layers.points === 'none' ? null : (
        <>
          <Switch isOn={layers.clusters} onChange={(clusters) => choose({ clusters })}>
            {t('layers.clusters')}
          </Switch>
          {layers.clusters ? <p className={styles.note}>{t('layers.clustersNote')}</p> : null}
        </>
      )}
      <RadioChoice
        label={`${t('layers.lines')} · ${t('layers.arcs')}`}
        items={arcModes.map((id) => ({ id, name: t(`layers.arcNames.${id}`) }))}
        value={layers.arcs}
        onChange={(arcs) => choose({ arcs })}
      />
      {layers.arcs === 'unit' ? (
        <p className={styles.note}>
          {unit === null ? t('layers.unitFrom') : t('layers.unitNow', { unit: unitName(unit) })}
        </p>
      ) : null}
      <Switch isOn={layers.forces} onChange={(forces) => choose({ forces })}>
        {t('layers.forces')}
      </Switch>
      {layers.forces ? <ForceSwitches live={live} kinds={layers.forceKinds} onChoose={choose} /> : null}
      <div className={styles.row}>
        <Switch isOn={layers.components} onChange={(components) => choose({ components })}>
          {t('components.layer')}
        </Switch>
        {isPast ? null : (
          <Button size="small" kind="quiet" onPress={() => store.setState({ dialog: 'components' })}>
            {t('components.open')}
          </Button>
        )}
      </div>
      <div className={styles.row}>
        <Switch isOn={layers.alarms} onChange={(alarms) => choose({ alarms })}>
          {t('alarms.layer')}
        </Switch>
        <Button size="small" kind="quiet" onPress={onWarnings}>
          {t('alarms.open')}
        </Button>
      </div>
      {componentNotes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <Switch isOn={layers.chain} onChange={(chain) => choose({ chain })}>
        {t('layers.chain')}
      </Switch>
      <div className={styles.foot}>
        <Button size="small" kind="quiet" onPress={() => choose(defaultLayers)}>
          {t('layers.reset')}
        </Button>
        <Button size="small" onPress={onClose}>
          {t('layers.close')}
        </Button>
      </div>
    </section>
  );
}

function ForceSwitches({
  live,
  kinds,
  onChoose,
}: {
  readonly live: LiveForces;
  readonly kinds: readonly ForceKind[];
  readonly onChoose: (change: Partial<MapLayers>) => void;
}) {
  const { t } = useWords();
  const notes = useForceNotes(live);
  return (
    <>
      <div className={styles.row} role="group" aria-label={t('layers.forces')}>
        {forceKinds.map((kind) => (
          <Switch
            key={kind}
            isOn={kinds.includes(kind)}
            onChange={(isOn) =>
              onChoose({ forceKinds: forceKinds.filter((one) => (one === kind ? isOn : kinds.includes(one))) })
            }
          >
            {t(`layers.forceKinds.${kind}`)}
          </Switch>
        ))}
      </div>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </>
  );
}
