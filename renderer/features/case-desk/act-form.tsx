import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { CaseDetail, Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Combo } from '#renderer/ui/combo.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { checkResults, formShapes, isComplete, type Draft } from './act-draft.ts';
import { unitsFor, type CaseAct } from './next-actions.ts';
import { sendAct } from './send-act.ts';
import { useUnitName } from './use-unit-name.ts';
import styles from './act-form.module.css';

/** The short form of one act. Enter sends, Esc cancels; what was typed stays until it is recorded. */
export function ActForm({
  detail,
  action,
  onDone,
  onCancel,
}: {
  readonly detail: CaseDetail;
  readonly action: CaseAct;
  readonly onDone: (receipt: Receipt) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { areas } = useDesk();
  const unitName = useUnitName();
  const shape = formShapes[action];
  const units = shape.hasUnit ? unitsFor(action === 'dispatch' ? 'dispatch' : 'sub_dispatch', detail, areas) : null;
  const [draft, setDraft] = useState<Draft>({
    unit: units?.suggested ?? null,
    words: action === 'register' || action === 'close' ? t(`case.presets.${action}`) : '',
    person: '',
    result: 'passed',
  });
  const [sending, setSending] = useState<'idle' | 'sending'>('idle');
  const [error, setError] = useState<WireError | null>(null);
  const commandId = useRef(crypto.randomUUID());
  // Another text is another command: the id of an unanswered one would get the receipt of its old text.
  const change = (part: Partial<Draft>) => {
    commandId.current = crypto.randomUUID();
    setDraft((before) => ({ ...before, ...part }));
  };

  const send = async () => {
    if (sending === 'sending' || !isComplete(action, draft)) return;
    setSending('sending');
    setError(null);
    const on = { id: detail.id, expectedVersion: detail.version, commandId: commandId.current };
    const outcome = await sendAct(client, action, on, draft);
    setSending('idle');
    if (outcome.ok) return onDone(outcome.value);
    setError(outcome.error);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    }
  };

  const wordsNeeded = shape.areWordsNeeded || (shape.hasResult && draft.result !== 'passed');
  return (
    <form className={styles.form} aria-label={t(`actions.${action}`)} onSubmit={submit} onKeyDown={keyDown}>
      <h3 className={styles.title}>{t(`actions.${action}`)}</h3>
      {units === null ? null : (
        <Combo
          label={t('case.fields.unit')}
          items={units.codes.map((code) => ({
            id: code,
            name: unitName(code),
            ...(code === units.suggested ? { note: t('case.suggested') } : { note: code }),
          }))}
          value={draft.unit}
          onChange={(unit) => change({ unit })}
          emptyText={t('errors.unit_unknown', { returnObjects: true, unit: '' })[1]}
        />
      )}
      {shape.person === null ? null : (
        <Field
          label={t(`case.fields.${shape.person}`)}
          value={draft.person}
          onChange={(person) => change({ person })}
          maxLength={80}
          autoFocus
        />
      )}
      {shape.hasResult ? (
        <RadioChoice
          label={t('case.fields.checkResult')}
          items={checkResults.map((id) => ({ id, name: t(`case.checkResults.${id}`) }))}
          value={draft.result}
          onChange={(result) => change({ result })}
          autoFocus
        />
      ) : null}
      {shape.words === null ? null : (
        <Field
          label={t(`case.fields.${shape.words}`)}
          {...(wordsNeeded ? {} : { note: t('case.fields.optional') })}
          value={draft.words}
          onChange={(words) => change({ words })}
          maxLength={2_000}
          autoFocus={!shape.hasResult}
        />
      )}
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {error.code === 'unavailable' ? t('case.unknownOutcome') : errorWords(error).remedy}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" isDisabled={!isComplete(action, draft) || sending === 'sending'}>
          {sending === 'sending' ? t('case.sending') : `${t('case.submit')} ${t(`actions.${action}`)}`}
        </Button>
        <Button onPress={onCancel}>{t('case.cancel')}</Button>
        <span className={styles.hint}>{t('case.keyHint')}</span>
      </div>
    </form>
  );
}
