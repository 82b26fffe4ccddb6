import { useEffect, useRef, useState } from 'react';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { clockTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { lowered, withBaseMap, withOpacity, type ChosenBaseMap } from '#renderer/state/base-map-choice.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { BaseMapForm } from './base-map-form.tsx';
import type { BaseMapsState } from './use-base-maps.ts';
import panelStyles from './layer-panel.module.css';
import styles from './base-map.module.css';

/** Base maps: which are on, in which order and how strong; what is wrong with one; registering and forgetting. Esc closes. */
export function BaseMapPanel({
  state,
  faulty,
  onClose,
}: {
  readonly state: BaseMapsState;
  /** Ids of those of which a tile can't be drawn here. */
  readonly faulty: ReadonlySet<string>;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const { store } = useDesk();
  const isPast = useIsPast();
  const chosen = useChoice(({ baseMaps }) => baseMaps);
  const panel = useRef<HTMLElement>(null);
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => panel.current?.focus(), []);
  useCommand('back', () => {
    onClose();
    return true;
  });
  const choose = (baseMaps: readonly ChosenBaseMap[]) => store.setState({ baseMaps });
  const forget = (id: string) => {
    if (leaving !== id) return setLeaving(id);
    choose(withBaseMap(chosen, id, false));
    void client.call('basemap.remove', { id });
  };
  // Uppermost first, as they lie.
  const order = (id: string) => chosen.findIndex((one) => one.id === id);
  const maps = (state.maps ?? []).toSorted((a, b) => order(b.id) - order(a.id));
  return (
    <section ref={panel} tabIndex={-1} className={panelStyles.panel} aria-label={t('baseMap.title')}>
      {maps.length === 0 ? <p className={panelStyles.note}>{t('baseMap.none')}</p> : null}
      <ul className={styles.list}>
        {maps.map((one) => {
          const on = chosen.find(({ id }) => id === one.id);
          const problem =
            one.problem !== null
              ? `${t(`baseMap.reasons.${one.problem.reason}`)} · ${t('baseMap.since', { time: clockTime(one.problem.since) })}`
              : on !== undefined && faulty.has(one.id)
                ? t('baseMap.notDrawn')
                : null;
          return (
            <li key={one.id} className={styles.item}>
              <Switch isOn={on !== undefined} onChange={(isOn) => choose(withBaseMap(chosen, one.id, isOn))}>
                {one.name}
              </Switch>
              <p className={panelStyles.note}>
                {t(`baseMap.form.kinds.${one.kind}`)} · {one.place} ·{' '}
                {t('baseMap.zooms', { min: one.minZoom, max: one.maxZoom })} ·{' '}
                {t(`baseMap.form.coordinateNames.${one.coordinates}`)}
              </p>
              {problem === null ? null : (
                <p className={styles.problem} role="status">
                  {problem}
                </p>
              )}
              <div className={styles.row}>
                {on === undefined ? null : (
                  <label className={styles.opacity}>
                    {t('baseMap.opacity')}
                    <input
                      type="range"
                      min="10"
                      max="100"
                      step="10"
                      value={Math.round(on.opacity * 100)}
                      onChange={(event) => choose(withOpacity(chosen, one.id, Number(event.currentTarget.value) / 100))}
                    />
                  </label>
                )}
                {order(one.id) > 0 ? (
                  <Button size="small" kind="quiet" onPress={() => choose(lowered(chosen, one.id))}>
                    {t('baseMap.lower')}
                  </Button>
                ) : null}
                <Button size="small" kind="quiet" isDisabled={isPast} onPress={() => forget(one.id)}>
                  {t(leaving === one.id ? 'baseMap.removeSure' : 'baseMap.remove')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      {maps.length === 0 ? null : <p className={panelStyles.note}>{t('baseMap.own')}</p>}
      <div className={panelStyles.foot}>
        <Button size="small" isDisabled={isPast} onPress={() => setAdding(true)}>
          {t('baseMap.add')}
        </Button>
        <Button size="small" onPress={onClose}>
          {t('baseMap.close')}
        </Button>
      </div>
      {isAdding ? (
        <BaseMapForm
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            choose(withBaseMap(chosen, id, true));
          }}
        />
      ) : null}
    </section>
  );
}
