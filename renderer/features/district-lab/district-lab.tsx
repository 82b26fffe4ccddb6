import { useState } from 'react';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { count } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { AcceptView } from './accept-view.tsx';
import { ChooseFile } from './choose-file.tsx';
import { DoctorView } from './doctor-view.tsx';
import { problemCount } from './problem-rows.ts';
import { ChangeView } from './change-view.tsx';
import { ProblemView } from './problem-view.tsx';
import { TryOutView } from './try-out-view.tsx';
import { useLab, type LabFlow, type LabStep } from './use-lab.ts';
import type { ShownPlace } from './use-shown-place.ts';
import { VersionsView } from './versions-view.tsx';
import styles from './district-lab.module.css';

const views = ['doctor', 'problems', 'changes', 'tryOut', 'accept', 'versions'] as const;
type View = (typeof views)[number];

/**
 * The lab for district files, above list and case and beside the map, which shows what is looked at. It stays while it is
 * hidden: a large file is examined meanwhile.
 */
export function DistrictLab({
  isShown,
  mapShare,
  onPlace,
  onClose,
}: {
  readonly isShown: boolean;
  /** Per cent of the width that the map has, at the right. */
  readonly mapShare: number;
  readonly onPlace: (place: ShownPlace | null) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const flow = useLab();
  const { at } = flow;
  const close = () => {
    onPlace(null);
    onClose();
  };
  useCommand('back', () => {
    if (!isShown) return false;
    close();
    return true;
  });
  const restart = () => {
    onPlace(null);
    flow.restart();
  };
  return (
    <section
      className={styles.tool}
      aria-label={t('lab.title')}
      hidden={!isShown}
      style={{ width: `${100 - mapShare}%` }}
    >
      <header className={styles.head}>
        <h2>{t('lab.title')}</h2>
        {at.step === 'report' || at.step === 'examining' ? <b className={styles.fileName}>{at.file.name}</b> : null}
        <span className={styles.headNote}>{at.step === 'examining' ? t('lab.closeHint') : null}</span>
        {at.step === 'report' ? (
          <Button size="small" onPress={restart}>
            {t('lab.chooseAnother')}
          </Button>
        ) : null}
        <Button size="small" shortcut={keyOf('back')} onPress={close}>
          {t('lab.close')}
        </Button>
      </header>
      {at.step === 'choose' ? (
        <div className={styles.body}>
          <ChooseFile at={at} flow={flow} isShown={isShown} />
          <VersionsView isShown={isShown} />
        </div>
      ) : null}
      {at.step === 'uploading' || at.step === 'examining' ? <Waiting flow={flow} /> : null}
      {at.step === 'report' ? <Report key={at.report.examinationId} at={at} flow={flow} onPlace={onPlace} /> : null}
    </section>
  );
}

const MB = 1_000_000;

function Waiting({ flow: { at, progress, cancel } }: { readonly flow: LabFlow }) {
  const { t } = useWords();
  const words = () => {
    if (at.step === 'uploading') return t('lab.uploading', { file: at.name });
    if (progress === null || progress.totalBytes === 0) return t('lab.starting');
    if (progress.state === 'checking') return t('lab.checking', { level: progress.level, levels: progress.levels });
    const { bytes, totalBytes } = progress;
    return t('lab.reading', { done: (bytes / MB).toFixed(1), total: (totalBytes / MB).toFixed(1) });
  };
  const share = at.step === 'uploading' ? {} : { value: progress?.share ?? 0 };
  return (
    <div className={styles.body}>
      <progress className={styles.progress} max={1} {...share} aria-label={t('lab.progress')} />
      <Notice kind="note" title={words()} />
      <div className={styles.buttons}>
        <Button autoFocus onPress={cancel}>
          {t('lab.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Report({
  at,
  flow,
  onPlace,
}: {
  readonly at: Extract<LabStep, { step: 'report' }>;
  readonly flow: LabFlow;
  readonly onPlace: (place: ShownPlace | null) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { report, tried, error } = at;
  const problems = problemCount(report);
  const [view, setView] = useState<View>(report.system === null ? 'doctor' : 'problems');
  return (
    <div className={styles.report}>
      <div className={styles.views}>
        <RadioChoice
          label={t('lab.views')}
          items={views.map((id) => ({ id, name: t(`lab.view.${id}`, { number: count(problems) }) }))}
          value={view}
          onChange={setView}
          autoFocus
        />
      </div>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {view === 'doctor' ? <DoctorView report={report} onAgain={flow.examineAgain} /> : null}
      {view === 'problems' ? <ProblemView report={report} tried={tried} onPlace={onPlace} /> : null}
      {view === 'changes' ? <ChangeView report={report} onPlace={onPlace} /> : null}
      {view === 'tryOut' ? <TryOutView tried={tried} onRun={flow.tryOut} canRun={report.levels.length > 0} /> : null}
      {view === 'accept' ? (
        <AcceptView report={report} problems={problems} onVersions={() => setView('versions')} />
      ) : null}
      {view === 'versions' ? (
        <div className={styles.body}>
          <VersionsView isShown />
        </div>
      ) : null}
    </div>
  );
}
