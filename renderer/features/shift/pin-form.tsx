import { useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { ShiftState } from '#contract/shift.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import styles from './shift.module.css';

const PIN = /^\d{6}$/;

export interface TypedPin {
  readonly person: string;
  readonly pin: string;
  readonly isNewPin: boolean;
}

/**
 * A person and the PIN of six digits; who has none sets one by typing it twice. `person` says whose it must be. The digits are
 * forgotten after each try.
 */
export function PinForm({
  people,
  person: fixed = null,
  except = null,
  submit,
  isFocused = false,
  onSend,
}: {
  readonly people: ShiftState['people'];
  readonly person?: string | null;
  /** Cannot be chosen: who signs the other side. */
  readonly except?: string | null;
  /** What the button says. */
  readonly submit: string;
  /** There is nothing else to do: the PIN takes the focus. */
  readonly isFocused?: boolean;
  readonly onSend: (typed: TypedPin) => Promise<WireError | null>;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const offered = people.filter(({ id }) => id !== except && (fixed === null || id === fixed));
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const person = offered.find(({ id }) => id === chosen) ?? offered[0];
  if (person === undefined) return <Notice kind="problem" title={t('shift.nobody')} />;
  const isNewPin = !person.hasPin;
  const isReady = PIN.test(pin) && (!isNewPin || again === pin) && !isSending;
  const isUnequal = isNewPin && again.length >= pin.length && again !== '' && again !== pin;
  const send = async () => {
    setSending(true);
    const refusal = await onSend({ person: person.id, pin, isNewPin });
    setSending(false);
    setPin('');
    setAgain('');
    setError(refusal);
  };
  const ofPin = { type: 'password', inputMode: 'numeric', autoComplete: 'off', maxLength: 6 } as const;
  return (
    <form
      className={styles.pinForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void send();
      }}
    >
      {fixed !== null ? null : (
        <Pick
          label={t('shift.person')}
          items={offered.map(({ id, display, post, isPlaceholder }) => ({
            id,
            name: `${display} ${post === null ? '' : t(`peoplePosts.${post}`)}`.trim(),
            ...(isPlaceholder ? { note: t('shift.placeholder') } : {}),
          }))}
          value={person.id}
          onChange={(id) => {
            setChosen(id);
            setError(null);
          }}
        />
      )}
      <Field
        {...ofPin}
        label={isNewPin ? t('shift.newPin') : t('shift.pin')}
        value={pin}
        onChange={setPin}
        autoFocus={isFocused}
      />
      {isNewPin ? (
        <Field
          {...ofPin}
          label={t('shift.pinAgain')}
          value={again}
          onChange={setAgain}
          problem={isUnequal ? t('shift.pinsDiffer') : null}
        />
      ) : null}
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      <Button type="submit" kind="primary" isDisabled={!isReady}>
        {isSending ? t('shift.sending') : submit}
      </Button>
    </form>
  );
}
