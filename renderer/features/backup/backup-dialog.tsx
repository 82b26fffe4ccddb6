import { useState } from 'react';
import { BackupSettings, type BackupStatus } from '#contract/backup.ts';
import { count, fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { useBackup, type BackupWork } from './use-backup.ts';
import styles from './backup.module.css';

/** Where backups go and when, what became of the last one, and the recovery drill. */
export function BackupDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const work = useBackup();
  const { status, error } = work;
  return (
    <Dialog title={t('backup.title')} width={720} onClose={onClose}>
      {status === null ? null : (
        <>
          <Past status={status} />
          {status.state === 'idle' ? null : <Progress status={status} />}
          {error === null ? null : (
            <Notice kind="problem" title={errorWords(error).title}>
              {errorWords(error).remedy}
            </Notice>
          )}
          {work.isSaved ? <Notice kind="note" title={t('backup.saved')} /> : null}
          <SettingsForm status={status} onSave={work.save} />
          <Acts work={work} status={status} />
        </>
      )}
      <div className={styles.buttons}>
        <Button onPress={onClose}>{t('backup.close')}</Button>
      </div>
    </Dialog>
  );
}

function Past({ status }: { readonly status: BackupStatus }) {
  const { t } = useWords();
  const { lastGood, lastFailure, lastDrill, nextAt } = status;
  return (
    <>
      {status.isUnset ? <Notice kind="note" title={t('backup.unset')} /> : null}
      {lastGood === null ? (
        <Notice kind="note" title={t('backup.none')} />
      ) : (
        <Notice kind="note" title={t('backup.lastGood', { at: fullTime(lastGood.at) })}>
          {t('backup.lastGoodFacts', {
            folder: lastGood.folder,
            sequence: count(lastGood.sequence),
            files: count(lastGood.files),
            size: (lastGood.bytes / 1_000_000).toFixed(1),
            copied: count(lastGood.copiedFiles),
          })}
        </Notice>
      )}
      {lastGood === null || lastGood.damagedFiles === 0 ? null : (
        <Notice kind="problem" title={t('backup.damagedFiles', { count: lastGood.damagedFiles })} />
      )}
      {lastFailure === null ? null : (
        <Notice
          kind="problem"
          title={t(lastFailure.isDrill ? 'backup.drillFailed' : 'backup.failed', {
            at: fullTime(lastFailure.at),
            problem: t(`backup.problems.${lastFailure.problem}`),
          })}
        >
          {lastFailure.folder}
        </Notice>
      )}
      {lastDrill === null ? null : <DrillResult drill={lastDrill} />}
      {nextAt === null ? null : <p className={styles.note}>{t('backup.next', { at: fullTime(nextAt) })}</p>}
    </>
  );
}

function DrillResult({ drill }: { readonly drill: NonNullable<BackupStatus['lastDrill']> }) {
  const { t } = useWords();
  const at = fullTime(drill.at);
  return (
    <Notice
      kind={drill.ok ? 'note' : 'problem'}
      title={drill.ok ? t('backup.drillGood', { at }) : t('backup.drillBad', { at })}
    >
      {t('backup.drillFacts', {
        backupAt: fullTime(drill.backupAt),
        entries: count(drill.entries),
        files: count(drill.files),
        seconds: (drill.durationMs / 1_000).toFixed(1),
        hash: drill.hash.slice(0, 16),
      })}
    </Notice>
  );
}

function Progress({ status }: { readonly status: BackupStatus }) {
  const { t } = useWords();
  return (
    <>
      <progress className={styles.progress} max={1} value={status.share} aria-label={t('backup.progress')} />
      <Notice kind="note" title={t(`backup.state.${status.state}`)} />
    </>
  );
}

function SettingsForm({
  status,
  onSave,
}: {
  readonly status: BackupStatus;
  readonly onSave: (settings: BackupSettings) => void;
}) {
  const { t } = useWords();
  const { settings } = status;
  const [folder, setFolder] = useState(settings.folder ?? '');
  const [dailyAt, setDailyAt] = useState(settings.dailyAt ?? '');
  const [hours, setHours] = useState(String(settings.warnAfterHours));
  const parsed = BackupSettings.safeParse({
    folder: folder.trim() === '' ? null : folder.trim(),
    dailyAt: dailyAt.trim() === '' ? null : dailyAt.trim(),
    warnAfterHours: Number(hours),
  });
  const isWrong = (field: string) => !parsed.success && parsed.error.issues.some(({ path }) => path[0] === field);
  return (
    <div className={styles.form}>
      <Field label={t('backup.folder')} note={t('backup.folderHint')} value={folder} onChange={setFolder} autoFocus />
      <div className={styles.pair}>
        <Field
          label={t('backup.dailyAt')}
          note={t('backup.dailyAtHint')}
          value={dailyAt}
          onChange={setDailyAt}
          problem={isWrong('dailyAt') ? t('backup.badTime') : null}
        />
        <Field
          label={t('backup.warnAfter')}
          value={hours}
          onChange={setHours}
          problem={isWrong('warnAfterHours') ? t('backup.badHours') : null}
        />
      </div>
      <div className={styles.buttons}>
        <Button isDisabled={!parsed.success} onPress={() => parsed.success && onSave(parsed.data)}>
          {t('backup.save')}
        </Button>
      </div>
    </div>
  );
}

function Acts({ work, status }: { readonly work: BackupWork; readonly status: BackupStatus }) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  const isBusy = status.state !== 'idle';
  if (isAsking) {
    return (
      <Notice kind="note" title={t('backup.drillAsk')}>
        <span className={styles.buttons}>
          <Button
            kind="primary"
            autoFocus
            onPress={() => {
              setAsking(false);
              work.drill();
            }}
          >
            {t('backup.drillConfirm')}
          </Button>
          <Button onPress={() => setAsking(false)}>{t('backup.drillCancel')}</Button>
        </span>
      </Notice>
    );
  }
  return (
    <div className={styles.buttons}>
      <Button kind="primary" isDisabled={isBusy || status.isUnset} onPress={work.run}>
        {t('backup.run')}
      </Button>
      <Button isDisabled={isBusy || status.lastGood === null} onPress={() => setAsking(true)}>
        {t('backup.drill')}
      </Button>
    </div>
  );
}
