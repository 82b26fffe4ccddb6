import { useState } from 'react';
import type { CaseDetail, CasePhoto } from '#contract/cases.ts';
import { shortMoment } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { PhotoViewer } from './photo-viewer.tsx';
import { usePhoto } from './use-photo.ts';
import styles from './case-photos.module.css';

/** The photos of a case as small pictures, each opening the viewer. */
export function CasePhotos({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useWords();
  const [shown, setShown] = useState<number | null>(null);
  const { photos } = detail;
  return (
    <section className={styles.photos} aria-label={t('photos.title')}>
      <h3 className={styles.title}>
        <b>{t('photos.title')}</b> {t('photos.count', { count: photos.length })}
      </h3>
      <ul className={styles.strip}>
        {photos.map((photo, index) => (
          <li key={`${photo.step}-${photo.at}-${photo.hash}-${photo.kind}`}>
            <Thumbnail photo={photo} onOpen={() => setShown(index)} />
          </li>
        ))}
      </ul>
      {shown === null ? null : <PhotoViewer detail={detail} first={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function Thumbnail({ photo, onOpen }: { readonly photo: CasePhoto; readonly onOpen: () => void }) {
  const { t } = useWords();
  const now = useNow(60_000);
  const errorWords = useErrorWords();
  const loaded = usePhoto(photo.hash);
  const kind = t(`photos.kinds.${photo.kind}`);
  return (
    <button type="button" className={styles.thumbnail} onClick={onOpen}>
      <span className={styles.picture}>
        {loaded === null ? (
          <span className={styles.words}>{t('photos.loading')}</span>
        ) : loaded.error === null ? (
          <img src={loaded.small} alt="" />
        ) : (
          <span className={styles.words} data-problem="true">
            {errorWords(loaded.error).title}
          </span>
        )}
      </span>
      <span className={styles.caption}>
        {kind} · {t(`photos.steps.${photo.step}`)} <time>{shortMoment(photo.takenAt ?? photo.at, now)}</time>
      </span>
    </button>
  );
}
