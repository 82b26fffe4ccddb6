import { useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { ShiftState } from '#contract/shift.ts';
import { lineKinds } from '#domain/shift/handover-lines.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { count, fullTime, moment } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { HandoverSlip } from './handover-slip.tsx';
import { LineList } from './line-list.tsx';
import { NoteEditor } from './note-editor.tsx';
import { PastHandovers } from './past-handovers.tsx';
import { Signatures } from './signatures.tsx';
import { useHandover } from './use-handover.ts';
import { useLineWords } from './use-line-words.ts';
import styles from './shift.module.css';

/**
 * The handover 交接班 above the panels, in two columns (desk-wall-briefing.md §9.10): left what the system says, right what people
 * add and sign. The same page shows handovers of the past.
 */
export function ShiftDesk({
  state,
  onCase,
  onClose,
}: {
  readonly state: ShiftState;
  readonly onCase: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const words = useLineWords();
  const [shown, setShown] = useState<number | null>(null);
  const [noteKey, setNoteKey] = useState('');
  const [isNoteAsked, setNoteAsked] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const { form, error: missing } = useHandover(shown, state.revision);
  useCommand('back', () => {
    if (shown === null) onClose();
    else setShown(null);
    return true;
  });
  const mark = async (keys: readonly string[], isKnown: boolean) => {
    const outcome = await client.call('shift.mark', { keys: [...keys], isKnown });
    setError(outcome.ok ? null : outcome.error);
  };
  const isPast = shown !== null;
  const isSigned = form?.outgoing != null;
  return (
    <section className={styles.tool} aria-label={t('shift.title')}>
      <header className={styles.head}>
        <h2>{t('shift.title')}</h2>
        {form === null ? null : (
          <span className={styles.faint}>
            {t('shift.number', { number: form.number })}
            {' · '}
            {form.since === null
              ? t('shift.first')
              : t('shift.since', { time: moment(form.since, form.at), until: moment(form.at, form.at) })}
            {' · '}
            {t('shift.open', { number: count(form.open) })}
          </span>
        )}
        {form !== null && form.since !== null && !form.isCompared ? (
          <span className={styles.tag}>{t('shift.notCompared')}</span>
        ) : null}
        {isPast ? <span className={styles.tag}>{t('shift.isPast')}</span> : null}
        {!isPast && isSigned ? <span className={styles.tag}>{t('shift.isSigned')}</span> : null}
        <span className={styles.end}>
          {isPast ? (
            <Button size="small" onPress={() => setShown(null)}>
              {t('shift.toCurrent')}
            </Button>
          ) : null}
          <Button size="small" isDisabled={form === null} onPress={() => window.print()}>
            {t('shift.print')}
          </Button>
          <Button size="small" shortcut={keyOf('back')} onPress={onClose}>
            {t('shift.close')}
          </Button>
        </span>
      </header>
      {form === null ? (
        <Empty
          title={missing === null ? t('shift.loading') : errorWords(missing).title}
          {...(missing === null ? {} : { hint: errorWords(missing).remedy })}
        />
      ) : (
        <div className={styles.panes}>
          <div className={styles.left}>
            {form.lines.length === 0 ? <Empty title={t('shift.nothing')} hint={t('shift.nothingHint')} /> : null}
            {lineKinds
              .filter((kind) => form.isCompared || !['escalated', 'opened', 'ended'].includes(kind))
              .map((kind) => (
                <LineList
                  key={`${kind} ${form.number}`}
                  {...{ kind, form, onCase }}
                  isOpen={form.incoming === null}
                  onMark={(keys, isKnown) => void mark(keys, isKnown)}
                  onNote={
                    isSigned
                      ? null
                      : (key) => {
                          setNoteKey(key);
                          setNoteAsked(true);
                        }
                  }
                />
              ))}
          </div>
          <div className={styles.right}>
            <section className={styles.notes} aria-label={t('shift.notes')}>
              <h3>{t('shift.notes')}</h3>
              {isSigned ? null : (
                <NoteEditor
                  key={noteKey}
                  noteKey={noteKey}
                  label={words.subjectOf(noteKey, form)}
                  saved={form.notes.find(({ key }) => key === noteKey)?.text ?? ''}
                  isFocused={isNoteAsked}
                />
              )}
              {isSigned && form.notes.length === 0 ? <p className={styles.faint}>{t('shift.noNotes')}</p> : null}
              <ul>
                {[...(noteKey === '' || isSigned ? [] : [{ key: '', text: '' }]), ...form.notes]
                  .filter(({ key }, at, all) => all.findLastIndex((one) => one.key === key) === at)
                  .filter(({ key }) => isSigned || key !== noteKey)
                  .map(({ key, text }) => (
                    <li key={key}>
                      {isSigned ? (
                        <b>{words.subjectOf(key, form)}</b>
                      ) : (
                        <Button kind="quiet" size="small" onPress={() => setNoteKey(key)}>
                          {words.subjectOf(key, form)}
                        </Button>
                      )}
                      <span className={styles.noteText}>{text}</span>
                    </li>
                  ))}
              </ul>
            </section>
            {error === null ? null : (
              <Notice kind="problem" title={errorWords(error).title}>
                {errorWords(error).remedy}
              </Notice>
            )}
            {isPast && form.outgoing !== null && form.incoming !== null ? (
              <section className={styles.signing} aria-label={t('shift.signatures')}>
                <h3>{t('shift.signatures')}</h3>
                <p>
                  {t('shift.signedBy', {
                    person: words.personOf(form.outgoing),
                    time: moment(form.outgoing.at, form.at),
                  })}
                </p>
                <p>
                  {t('shift.takenBy', {
                    person: words.personOf(form.incoming),
                    time: moment(form.incoming.at, form.at),
                  })}
                </p>
              </section>
            ) : (
              <Signatures {...{ state, form }} onHandedOver={setShown} onError={setError} />
            )}
            <PastHandovers last={state.last?.number ?? 0} shown={shown} onShow={setShown} />
          </div>
        </div>
      )}
      <p className={styles.foot}>
        {form === null
          ? null
          : t('shift.dataTime', { time: fullTime(form.at), sequence: form.sequence, head: form.head.slice(0, 12) })}
        <span>{t('shift.keys')}</span>
      </p>
      {form === null ? null : <HandoverSlip form={form} seat={state.seat} />}
    </section>
  );
}
