import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { firstDraft, isComplete, type Draft } from '#renderer/acts/act-draft.ts';
import { answerTimes } from '#renderer/acts/act-payloads.ts';
import { sendAct } from '#renderer/acts/send-act.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useTable } from '#renderer/state/desk-context.tsx';
import { asChoice } from '#renderer/state/reference.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import styles from './supervision.module.css';

type BulkAct = 'urge' | 'supervise';

/** One of the marked cases, and what became of the act on it. */
interface Item {
  readonly id: string;
  readonly detail: CaseDetail | null;
  readonly outcome: 'waiting' | 'done' | { readonly problem: string };
}

/**
 * 催办 or 督办 of several cases at once. First a preview: which will get it, which can't and why. Then one command each, so
 * that what fails is told by its case; a stop lets the rest be.
 */
export function BulkForm({
  ids,
  onClose,
  onDone,
}: {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const parties = useTable('supervising-parties').map((row) => asChoice(row, language));
  const [act, setAct] = useState<BulkAct>('urge');
  const [text, setText] = useState<Draft['text']>({ level: '2', answerBy: 'hours2', kind: 'timeout' });
  const [items, setItems] = useState<readonly Item[]>(ids.map((id) => ({ id, detail: null, outcome: 'waiting' })));
  const [phase, setPhase] = useState<'edit' | 'sending' | 'done'>('edit');
  const isStopped = useRef(false);
  const formRef = useRef<HTMLFormElement>(null);
  // Sent again after an answer that never came, it is the same command.
  const commandIds = useRef(new Map<string, string>());

  useEffect(() => {
    const controller = new AbortController();
    for (const id of ids) {
      void client.call('case.get', { id }, controller).then((outcome) => {
        if (!outcome.ok || controller.signal.aborted) return;
        setItems((before) => before.map((item) => (item.id === id ? { ...item, detail: outcome.value } : item)));
      });
    }
    return () => controller.abort();
  }, [client, ids]);
  useEffect(() => formRef.current?.querySelector<HTMLElement>('[role=radio], input')?.focus(), []);

  const party = text.party ?? parties[0]?.id ?? '';
  const draftOf = (detail: CaseDetail): Draft => {
    const first = firstDraft(act, detail, { text: {}, steps: [] });
    return { ...first, text: { ...first.text, ...text, party } };
  };
  const refusalOf = ({ detail }: Item): string | null => {
    const refusal = detail?.actions.find(({ action }) => action === act)?.refusal ?? null;
    return refusal === null ? null : errorWords(refusal).title;
  };
  const able = items.filter((item) => item.detail !== null && refusalOf(item) === null && item.outcome !== 'done');
  const isLoading = items.some(({ detail }) => detail === null);
  const canSend =
    phase === 'edit' &&
    able.length > 0 &&
    able.every(({ detail }) => detail !== null && isComplete(act, draftOf(detail)));

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSend) return;
    setPhase('sending');
    isStopped.current = false;
    for (const { id, detail } of able) {
      if (detail === null || isStopped.current) break;
      const commandId = commandIds.current.get(`${act} ${id}`) ?? crypto.randomUUID();
      commandIds.current.set(`${act} ${id}`, commandId);
      const on = { id, expectedVersion: detail.version, commandId };
      const result = await sendAct(client, act, on, draftOf(detail));
      const outcome = result.ok ? ('done' as const) : { problem: errorWords(result.error).title };
      setItems((before) => before.map((item) => (item.id === id ? { ...item, outcome } : item)));
    }
    setPhase('done');
    onDone();
  };
  const done = items.filter(({ outcome }) => outcome === 'done').length;
  const set = (name: keyof Draft['text'], value: string) => setText((before) => ({ ...before, [name]: value }));

  return (
    <form
      ref={formRef}
      className={styles.bulk}
      aria-label={t('supervision.bulkTitle')}
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        if (phase === 'sending') isStopped.current = true;
        else onClose();
      }}
    >
      <div className={styles.bulkFields}>
        <RadioChoice
          label={t('supervision.way')}
          items={(['urge', 'supervise'] as const).map((id) => ({ id, name: t(`actions.${id}`) }))}
          value={act}
          onChange={setAct}
        />
        {act === 'urge' ? null : (
          <>
            <RadioChoice
              label={t('acts.fields.level')}
              items={(['1', '2', '3'] as const).map((id) => ({ id, name: t(`acts.levels.level${id}`) }))}
              value={(text.level ?? '2') as '1'}
              onChange={(value) => set('level', value)}
            />
            <RadioChoice
              label={t('acts.fields.answerBy')}
              items={answerTimes.map((id) => ({ id, name: t(`acts.answerIn.${id}`) }))}
              value={(text.answerBy ?? 'hours2') as 'hours2'}
              onChange={(value) => set('answerBy', value)}
            />
            <Pick
              label={t('acts.fields.party')}
              items={parties}
              value={party}
              onChange={(value) => set('party', value)}
            />
          </>
        )}
        <Field
          label={t(act === 'urge' ? 'acts.fields.words' : 'acts.fields.reason')}
          value={(act === 'urge' ? text.words : text.reason) ?? ''}
          onChange={(value) => set(act === 'urge' ? 'words' : 'reason', value)}
        />
      </div>
      <ul className={styles.preview} aria-label={t('supervision.preview')}>
        {items.map((item) => (
          <li key={item.id} data-off={refusalOf(item) !== null}>
            <b>{item.id.slice(-4)}</b> <span>{item.detail?.className ?? ''}</span> <span>{wordsOf(item)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.bulkButtons}>
        {phase === 'done' ? (
          <Button autoFocus onPress={onClose}>
            {t('supervision.close')}
          </Button>
        ) : (
          <>
            <Button type="submit" kind="primary" isDisabled={!canSend}>
              {t('supervision.send', { act: t(`actions.${act}`), count: able.length })}
            </Button>
            <Button onPress={() => (phase === 'sending' ? (isStopped.current = true) : onClose())}>
              {t(phase === 'sending' ? 'supervision.stop' : 'acts.cancel')}
            </Button>
          </>
        )}
        <span role="status">
          {isLoading ? t('case.loading') : phase === 'edit' ? '' : t('supervision.sent', { done, total: items.length })}
        </span>
      </div>
    </form>
  );

  function wordsOf(item: Item): string {
    const refusal = refusalOf(item);
    if (item.outcome === 'done') return t('supervision.done');
    if (item.outcome !== 'waiting') return item.outcome.problem;
    return refusal ?? t('supervision.willGet', { act: t(`actions.${act}`) });
  }
}
