import { useCallback, useEffect, useRef, useState } from 'react';
import type { ComponentList, ComponentReport } from '#contract/components.ts';
import type { CoordinateSystem } from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { upload } from '#renderer/client/upload.ts';
import { count, fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { ReportView } from './report-view.tsx';
import { RunningImport } from './running-import.tsx';
import { useImportProgress } from './use-import-progress.ts';
import styles from './import.module.css';

const systems = {
  wgs84: { projection: { kind: 'wgs84' }, isSwapped: false },
  gcj02: { projection: { kind: 'gcj02' }, isSwapped: false },
  bd09: { projection: { kind: 'bd09' }, isSwapped: false },
  zone39: { projection: { kind: 'gauss-kruger', centralMeridian: 117, zone: 39 }, isSwapped: false },
  plain117: { projection: { kind: 'gauss-kruger', centralMeridian: 117, zone: null }, isSwapped: false },
} as const satisfies Record<string, CoordinateSystem>;
type SystemName = keyof typeof systems;
const systemNames = Object.keys(systems) as readonly SystemName[];

const BYTES_PER_MB = 1_000_000;
const CLASSES_SHOWN = 8;

/** Import of inventories of components, and those that are kept. */
export function ComponentDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { tables } = useDesk();
  const [inventories, setInventories] = useState<ComponentList['inventories'] | null>(null);
  const [system, setSystem] = useState<SystemName>('wgs84');
  const [path, setPath] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [isUploading, setUploading] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const progress = useImportProgress('components');
  const [error, setError] = useState<WireError | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [report, setReport] = useState<ComponentReport | null>(null);
  const isBusy = isUploading || isImporting;
  const input = useRef<HTMLInputElement>(null);
  const { shell } = window;

  const list = useCallback(async () => {
    const outcome = await client.call('components.list', {});
    if (outcome.ok) setInventories(outcome.value.inventories);
    else setError(outcome.error);
  }, [client]);
  useEffect(() => void list(), [list]);

  const choose = async (given: Promise<string | null | undefined>) => {
    setReport(null);
    setError(null);
    setProblem(null);
    setUploading(true);
    try {
      setPath((await given) ?? null);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
    }
    setUploading(false);
  };
  const run = async (dryRun: boolean) => {
    if (path === null) return;
    setImporting(true);
    setError(null);
    setReport(null);
    const outcome = await client.call('components.import', { path, system: systems[system], dryRun });
    setImporting(false);
    if (!outcome.ok) return setError(outcome.error);
    setReport(outcome.value);
    await list();
  };
  const cancel = () => {
    if (progress?.state === 'running') void client.call('import.cancel', { importId: progress.importId });
  };
  const withdraw = async (version: string) => {
    const outcome = await client.call('components.withdraw', { version });
    if (outcome.ok) setInventories(outcome.value.inventories);
    else setError(outcome.error);
  };

  return (
    <Dialog title={t('components.title')} width={report === null ? 620 : 920} onClose={onClose}>
      <p className={styles.note}>{t('components.hint')}</p>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {problem === null ? null : <Notice kind="problem" title={t('import.uploadFailed', { reason: problem })} />}
      <Pick
        label={t('components.system')}
        items={systemNames.map((id) => ({ id, name: t(`components.systems.${id}`) }))}
        value={system}
        onChange={setSystem}
      />
      {path === null ? null : (
        <p className={styles.note}>{t('components.chosen', { file: name ?? path.split(/[\\/]/).at(-1) ?? path })}</p>
      )}
      {isUploading ? <Notice kind="note" title={t('import.uploading')} /> : null}
      {isImporting ? (
        <RunningImport progress={progress?.state === 'running' ? progress : null} onCancel={cancel} />
      ) : null}
      <div className={styles.buttons}>
        <Button
          autoFocus
          isDisabled={isBusy}
          onPress={() => (shell === undefined ? input.current?.click() : void choose(shell.chooseFile('components')))}
        >
          {t('import.choose')}
        </Button>
        <Button isDisabled={isBusy || path === null} onPress={() => void run(true)}>
          {t('import.dryRun')}
        </Button>
        <Button kind="primary" isDisabled={isBusy || path === null} onPress={() => void run(false)}>
          {t('import.run')}
        </Button>
      </div>
      {shell === undefined ? (
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.json,.geojson,.geojsonl"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file === undefined) return;
            setName(file.name);
            void choose(upload(file));
          }}
        />
      ) : null}
      {report === null ? null : (
        <>
          <ReportView
            report={{ ...report, known: 0, isCancelled: false }}
            refusedCount={report.refusedCount}
            warningCount={report.warningCount}
          />
          {report.accepted === 0 ? null : <p className={styles.note}>{classText(report.classes)}</p>}
          {report.isCancelled ? <p className={styles.note}>{t('components.cancelled')}</p> : null}
          {report.version === null ? null : (
            <p className={styles.note}>{t('components.kept', { number: count(report.accepted) })}</p>
          )}
        </>
      )}
      <h3>{t('components.list')}</h3>
      {inventories?.length === 0 ? <p className={styles.note}>{t('components.empty')}</p> : null}
      <ul className={styles.inventories}>
        {inventories?.map(({ version, importedAt, bytes, count: number, state }) => (
          <li key={version}>
            <span>
              {t('components.inventory', {
                time: fullTime(importedAt),
                number: number === null ? '–' : count(number),
                size: (bytes / BYTES_PER_MB).toFixed(1),
              })}
              {state === 'damaged' ? ` · ${t('components.isDamaged')}` : ''}
            </span>
            <Button size="small" kind="quiet" onPress={() => void withdraw(version)}>
              {t('components.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button onPress={onClose}>{t('import.close')}</Button>
      </div>
    </Dialog>
  );

  function classText(classes: ComponentReport['classes']): string {
    const name = (code: string) =>
      tables.classes.rows.find((known) => known.kind === 'component' && known.code === code)?.name ?? code;
    const all = Object.entries(classes).toSorted(([, a], [, b]) => b - a);
    const shown = all.slice(0, CLASSES_SHOWN).map(([code, number]) => `${name(code)} ${count(number)}`);
    return t('components.classes', {
      number: count(all.length),
      list: shown.join(' · ') + (all.length > shown.length ? ' …' : ''),
    });
  }
}
