import { useState } from 'react';
import type { BriefingEntry } from '#contract/briefings.ts';
import { dayText, fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { BriefingPreview } from './briefing-preview.tsx';
import { useBriefings, type BriefingDesk } from './use-briefings.ts';
import styles from './briefing.module.css';

const DAY_MS = 86_400_000;

/** Drafts and issued briefings: draft one, read it, issue it by a second person, take its PDF (desk-wall-briefing.md §9.13). */
export function BriefingDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { store } = useDesk();
  const desk = useBriefings();
  const { list, shown, error } = desk;
  const openCase = (selectedId: string) => store.setState({ dialog: null, selectedId });
  return (
    <Dialog title={t('briefing.title')} width={1_180} isBusy={desk.busy !== null} onClose={onClose}>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      <div className={styles.panes}>
        <div className={styles.side}>
          <DraftForm desk={desk} />
          {list?.briefings.length === 0 ? (
            <Empty title={t('briefing.none')} hint={t('briefing.noneHint')} />
          ) : (
            <ul className={styles.list} aria-label={t('briefing.list')}>
              {list?.briefings.map((entry) => (
                <li key={entry.id}>
                  <Row entry={entry} isShown={entry.id === shown?.id} onOpen={() => desk.open(entry.id)} />
                </li>
              ))}
            </ul>
          )}
        </div>
        {shown === null ? (
          <div className={styles.main}>
            <Empty title={t('briefing.choose')} />
          </div>
        ) : (
          <BriefingPreview key={shown.id} desk={desk} briefing={shown} onOpenCase={openCase} />
        )}
      </div>
      <div className={styles.buttons}>
        <Button isDisabled={desk.busy !== null} onPress={onClose}>
          {t('briefing.close')}
        </Button>
      </div>
    </Dialog>
  );
}

function DraftForm({ desk }: { readonly desk: BriefingDesk }) {
  const { t } = useWords();
  const now = useNow(60_000);
  const [day, setDay] = useState<string | null>(null);
  const [drafter, setDrafter] = useState<string | null>(null);
  const drafters = desk.list?.drafters ?? [];
  const chosenDay = day ?? dayText(now - DAY_MS);
  const chosen = drafter ?? drafters.at(-1)?.id ?? null;
  return (
    <div className={styles.form}>
      <Field label={t('briefing.day')} type="date" value={chosenDay} onChange={setDay} />
      {chosen === null ? null : (
        <Pick
          label={t('briefing.drafter')}
          items={drafters.map(({ id, display }) => ({ id, name: display }))}
          value={chosen}
          onChange={setDrafter}
        />
      )}
      <Button
        kind="primary"
        isDisabled={desk.busy !== null || chosenDay === ''}
        onPress={() => desk.create(chosenDay, chosen)}
      >
        {desk.busy === 'create' ? t('briefing.creating') : t('briefing.create')}
      </Button>
    </div>
  );
}

function Row({
  entry,
  isShown,
  onOpen,
}: {
  readonly entry: BriefingEntry;
  readonly isShown: boolean;
  readonly onOpen: () => void;
}) {
  const { t } = useWords();
  const { issue } = entry;
  const number =
    issue === null
      ? t(`briefing.states.${entry.state}`)
      : issue.version === 1
        ? t('briefing.serial', { serial: issue.serial })
        : t('briefing.version', { serial: issue.serial, version: issue.version });
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isShown}
      disabled={entry.state === 'damaged'}
      onClick={onOpen}
    >
      <b>{`${t(`briefing.kinds.${entry.kind}`)} ${entry.day}`}</b>
      <span data-state={entry.state}>{number}</span>
      <small>
        {entry.state === 'damaged'
          ? entry.id
          : `${fullTime(entry.createdAt)} · ${entry.draftedBy ?? t('briefing.byJob')} · ${t('briefing.madeOf', { sequence: entry.sequence })}`}
      </small>
    </button>
  );
}
