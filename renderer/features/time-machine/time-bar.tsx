import { useEffect, useState, type FormEvent } from 'react';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useMachine } from '#renderer/state/desk-context.tsx';
import { speeds, type Speed } from '#renderer/state/time-machine.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { parseMoment } from './parse-moment.ts';
import { Scrubber } from './scrubber.tsx';
import styles from './time-machine.module.css';

const spans = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, all: null } as const;
type SpanName = keyof typeof spans;
const spanNames = Object.keys(spans) as readonly SpanName[];

/** Under the map while the past is shown: the scrubber, and what moves it. */
export function TimeBar() {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { machine } = useDesk();
  const { range, wantedAt, isPlaying, error, spanMs } = useMachine((state) => state);
  const toggle = () => (isPlaying ? machine.pause() : machine.play());
  useCommand('past_play', toggle);
  useCommand('past_back', () => machine.stepBy(-1));
  useCommand('past_forward', () => machine.stepBy(1));
  useCommand('back', () => machine.leave());
  const isEmpty = range !== null && range.first === null;

  return (
    <section className={styles.bar} aria-label={t('past.title')} id="time-bar">
      <div className={styles.controls}>
        <Button size="small" shortcut={keyOf('past_play')} onPress={toggle} isDisabled={isEmpty}>
          {isPlaying ? t('past.pause') : t('past.play')}
        </Button>
        <Button
          size="small"
          shortcut={keyOf('past_back')}
          aria-label={`${keyOf('past_back')} ${t('past.back')}`}
          onPress={() => machine.stepBy(-1)}
          isDisabled={isEmpty}
        >
          ◂
        </Button>
        <Button
          size="small"
          shortcut={keyOf('past_forward')}
          aria-label={`${keyOf('past_forward')} ${t('past.forward')}`}
          onPress={() => machine.stepBy(1)}
          isDisabled={isEmpty}
        >
          ▸
        </Button>
        <SpeedPick />
        <MomentField />
        <span className={styles.gap} />
        <Pick
          label={t('past.span')}
          isLabelHidden
          size="small"
          items={spanNames.map((id) => ({ id, name: t(`past.spans.${id}`) }))}
          value={spanNames.find((name) => spans[name] === spanMs) ?? 'all'}
          onChange={(name) => machine.setSpan(spans[name])}
        />
      </div>
      {isEmpty ? (
        <p className={styles.note}>{t('past.empty')}</p>
      ) : range === null ? (
        <p className={styles.note}>{error === null ? t('past.loading') : ''}</p>
      ) : (
        <Scrubber
          {...{ range, wantedAt }}
          onMove={(at) => {
            machine.pause();
            machine.goTo(at);
          }}
          onTogglePlay={toggle}
        />
      )}
      {error === null ? null : (
        <p className={styles.problem} role="alert">
          {t('past.failed', { reason: errorWords(error).title })}
          <Button size="small" onPress={() => machine.retry()}>
            {t('past.retry')}
          </Button>
        </p>
      )}
    </section>
  );
}

function SpeedPick() {
  const { t } = useWords();
  const { machine } = useDesk();
  const speed = useMachine((state) => state.speed);
  return (
    <Pick
      label={t('past.speed')}
      isLabelHidden
      size="small"
      items={speeds.map((value) => ({ id: String(value), name: t('past.times', { speed: value }) }))}
      value={String(speed)}
      onChange={(chosen) => machine.setSpeed(Number(chosen) as Speed)}
    />
  );
}

/** Follows the instant until somebody types; Enter goes there. */
function MomentField() {
  const { t } = useWords();
  const { machine } = useDesk();
  const wantedAt = useMachine((state) => state.wantedAt);
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  useEffect(() => setWrong(false), [typed]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed === null) return;
    const at = parseMoment(typed, wantedAt);
    if (at === null) {
      setWrong(true);
      return;
    }
    setTyped(null);
    machine.pause();
    machine.goTo(at);
  };
  return (
    <form className={styles.moment} onSubmit={submit}>
      <Field
        label={t('past.moment')}
        isLabelHidden
        value={typed ?? fullTime(wantedAt)}
        onChange={setTyped}
        onBlur={() => setTyped(null)}
        problem={isWrong ? t('past.badMoment') : null}
      />
    </form>
  );
}
