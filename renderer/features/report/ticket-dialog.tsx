import { useMemo, useState, type FormEvent } from 'react';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { UnitField } from '#renderer/pickers/unit-field.tsx';
import { useChoice, useDesk, useTable } from '#renderer/state/desk-context.tsx';
import { asChoice } from '#renderer/state/reference.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { isMeant } from '#renderer/ui/is-meant.ts';
import { SearchCombo } from '#renderer/ui/search-combo.tsx';
import { IntakeTimer, useIntakeStart } from './intake-timer.tsx';
import { PlaceFields } from './place-fields.tsx';
import type { DraftSlot } from './report-dialog.tsx';
import { ReporterFields } from './reporter-fields.tsx';
import { ticketClasses } from './ticket-classes.ts';
import { usePlace } from './use-place.ts';
import { useReporter } from './use-reporter.ts';
import styles from './report.module.css';

/** What the host makes of the class of a ticket. */
const ticketClassKey = { standardRef: '12345', kind: 'other' } as const;

/** 登记工单: a ticket of the 12345 hotline by hand (T1). Class and place suggest time class and township. */
export function TicketDialog({
  onClose,
  hint,
  peopleOff,
}: {
  readonly onClose: () => void;
  readonly hint?: DraftSlot;
  /** Code of the health fact when names and numbers can't be kept. */
  readonly peopleOff: string | null;
}) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { areas, store } = useDesk();
  const isPicking = useChoice((state) => state.isPicking);
  const startedAt = useIntakeStart();
  const place = usePlace();
  const reporter = useReporter();
  const classRows = useTable('ticket-classes');
  const classes = useMemo(() => ticketClasses(classRows), [classRows]);
  const timeClasses = useTable('time-classes').map((row) => asChoice(row, language));
  const [ticketNumber, setNumber] = useState('');
  const [classText, setClassText] = useState('');
  const [chosenTime, setTime] = useState<string | null>(null);
  const [chosenUnit, setUnit] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [isConfidential, setConfidential] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);

  const found = classes.find(({ path }) => path === classText);
  const timeClass = chosenTime ?? (found === undefined || found.timeClass === '' ? 'general' : found.timeClass);
  const township = place.located?.path.find(({ code }) => areas.area(code)?.level === areas.unitLevel)?.code;
  const unit = chosenUnit ?? township ?? '';
  const fitting = classes.filter(({ code, path, initials }) =>
    isMeant({ text: `${code} ${path}`, initials }, classText),
  );
  const isComplete = ticketNumber.trim() !== '' && unit !== '' && description.trim() !== '' && place.isWhole;
  const canSend = found !== undefined && isComplete && !reporter.isPhoneWrong && !isSending;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSend) return;
    setSending(true);
    setError(null);
    const outcome = await client.call('case.receive', {
      ticketNumber: ticketNumber.trim(),
      classRef: { code: found.code, name: found.name },
      timeClass,
      unit,
      lon: place.point?.lon ?? null,
      lat: place.point?.lat ?? null,
      address: place.address.trim(),
      description: description.trim(),
      isConfidential,
      ...reporter.input(isConfidential),
    });
    setSending(false);
    if (!outcome.ok) return setError(outcome.error);
    // A number that is known already answers with its own ticket.
    store.setState({ selectedId: outcome.value.caseId });
    onClose();
  };

  return (
    <Dialog title={t('ticket.title')} isHidden={isPicking} isBusy={isSending} onClose={onClose} width={620}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={t('case.ticketNumber')} value={ticketNumber} onChange={setNumber} maxLength={80} autoFocus />
        <SearchCombo
          label={t('ticket.class')}
          placeholder={t('report.classHint')}
          items={fitting.map(({ code, path }) => ({ id: path, name: path, note: code }))}
          value={found?.path ?? null}
          text={classText}
          onText={setClassText}
          onPick={setClassText}
          emptyText={t('report.noMatch')}
        />
        <Field
          label={t('case.demand')}
          note={t('report.noNames')}
          isMultiline
          value={description}
          onChange={setDescription}
          maxLength={2_000}
        />
        <PlaceFields place={place} />
        {hint?.({
          ...(found === undefined ? {} : { classRef: { ...ticketClassKey, code: found.code, name: found.name } }),
          ...{ lon: place.point?.lon ?? null, lat: place.point?.lat ?? null },
          ...{ address: place.address.trim(), description: description.trim() },
        })}
        <UnitField label={t('ticket.unit')} value={unit} onChange={setUnit} />
        <RadioChoice label={t('side.timeClass')} items={timeClasses} value={timeClass} onChange={setTime} />
        <ReporterFields form={reporter} off={peopleOff} />
        <span>
          <Button size="small" isPressed={isConfidential} onPress={() => setConfidential(!isConfidential)}>
            {t('side.confidential')}
          </Button>
        </span>
        {error === null ? null : (
          <Notice kind="problem" title={errorWords(error).title}>
            {errorWords(error).remedy}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button type="submit" kind="primary" isDisabled={!canSend}>
            {isSending ? t('acts.sending') : t('actions.receive')}
          </Button>
          <Button onPress={onClose}>{t('acts.cancel')}</Button>
          <IntakeTimer since={startedAt} />
        </div>
      </form>
    </Dialog>
  );
}
