import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { Located } from '#contract/grid.ts';
import { sources, type Source } from '#domain/case/state.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Combo } from '#renderer/ui/combo.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { coordinate } from './coordinate.ts';
import styles from './report.module.css';

/** 上报登记: what, where, from whom. A place can be picked on the map; the form waits with all that was typed. */
export function ReportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { tables, store } = useDesk();
  const isPicking = useChoice((state) => state.isPicking);
  const picked = useChoice((state) => state.picked);
  const [classKey, setClassKey] = useState<string | null>(null);
  const [source, setSource] = useState<Source>('desk');
  const [description, setDescription] = useState('');
  const [address, setAddress] = useState('');
  const [lonText, setLonText] = useState('');
  const [latText, setLatText] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const commandId = useRef(crypto.randomUUID());
  const lon = coordinate(lonText, 180);
  const lat = coordinate(latText, 90);
  const hasPlace = typeof lon === 'number' && typeof lat === 'number';
  const isWholePlace = hasPlace || (lon === null && lat === null);
  const located = useLocated(hasPlace ? lon : null, hasPlace ? lat : null);
  const row = tables.classes.rows.find(({ kind, code }) => `${kind} ${code}` === classKey);
  const canSend = row !== undefined && description.trim() !== '' && isWholePlace && !isSending;

  useEffect(() => {
    if (picked === null) return;
    setLonText(picked.lon.toFixed(6));
    setLatText(picked.lat.toFixed(6));
    store.setState({ picked: null });
  }, [picked, store]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSend) return;
    setSending(true);
    setError(null);
    const outcome = await client.call('case.report', {
      commandId: commandId.current,
      source,
      classRef: { standardRef: row.standardRef, kind: row.kind, code: row.code, name: row.name },
      lon: hasPlace ? lon : null,
      lat: hasPlace ? lat : null,
      address: address.trim(),
      description: description.trim(),
    });
    setSending(false);
    if (!outcome.ok) return setError(outcome.error);
    store.setState({ selectedId: outcome.value.caseId });
    onClose();
  };

  return (
    <Dialog title={t('report.title')} isHidden={isPicking} isBusy={isSending} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Combo
          label={t('report.class')}
          placeholder={t('report.classHint')}
          items={tables.classes.rows.map(({ kind, code, name, groupName }) => ({
            id: `${kind} ${code}`,
            name,
            note: `${t(`kinds.${kind}`)} ${code} ${groupName}`,
          }))}
          value={classKey}
          onChange={setClassKey}
          emptyText={t('report.noMatch')}
          autoFocus
        />
        <Field
          label={t('report.description')}
          note={t('report.noNames')}
          isMultiline
          value={description}
          onChange={setDescription}
          maxLength={2_000}
        />
        <Field
          label={t('report.address')}
          note={t('case.fields.optional')}
          value={address}
          onChange={setAddress}
          maxLength={500}
        />
        <div className={styles.place}>
          <Field
            label={t('report.lon')}
            value={lonText}
            onChange={setLonText}
            inputMode="decimal"
            problem={lon === undefined ? t('report.badNumber') : null}
          />
          <Field
            label={t('report.lat')}
            value={latText}
            onChange={setLatText}
            inputMode="decimal"
            problem={lat === undefined ? t('report.badNumber') : null}
          />
          <Button onPress={() => store.setState({ isPicking: true })}>{t('report.pick')}</Button>
        </div>
        <p className={styles.grid} role="status">
          {gridText()}
        </p>
        <Pick
          label={t('report.source')}
          items={sources.filter((name) => name !== 'import').map((id) => ({ id, name: t(`sources.${id}`) }))}
          value={source}
          onChange={setSource}
        />
        {error === null ? null : (
          <Notice kind="problem" title={errorWords(error).title}>
            {errorWords(error).remedy}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button type="submit" kind="primary" isDisabled={!canSend}>
            {isSending ? t('case.sending') : t('report.submit')}
          </Button>
          <Button onPress={onClose}>{t('case.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );

  function gridText(): string {
    if (!hasPlace) return t('report.gridUnset');
    if (located === null) return t('report.grid');
    if (located.gridCode === null) return t('report.gridNone');
    return `${t('report.grid')} ${located.gridCode} · ${located.path
      .slice(-3)
      .map(({ name }) => name)
      .join(' / ')}`;
  }
}

/** The grid that holds the point, as the host sees it; null while it is not known. */
function useLocated(lon: number | null, lat: number | null): Located | null {
  const client = useClient();
  const [located, setLocated] = useState<Located | null>(null);
  useEffect(() => {
    setLocated(null);
    if (lon === null || lat === null) return;
    const controller = new AbortController();
    void client.call('grid.locate', { lon, lat }, controller).then((outcome) => {
      if (outcome.ok && !controller.signal.aborted) setLocated(outcome.value);
    });
    return () => controller.abort();
  }, [client, lon, lat]);
  return located;
}
