import { useRef, useState } from 'react';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { MappingForm } from './mapping-form.tsx';
import { ReportView } from './report-view.tsx';
import { RunningImport } from './running-import.tsx';
import { upload } from '#renderer/client/upload.ts';
import { useImport } from './use-import.ts';
import styles from './import.module.css';

/** Import of a CSV file: choose, confirm the mapping, try out or import, read what was refused. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const flow = useImport();
  const { at } = flow;
  return (
    <Dialog
      title={t('import.title')}
      width={at.step === 'choose' || at.step === 'reading' ? 560 : 920}
      onClose={onClose}
    >
      {at.step === 'choose' ? <Choose flow={flow} /> : null}
      {at.step === 'reading' ? <Notice kind="note" title={t('import.reading')} /> : null}
      {at.step === 'mapping' ? (
        <MappingForm
          preview={at.preview}
          error={at.error}
          onRun={(mapping, isDryRun) => void flow.run(mapping, isDryRun)}
        />
      ) : null}
      {at.step === 'running' ? <RunningImport progress={flow.progress} onCancel={flow.cancel} /> : null}
      {at.step === 'done' ? <ReportView report={at.report} /> : null}
      <div className={styles.buttons}>
        {at.step === 'done' && at.report.isDryRun ? (
          <Button onPress={flow.backToMapping}>{t('import.mapping')}</Button>
        ) : null}
        {at.step === 'done' || at.step === 'mapping' ? (
          <Button onPress={flow.restart}>{t('import.another')}</Button>
        ) : null}
        <Button onPress={onClose}>{t('import.close')}</Button>
      </div>
    </Dialog>
  );
}

function Choose({ flow }: { readonly flow: ReturnType<typeof useImport> }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [isUploading, setUploading] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { shell } = window;

  const fromShell = async () => {
    const path = await shell?.chooseFile('csv');
    if (path !== undefined && path !== null) await flow.open(path);
  };
  const fromBrowser = async (file: File | undefined) => {
    if (file === undefined) return;
    setUploading(true);
    setProblem(null);
    try {
      await flow.open(await upload(file));
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
      setUploading(false);
    }
  };

  const error = flow.at.step === 'choose' ? flow.at.error : null;
  return (
    <>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {problem === null ? null : <Notice kind="problem" title={t('import.uploadFailed', { reason: problem })} />}
      {isUploading ? <Notice kind="note" title={t('import.uploading')} /> : null}
      <div className={styles.buttons}>
        <Button
          kind="primary"
          autoFocus
          isDisabled={isUploading}
          onPress={() => (shell === undefined ? input.current?.click() : void fromShell())}
        >
          {t('import.choose')}
        </Button>
      </div>
      {shell === undefined ? (
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          onChange={(event) => void fromBrowser(event.currentTarget.files?.[0])}
        />
      ) : null}
    </>
  );
}
