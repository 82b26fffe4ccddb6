import { useState } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { keyOf, otherActs } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ActMenu } from './act-menu.tsx';
import { sendingActs } from '#renderer/acts/act-draft.ts';
import type { CaseAct, NextActions } from '#renderer/acts/next-actions.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import type { Suggested } from '#renderer/acts/use-suggestions.ts';
import styles from './case-desk.module.css';

/** What can be done now, each with its key: the usual step, 督办, the most wanted others; all the rest in the menu. */
export function ActionBar({
  detail,
  next,
  suggested,
  status,
  onAct,
  onRecall,
  onErase,
  onStatus,
}: {
  readonly detail: CaseDetail;
  readonly next: NextActions;
  readonly suggested: Suggested;
  /** What became of the last act, or why one can't be done. */
  readonly status: string;
  readonly onAct: (action: CaseAct) => void;
  readonly onRecall: () => void;
  readonly onErase: () => void;
  readonly onStatus: (status: string) => void;
}) {
  const { t } = useWords();
  const { shortUnit } = useNames();
  const [isMenuOpen, setMenuOpen] = useState(false);
  useCommand('more_acts', () => setMenuOpen(true));
  const { primary, press } = next;
  return (
    <div className={styles.bar} role="group" aria-label={t('acts.bar')}>
      {primary === null ? (
        <span className={styles.barNote}>{detail.isArchived ? t('case.read') : t('acts.nothing')}</span>
      ) : (
        <Button kind="primary" shortcut={keyOf('next_step')} onPress={() => onAct(primary)}>
          {primaryText(primary)}
        </Button>
      )}
      <RecallButton detail={detail} onRecall={onRecall} />
      {next.others.slice(0, detail.recallUntil === null ? 3 : 2).map((action, index) => (
        <OtherAct key={action} action={action} index={index} onAct={onAct} />
      ))}
      {press === null ? null : (
        <Button shortcut={keyOf('press_unit')} onPress={() => onAct(press)}>
          {t(`actions.${press}`)}
        </Button>
      )}
      <ActMenu
        {...{ next, onAct }}
        isOpen={isMenuOpen}
        onOpenChange={setMenuOpen}
        onErase={detail.reporter?.state === 'kept' ? onErase : null}
        onRefused={onStatus}
      />
      <span className={styles.barStatus} role="status">
        {status}
      </span>
    </div>
  );

  function primaryText(action: CaseAct): string {
    const name = t(`actions.${action}`);
    const [best] = suggested.suggestions;
    if (best === undefined || !sendingActs.has(action)) return name;
    const more = best.co.length === 0 ? '' : ` ${t('acts.plusOrders', { count: best.co.length })}`;
    return `${name} ${shortUnit(best.lead.unit)}${more}`;
  }
}

function OtherAct({
  action,
  index,
  onAct,
}: {
  readonly action: CaseAct;
  readonly index: number;
  readonly onAct: (action: CaseAct) => void;
}) {
  const { t } = useWords();
  const id = otherActs[index] ?? otherActs[0];
  useCommand(id, () => onAct(action));
  return (
    <Button shortcut={keyOf(id)} onPress={() => onAct(action)}>
      {t(`actions.${action}`)}
    </Button>
  );
}

/** 撤回 while the window is open, with the seconds that are left. */
function RecallButton({ detail, onRecall }: { readonly detail: CaseDetail; readonly onRecall: () => void }) {
  const { t } = useWords();
  const now = useNow(1_000);
  const canRecall = detail.actions.some(({ action, refusal }) => action === 'recall' && refusal === null);
  const seconds = detail.recallUntil === null ? 0 : Math.ceil((detail.recallUntil - now) / 1_000);
  useCommand('recall', () => {
    if (!canRecall || seconds <= 0) return false;
    onRecall();
    return true;
  });
  if (!canRecall || seconds <= 0) return null;
  return (
    <Button shortcut={keyOf('recall')} onPress={onRecall}>
      {t('acts.recall', { seconds })}
    </Button>
  );
}
