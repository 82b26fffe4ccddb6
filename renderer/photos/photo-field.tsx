import { useRef } from 'react';
import { maxPhotos, photoKinds, type PhotoNeed } from '#domain/case/photos.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { roomFor, type PhotoDraft } from './photo-drafts.ts';
import type { PhotoDrafts } from './use-photo-drafts.ts';
import styles from './photo-field.module.css';

/** Photos of a form: chosen from files, pasted or dropped anywhere in the form; each with its kind, or with what is wrong. */
export function PhotoField({
  photos,
  need,
  problem = null,
}: {
  readonly photos: PhotoDrafts;
  readonly need: PhotoNeed | null;
  readonly problem?: string | null;
}) {
  const { t } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const label = t('photos.title');
  const isFull = roomFor(photos.list) === 0;
  return (
    <div role="group" aria-label={label} className={styles.field}>
      <span className={styles.label}>
        {label}
        <span className={styles.note}>
          {need === null ? t('acts.optional') : t('photos.needed', { photo: t(`photos.needs.${need}`) })}
        </span>
      </span>
      <div className={styles.head}>
        <Button size="small" isDisabled={isFull} onPress={() => chooser.current?.click()}>
          {t('photos.choose')}
        </Button>
        <input
          ref={chooser}
          className={styles.chooser}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={({ target }) => {
            photos.add([...(target.files ?? [])]);
            // The same file may be chosen again after it was removed.
            target.value = '';
          }}
        />
        <span className={styles.hint}>{isFull ? t('photos.full', { most: maxPhotos }) : t('photos.hint')}</span>
      </div>
      {photos.list.length === 0 ? null : (
        <ul className={styles.list}>
          {photos.list.map((photo, index) => (
            <PhotoItem key={photo.id} photo={photo} number={index + 1} photos={photos} />
          ))}
        </ul>
      )}
      {problem === null ? null : <p className={styles.problem}>{problem}</p>}
    </div>
  );
}

function PhotoItem({
  photo,
  number,
  photos,
}: {
  readonly photo: PhotoDraft;
  readonly number: number;
  readonly photos: PhotoDrafts;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { id, preview, error, hash } = photo;
  const isWorthRetrying = error !== null && !lasting.has(error.code);
  return (
    <li className={styles.item}>
      <span className={styles.picture}>
        {preview === null ? null : <img src={preview} alt={t('photos.preview', { number })} />}
      </span>
      <div className={styles.facts}>
        <span className={styles.name}>{photo.name}</span>
        {error === null ? (
          <span className={styles.hint} role="status">
            {hash === null ? t('photos.sending') : t('photos.kept')}
          </span>
        ) : (
          <span className={styles.problem} role="alert">
            {errorWords(error).title} {errorWords(error).remedy}
          </span>
        )}
      </div>
      <Pick
        label={t('photos.kind', { number })}
        isLabelHidden
        size="small"
        items={photoKinds.map((kind) => ({ id: kind, name: t(`photos.kinds.${kind}`) }))}
        value={photo.kind}
        onChange={(kind) => photos.setKind(id, kind)}
      />
      {isWorthRetrying ? (
        <Button size="small" kind="quiet" onPress={() => photos.retry(id)}>
          {t('photos.retry')}
        </Button>
      ) : null}
      <Button size="small" kind="quiet" aria-label={t('photos.remove', { number })} onPress={() => photos.remove(id)}>
        {t('photos.removeShort')}
      </Button>
    </li>
  );
}

/** What the same file will not get past at another try. */
const lasting: ReadonlySet<string> = new Set(['attachment_too_large', 'attachment_not_picture']);
