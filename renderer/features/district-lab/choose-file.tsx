import { useRef } from 'react';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import type { LabFlow, LabStep } from './use-lab.ts';
import styles from './district-lab.module.css';

/** Where a file is chosen: by the shell's dialog, which gives a path, or in the browser, which hands the file over. */
export function ChooseFile({
  at,
  flow,
  isShown,
}: {
  readonly at: Extract<LabStep, { step: 'choose' }>;
  readonly flow: LabFlow;
  readonly isShown: boolean;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const input = useRef<HTMLInputElement>(null);
  const { shell } = window;
  const fromShell = async () => {
    const path = await shell?.chooseFile('district');
    if (path !== undefined && path !== null) flow.open(path);
  };
  return (
    <div className={styles.choose}>
      {at.error === null ? null : (
        <Notice kind="problem" title={errorWords(at.error).title}>
          {errorWords(at.error).remedy}
        </Notice>
      )}
      {at.problem === null ? null : <Notice kind="problem" title={t('lab.uploadFailed', { reason: at.problem })} />}
      {at.note ? <Notice kind="note" title={t('lab.cancelled')} /> : null}
      <p className={styles.quiet}>{t('lab.chooseHint')}</p>
      <div className={styles.buttons}>
        <Button
          key={String(isShown)}
          kind="primary"
          autoFocus={isShown}
          onPress={() => (shell === undefined ? input.current?.click() : void fromShell())}
        >
          {t('lab.choose')}
        </Button>
      </div>
      {shell === undefined ? (
        <input
          ref={input}
          type="file"
          accept=".geojson,.geojsonl,.json,.topojson,.zip,.gpkg"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) flow.send(file);
          }}
        />
      ) : null}
    </div>
  );
}
