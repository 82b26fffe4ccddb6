import { useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { emptyDraft, requestOf, type BaseMapDraft } from './base-map-draft.ts';
import styles from './base-map.module.css';

const kinds = ['pmtiles', 'mbtiles', 'folder', 'xyz', 'wmts'] as const;
const coordinates = ['cgcs2000', 'wgs84', 'gcj02', 'bd09'] as const;

/** Registers a base map. The host reads a tile of the district before it takes it. */
export function BaseMapForm({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [draft, setDraft] = useState(emptyDraft);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const { shell } = window;
  const set = (change: Partial<BaseMapDraft>) => setDraft((before) => ({ ...before, ...change }));
  const isServer = draft.kind === 'xyz' || draft.kind === 'wmts';
  const isFile = draft.kind === 'pmtiles' || draft.kind === 'mbtiles';
  const request = requestOf(draft);
  const chooseFile = async () => {
    const path = await shell?.chooseFile('base-map');
    if (path !== undefined && path !== null) set({ path });
  };
  const send = async () => {
    if (request === null) return;
    setBusy(true);
    setError(null);
    const outcome = await client.call('basemap.add', request);
    setBusy(false);
    if (outcome.ok) onAdded(outcome.value.id);
    else setError(outcome.error);
  };
  const text = (name: keyof BaseMapDraft & keyof typeof labels) => (
    <Field label={t(labels[name])} value={draft[name]} onChange={(value) => set({ [name]: value })} />
  );
  return (
    <Dialog title={t('baseMap.form.title')} width={620} isBusy={isBusy} onClose={onClose}>
      <div className={styles.form}>
        <Pick
          label={t('baseMap.form.kind')}
          items={kinds.map((id) => ({ id, name: t(`baseMap.form.kinds.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => set({ kind })}
        />
        <Pick
          label={t('baseMap.form.coordinates')}
          items={coordinates.map((id) => ({ id, name: t(`baseMap.form.coordinateNames.${id}`) }))}
          value={draft.coordinates}
          onChange={(system) => set({ coordinates: system })}
        />
        {isServer ? (
          <div className={styles.wide}>
            <Field
              label={t('baseMap.form.address')}
              placeholder={t(draft.kind === 'xyz' ? 'baseMap.form.addressHint' : 'baseMap.form.wmtsHint')}
              value={draft.address}
              onChange={(address) => set({ address })}
            />
          </div>
        ) : (
          <div className={`${styles.wide} ${styles.path}`}>
            {text('path')}
            {shell === undefined || !isFile ? null : (
              <Button onPress={() => void chooseFile()}>{t('baseMap.form.choose')}</Button>
            )}
          </div>
        )}
        {draft.kind === 'folder' ? (
          <RadioChoice
            label={t('baseMap.form.rows')}
            items={(['north', 'south'] as const).map((id) => ({ id, name: t(`baseMap.form.rowNames.${id}`) }))}
            value={draft.rows}
            onChange={(rows) => set({ rows })}
          />
        ) : null}
        {draft.kind === 'wmts' ? (
          <>
            {text('layer')}
            {text('style')}
            {text('matrixSet')}
            {text('format')}
          </>
        ) : null}
        {isServer ? (
          <>
            {text('minZoom')}
            {text('maxZoom')}
            <div className={styles.wide}>
              <Field
                label={t('baseMap.form.key')}
                type="password"
                autoComplete="off"
                placeholder={t('baseMap.form.keyHint')}
                value={draft.key}
                onChange={(key) => set({ key })}
              />
            </div>
          </>
        ) : null}
        {text('name')}
        {text('owner')}
        {text('approvalNumber')}
        <Field
          label={t('baseMap.form.date')}
          placeholder={t('baseMap.form.dateHint')}
          value={draft.date}
          onChange={(date) => set({ date })}
        />
      </div>
      <p>{t('baseMap.form.note')}</p>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button isDisabled={isBusy} onPress={onClose}>
          {t('baseMap.form.cancel')}
        </Button>
        <Button kind="primary" isDisabled={isBusy || request === null} onPress={() => void send()}>
          {t(isBusy ? 'baseMap.form.checking' : 'baseMap.form.submit')}
        </Button>
      </div>
    </Dialog>
  );
}

const labels = {
  path: 'baseMap.form.path',
  layer: 'baseMap.form.layer',
  style: 'baseMap.form.style',
  matrixSet: 'baseMap.form.matrixSet',
  format: 'baseMap.form.format',
  minZoom: 'baseMap.form.minZoom',
  maxZoom: 'baseMap.form.maxZoom',
  name: 'baseMap.form.name',
  owner: 'baseMap.form.owner',
  approvalNumber: 'baseMap.form.approvalNumber',
} as const;
