import { useEffect, useState } from 'react';
import type { WallShell, WallWindowsState } from '#contract/shell.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import styles from './wall-desk.module.css';

/** The wall on the displays of this machine: which of them, opened and closed, and the PIN to leave it. Electron only. */
export function WallWindowsForm({ shell }: { readonly shell: WallShell }) {
  const { t } = useWords();
  const [state, setState] = useState<WallWindowsState | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const take = (answer: Promise<WallWindowsState>) => {
    answer.then(
      (next) => {
        setState(next);
        setFailed(false);
      },
      () => setFailed(true),
    );
  };
  useEffect(() => {
    take(shell.state());
    return shell.onState(setState);
  }, [shell]);
  if (state === null) return hasFailed ? <Notice kind="problem" title={t('wallDesk.shellFailed')} /> : null;
  return (
    <section className={styles.form} aria-label={t('wallDesk.windows')}>
      <h3 className={styles.note}>{t('wallDesk.windows')}</h3>
      {hasFailed ? <Notice kind="problem" title={t('wallDesk.shellFailed')} /> : null}
      <DisplaysForm key={state.displays.map(({ id, name }) => `${id} ${name}`).join()} {...{ shell, state, take }} />
      <PinForm {...{ shell, state, take }} />
    </section>
  );
}

interface Parts {
  readonly shell: WallShell;
  readonly state: WallWindowsState;
  readonly take: (answer: Promise<WallWindowsState>) => void;
}

function DisplaysForm({ shell, state, take }: Parts) {
  const { t } = useWords();
  const { displays, isOpen } = state;
  const [chosen, setChosen] = useState(() => displays.flatMap(({ id, name }) => (name === null ? [] : [id])));
  const [isSpanning, setSpanning] = useState(state.isSpanning);
  return (
    <>
      <div className={styles.switches}>
        {displays.map(({ id, label, width, height, name, isDesk }, index) => (
          <Switch
            key={id}
            isOn={chosen.includes(id)}
            onChange={(isOn) => setChosen(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {[
              t('wallDesk.nthDisplay', { count: index + 1 }),
              label,
              `${width}×${height}`,
              name,
              isDesk ? t('wallDesk.withDesk') : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Switch>
        ))}
      </div>
      <div className={styles.switches}>
        <Switch isOn={isSpanning} onChange={setSpanning}>
          {t('wallDesk.spanning')}
        </Switch>
      </div>
      <div className={styles.buttons}>
        <Button isDisabled={chosen.length === 0} onPress={() => take(shell.open({ displays: chosen, isSpanning }))}>
          {t(isOpen ? 'wallDesk.apply' : 'wallDesk.openWindows')}
        </Button>
        {isOpen ? <Button onPress={() => take(shell.close())}>{t('wallDesk.closeWindows')}</Button> : null}
      </div>
    </>
  );
}

function PinForm({ shell, state, take }: Parts) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const isPin = /^\d{4,8}$/.test(pin);
  return (
    <form
      className={styles.pin}
      aria-label={t('wallDesk.pin')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPin) return;
        take(shell.setPin(pin));
        setPin('');
      }}
    >
      <Field
        label={t('wallDesk.pin')}
        note={t(state.hasPin ? 'wallDesk.pinSet' : 'wallDesk.pinNone')}
        type="password"
        value={pin}
        onChange={setPin}
        problem={pin === '' || isPin ? null : t('wallDesk.badPin')}
      />
      <div className={styles.buttons}>
        <Button type="submit" isDisabled={!isPin}>
          {t('wallDesk.setPin')}
        </Button>
        {state.hasPin ? <Button onPress={() => take(shell.setPin(null))}>{t('wallDesk.noPin')}</Button> : null}
      </div>
    </form>
  );
}
