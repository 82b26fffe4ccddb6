import { useEffect, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { InputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { sources, type Source } from '#domain/case/state.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { arePhotosReady, photosToSend } from '#renderer/photos/photo-drafts.ts';
import { PhotoField } from '#renderer/photos/photo-field.tsx';
import { usePhotoDrafts } from '#renderer/photos/use-photo-drafts.ts';
import { useChoice, useDesk, useTable } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Combo } from '#renderer/ui/combo.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { IntakeTimer, useIntakeStart } from './intake-timer.tsx';
import { PlaceFields } from './place-fields.tsx';
import { ReporterFields } from './reporter-fields.tsx';
import { usePlace } from './use-place.ts';
import { useReporter } from './use-reporter.ts';
import styles from './report.module.css';

/** What the desk shows about a report that is being written, such as likely duplicates. */
export type DraftSlot = (draft: Exclude<InputOf<'case.duplicates'>, { readonly id: string }>) => ReactNode;

/** 上报登记: what, where, from whom. A place can be picked on the map; the form waits with all that was typed. */
export function ReportDialog({
  onClose,
  hint,
  peopleOff,
}: {
  readonly onClose: () => void;
  readonly hint?: DraftSlot;
  /** Code of the health fact when names and numbers can't be kept. */
  readonly peopleOff: string | null;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { tables, store } = useDesk();
  const isPicking = useChoice((state) => state.isPicking);
  const startedAt = useIntakeStart();
  const [draft] = useState(() => store.getState().draft);
  const place = usePlace(draft?.address);
  const reporter = useReporter();
  const [classKey, setClassKey] = useState<string | null>(draft?.classKey ?? null);
  const [source, setSource] = useState<Source>('desk');
  const [description, setDescription] = useState(draft?.description ?? '');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const commandId = useRef(crypto.randomUUID());
  const classItems = useMemo(
    () =>
      tables.classes.rows.map(({ kind, code, name, groupName }) => ({
        id: `${kind} ${code}`,
        name,
        note: `${t(`kinds.${kind}`)} ${code} ${groupName}`,
      })),
    [tables, t],
  );
  const row = tables.classes.rows.find(({ kind, code }) => `${kind} ${code}` === classKey);
  const photos = usePhotoDrafts('report');
  const policies = useTable('policies');
  // Row 1: a collector's own report needs one, also when the desk writes it down.
  const isAsked = policies.some(({ key, value }) => key === 'photo_at_report' && value === 'true');
  const photoNeed = source === 'grid_staff' && isAsked ? 'any' : null;
  const isFilledIn = row !== undefined && description.trim() !== '' && place.isWhole && !reporter.isPhoneWrong;
  const canSend = isFilledIn && arePhotosReady(photos.list, photoNeed) && !isSending;
  // Another content is another command: the id of an unanswered one would get the receipt of its old content.
  useEffect(() => {
    commandId.current = crypto.randomUUID();
  }, [photos.list, reporter.draft]);

  // Only the form that it was made for has it.
  useEffect(() => store.setState({ draft: null }), [store]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSend) return;
    setSending(true);
    setError(null);
    const outcome = await client.call('case.report', {
      commandId: commandId.current,
      source,
      classRef: { standardRef: row.standardRef, kind: row.kind, code: row.code, name: row.name },
      lon: place.point?.lon ?? null,
      lat: place.point?.lat ?? null,
      address: place.address.trim(),
      description: description.trim(),
      ...reporter.input(),
      photos: photosToSend(photos.list),
    });
    setSending(false);
    if (!outcome.ok) return setError(outcome.error);
    store.setState({ selectedId: outcome.value.caseId });
    onClose();
  };

  return (
    <Dialog title={t('report.title')} isHidden={isPicking} isBusy={isSending} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} {...photos.intake}>
        <Combo
          label={t('report.class')}
          placeholder={t('report.classHint')}
          items={classItems}
          value={classKey}
          onChange={setClassKey}
          emptyText={t('report.noMatch')}
          autoFocus
        />
        <Field
          label={t('report.description')}
          note={t('report.noNames')}
          isMultiline
          value={description}
          onChange={setDescription}
          maxLength={2_000}
        />
        <PlaceFields place={place} />
        {hint?.({
          ...(row === undefined
            ? {}
            : { classRef: { standardRef: row.standardRef, kind: row.kind, code: row.code, name: row.name } }),
          ...{ lon: place.point?.lon ?? null, lat: place.point?.lat ?? null },
          ...{ address: place.address.trim(), description: description.trim() },
        })}
        <Pick
          label={t('report.source')}
          items={sources.filter((name) => name !== 'import').map((id) => ({ id, name: t(`sources.${id}`) }))}
          value={source}
          onChange={setSource}
        />
        <ReporterFields form={reporter} off={peopleOff} />
        <span>
          <Button
            size="small"
            isPressed={reporter.draft.isConfidential}
            isDisabled={peopleOff !== null}
            onPress={() => reporter.change({ isConfidential: !reporter.draft.isConfidential })}
          >
            {t('reporter.confidential')}
          </Button>
        </span>
        <PhotoField photos={photos} need={photoNeed} />
        {error === null ? null : (
          <Notice kind="problem" title={errorWords(error).title}>
            {errorWords(error).remedy}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button type="submit" kind="primary" isDisabled={!canSend}>
            {isSending ? t('acts.sending') : t('report.submit')}
          </Button>
          <Button onPress={onClose}>{t('acts.cancel')}</Button>
          <IntakeTimer since={startedAt} />
        </div>
      </form>
    </Dialog>
  );
}
