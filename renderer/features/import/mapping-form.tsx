import { useState } from 'react';
import { importFields, type ImportField, type ImportMapping, type ImportPreview } from '#contract/imports.ts';
import type { WireError } from '#contract/errors.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { draftOf, mappingOf } from './mapping-draft.ts';
import styles from './import.module.css';

const NONE = '\u0000none';
const SAMPLE_ROWS = 5;

/** Which column is which: guessed, and confirmed by the person. The first rows stand below. */
export function MappingForm({
  preview,
  error,
  onRun,
}: {
  readonly preview: ImportPreview;
  readonly error: WireError | null;
  readonly onRun: (mapping: ImportMapping, isDryRun: boolean) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [draft, setDraft] = useState(() => draftOf(preview.mapping));
  const mapping = mappingOf(draft);
  const choose = (field: ImportField, column: string) =>
    setDraft((before) => {
      const { [field]: _, ...others } = before.columns;
      return { ...before, columns: column === NONE ? others : { ...others, [field]: column } };
    });
  const columns = [{ id: NONE, name: t('import.none') }, ...preview.columns.map((id) => ({ id, name: id }))];
  const sample = preview.sample.slice(0, SAMPLE_ROWS);
  return (
    <>
      <p className={styles.note}>
        {t('import.encoding', {
          encoding: preview.encoding,
          delimiter: preview.delimiter === '\t' ? 'Tab' : preview.delimiter,
          columns: preview.columns.length,
        })}{' '}
        {t('import.mappingHint')}
      </p>
      <div className={styles.mapping}>
        {importFields.map((field) => (
          <Pick
            key={field}
            label={t(`import.fields.${field}`)}
            items={columns}
            value={draft.columns[field] ?? NONE}
            onChange={(column) => choose(field, column)}
          />
        ))}
        <Field
          label={t('import.timeZone')}
          value={draft.timeZone}
          onChange={(timeZone) => setDraft((before) => ({ ...before, timeZone }))}
        />
        <Field
          label={t('import.missing')}
          value={draft.missing}
          onChange={(missing) => setDraft((before) => ({ ...before, missing }))}
        />
        <Field
          label={t('import.states')}
          note={t('import.statesHint')}
          isMultiline
          value={draft.states}
          onChange={(states) => setDraft((before) => ({ ...before, states }))}
        />
      </div>
      <div className={styles.table} tabIndex={0} role="group" aria-label={t('import.sample', { count: sample.length })}>
        <table>
          <caption>{t('import.sample', { count: sample.length })}</caption>
          <thead>
            <tr>
              {preview.columns.map((column, index) => (
                <th key={`${column} ${index}`} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button kind="primary" isDisabled={mapping === null} onPress={() => mapping !== null && onRun(mapping, false)}>
          {t('import.run')}
        </Button>
        <Button isDisabled={mapping === null} onPress={() => mapping !== null && onRun(mapping, true)}>
          {t('import.dryRun')}
        </Button>
      </div>
    </>
  );
}
