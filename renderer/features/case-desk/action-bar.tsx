import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { CaseDetail } from '#contract/cases.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import pickStyles from '#renderer/ui/pick.module.css';
import { unitsFor, type CaseAct, type NextActions } from './next-actions.ts';
import { useUnitName } from './use-unit-name.ts';
import styles from './case-desk.module.css';

/** What can be done now: the usual step first, with its key; what can't is in the menu, with its reason. */
export function ActionBar({
  detail,
  next,
  status,
  onAct,
}: {
  readonly detail: CaseDetail;
  readonly next: NextActions;
  /** What became of the last act. */
  readonly status: string;
  readonly onAct: (action: CaseAct) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { areas } = useDesk();
  const unitName = useUnitName();
  return (
    <div className={styles.bar} role="group" aria-label={t('case.actionsLabel')}>
      {next.primary === null ? (
        <span className={styles.barNote}>{detail.isArchived ? t('case.read') : t('case.notNow')}</span>
      ) : (
        <Button kind="primary" shortcut={keyOf('next_step')} onPress={() => onAct(next.primary ?? 'register')}>
          {primaryText(next.primary)}
        </Button>
      )}
      {next.sendBack === null ? null : (
        <Button shortcut={keyOf('send_back')} onPress={() => onAct(next.sendBack ?? 'return')}>
          {t(`actions.${next.sendBack}`)}
        </Button>
      )}
      {next.others.map((action) => (
        <Button key={action} onPress={() => onAct(action)}>
          {t(`actions.${action}`)}
        </Button>
      ))}
      {next.refused.length === 0 ? null : (
        <MenuTrigger>
          <Button kind="quiet">{t('case.more')} ▾</Button>
          <Popover className={pickStyles.popover ?? ''} placement="top start">
            <Menu
              className={pickStyles.list ?? ''}
              disabledKeys={next.refused.map(({ action }) => action)}
              items={next.refused.map((offer) => ({ id: offer.action, ...offer }))}
            >
              {({ action, refusal }) => (
                <MenuItem
                  id={action}
                  textValue={t(`actions.${action}`)}
                  className={`${pickStyles.item} ${styles.refusedItem}`}
                >
                  {t(`actions.${action}`)}
                  <span className={pickStyles.note}>{refusal === null ? '' : errorWords(refusal).title}</span>
                </MenuItem>
              )}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      <span className={styles.barStatus} role="status">
        {status}
      </span>
    </div>
  );

  function primaryText(action: CaseAct): string {
    const name = t(`actions.${action}`);
    if (action !== 'dispatch' && action !== 'sub_dispatch') return name;
    const { suggested } = unitsFor(action, detail, areas);
    return suggested === null ? name : `${name} ${unitName(suggested)}`;
  }
}
