import '#renderer/paper/paper-fonts.css';
import { useState } from 'react';
import type { Briefing, BriefingCases } from '#contract/briefings.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Paper } from '#renderer/paper/paper.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import type { BriefingDesk } from './use-briefings.ts';
import styles from './briefing.module.css';

/** One briefing as it will be printed, its figures to be opened (N10), and what may be done with it. */
export function BriefingPreview({
  desk,
  briefing,
  onOpenCase,
}: {
  readonly desk: BriefingDesk;
  readonly briefing: Briefing;
  readonly onOpenCase: (id: string) => void;
}) {
  const { t } = useWords();
  const { busy, cases } = desk;
  return (
    <section className={styles.main} aria-label={t('briefing.preview')}>
      <div className={styles.acts}>
        {briefing.issue === null ? <IssueForm desk={desk} briefing={briefing} /> : null}
        <Button isDisabled={busy !== null} onPress={() => desk.download(briefing.id)}>
          {busy === 'print' ? t('briefing.printing') : t('briefing.download')}
        </Button>
        <span className={styles.hint}>{t('briefing.hint')}</span>
      </div>
      {cases === null ? null : <CaseList figure={cases.figure} found={cases.found} onOpenCase={onOpenCase} />}
      <div className={styles.sheets}>
        <div className={styles.sheet}>
          <Paper briefing={briefing} onFigure={(figure) => desk.openFigure(briefing.id, figure)} />
        </div>
      </div>
    </section>
  );
}

/** A second person issues: who drafted it is not offered. */
function IssueForm({ desk, briefing }: { readonly desk: BriefingDesk; readonly briefing: Briefing }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const approvers = (desk.list?.approvers ?? []).filter(({ id }) => id !== briefing.draftedBy?.id);
  const approver = approvers.find(({ id }) => id === chosen) ?? approvers[0];
  if (approver === undefined) return <Notice kind="note" title={t('briefing.noPeople')} />;
  return (
    <>
      <Pick
        label={t('briefing.approver')}
        isLabelHidden
        items={approvers.map(({ id, display }) => ({ id, name: display }))}
        value={approver.id}
        onChange={setChosen}
      />
      <Button kind="primary" isDisabled={desk.busy !== null} onPress={() => desk.issue(briefing.id, approver.id)}>
        {desk.busy === 'issue' ? t('briefing.issuing') : t('briefing.issue')}
      </Button>
    </>
  );
}

function CaseList({
  figure,
  found,
  onOpenCase,
}: {
  readonly figure: string;
  readonly found: BriefingCases;
  readonly onOpenCase: (id: string) => void;
}) {
  const { t } = useWords();
  const now = useNow(60_000);
  const { label, printed, count, rows } = found;
  return (
    <div className={styles.cases} role="region" aria-label={label}>
      <b>{t('briefing.cases', { figure, label, printed, count })}</b>
      {count === 0 ? <span>{t('briefing.noCases')}</span> : null}
      <ul>
        {rows.map(({ id, row }) => (
          <li key={id}>
            <button type="button" className={styles.case} onClick={() => onOpenCase(id)}>
              <span>{id}</span>
              <span>{row === null ? t('briefing.unread') : `${row.className} ${row.address}`}</span>
              <span>{row === null ? '' : moment(row.reportedAt, now)}</span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length < count ? <span>{t('briefing.first', { count: rows.length })}</span> : null}
    </div>
  );
}
