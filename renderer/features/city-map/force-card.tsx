import { useEffect, useRef, useState } from 'react';
import type { ForceTrack } from '#contract/forces.ts';
import type { WireError } from '#contract/errors.ts';
import type { ForcePosition } from '#domain/forces/force.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { clockTime, count } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { mapKind, type LiveForces } from '#renderer/state/live-forces.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ageText } from './use-forces.ts';
import { useUnitName } from './use-unit-name.ts';
import styles from './force-card.module.css';

type Answer =
  | { readonly kind: 'track'; readonly points: ForceTrack['points'] }
  | { readonly kind: 'problem'; readonly error: WireError };

/** Who was clicked: number of the post, unit, age of the position; the track of the last hour when it is asked for. */
export function ForceCard({
  map,
  live,
  chosen,
  onClose,
}: {
  readonly map: CityMap;
  readonly live: LiveForces;
  readonly chosen: ForcePosition;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { now } = useDesk();
  const unitName = useUnitName();
  useNow(1_000);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const panel = useRef<HTMLElement>(null);
  const { slot, id } = chosen;
  useEffect(() => {
    setAnswer(null);
    map.setTrack(null);
    panel.current?.focus();
  }, [map, slot]);
  useCommand('back', () => {
    onClose();
    return true;
  });
  // As it is now: a card stays open while its person walks.
  const person = live.bySlot(slot) ?? chosen;

  const showTrack = async () => {
    const outcome = await client.call('forces.track', { id });
    if (!outcome.ok && outcome.error.code !== 'not_found') {
      setAnswer({ kind: 'problem', error: outcome.error });
      return;
    }
    const points = outcome.ok ? outcome.value.points : [];
    setAnswer({ kind: 'track', points });
    map.setTrack(
      points.length < 2 ? null : { positions: Float64Array.from(points.flatMap(({ lon, lat }) => [lon, lat])) },
    );
  };

  return (
    <section ref={panel} tabIndex={-1} className={styles.card} aria-label={t('forces.card')}>
      <h3 className={styles.head}>
        {t(`layers.forceKinds.${mapKind(person.kind)}`)} {id}
        {person.isDemo ? <span className={styles.tag}>{t('forces.demo')}</span> : null}
      </h3>
      <dl className={styles.facts}>
        <dt>{t('forces.unit')}</dt>
        <dd>{unitName(person.unit)}</dd>
        <dt>{t('forces.position')}</dt>
        <dd>
          {clockTime(person.at)} · {ageText(t, live, person, now())}
        </dd>
      </dl>
      {person.marks.map((mark) => (
        <p key={mark} className={styles.note}>
          {t(`forces.marks.${mark}`)}
        </p>
      ))}
      <p className={styles.note} role="status">
        {answer === null
          ? t('forces.trackNote')
          : answer.kind === 'problem'
            ? errorWords(answer.error).title
            : trackText(answer.points)}
      </p>
      <div className={styles.foot}>
        <Button size="small" onPress={() => void showTrack()}>
          {t('forces.track')}
        </Button>
        <Button size="small" kind="quiet" onPress={onClose}>
          {t('forces.close')}
        </Button>
      </div>
    </section>
  );

  function trackText(points: ForceTrack['points']): string {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return t('forces.noTrack');
    return t('forces.trackOf', {
      ...{ number: count(points.length), from: clockTime(first.at), to: clockTime(last.at) },
    });
  }
}
