import { useCallback, useEffect, useState } from 'react';
import type { CaseDetail, CasePhoto } from '#contract/cases.ts';
import { fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { beforeAndAfter, FAR_METRES, metresFrom } from './photo-pair.ts';
import { usePhoto } from './use-photo.ts';
import styles from './photo-viewer.module.css';

/** One photo at a time, or before and after side by side at one scale. ← → move, Esc closes. */
export function PhotoViewer({
  detail,
  first,
  onClose,
}: {
  readonly detail: CaseDetail;
  /** Index of the photo to begin with. */
  readonly first: number;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { photos } = detail;
  const [index, setIndex] = useState(first);
  const [isCompared, setCompared] = useState(false);
  const pair = beforeAndAfter(photos);
  const last = photos.length - 1;
  const move = useCallback(
    (step: number) => {
      setCompared(false);
      setIndex((before) => Math.max(0, Math.min(last, before + step)));
    },
    [last],
  );
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      move(step);
    };
    // Wherever in the dialog the focus is: buttons keep what they hear to themselves.
    window.addEventListener('keydown', keyDown, { capture: true });
    return () => window.removeEventListener('keydown', keyDown, { capture: true });
  }, [move]);
  const current = photos[Math.min(index, last)];
  if (current === undefined) return null;
  const shown = isCompared && pair !== null ? pair : [current];
  return (
    <Dialog title={t('photos.viewer', { id: detail.id })} width={1_200} onClose={onClose}>
      <div className={styles.viewer}>
        <div className={styles.pictures} data-count={shown.length}>
          {shown.map((photo) => (
            <Picture key={`${photo.step} ${photo.kind} ${photo.at} ${photo.hash}`} detail={detail} photo={photo} />
          ))}
        </div>
        <div className={styles.bar}>
          <Button onPress={() => move(-1)} shortcut="←">
            {t('photos.previous')}
          </Button>
          <Button onPress={() => move(1)} shortcut="→">
            {t('photos.next')}
          </Button>
          <Button isDisabled={pair === null} isPressed={isCompared} onPress={() => setCompared(!isCompared)}>
            {t('photos.compare')}
          </Button>
          <span className={styles.place} role="status">
            {isCompared ? t('photos.comparing') : t('photos.place', { number: index + 1, count: photos.length })}
          </span>
          <Button onPress={onClose} shortcut="Esc">
            {t('photos.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Picture({ detail, photo }: { readonly detail: CaseDetail; readonly photo: CasePhoto }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const loaded = usePhoto(photo.hash);
  const kind = t(`photos.kinds.${photo.kind}`);
  const metres = metresFrom(detail, photo);
  const facts = [
    `${t(`photos.steps.${photo.step}`)} ${photo.by}`,
    photo.takenAt === null
      ? t('photos.recorded', { time: fullTime(photo.at) })
      : t('photos.taken', { time: fullTime(photo.takenAt) }),
    metres === null ? t('photos.noPlace') : t(metres > FAR_METRES ? 'photos.far' : 'photos.distance', { metres }),
  ];
  return (
    <figure className={styles.figure}>
      <div className={styles.frame}>
        {loaded === null ? (
          <p className={styles.words}>{t('photos.loading')}</p>
        ) : loaded.error === null ? (
          <img src={loaded.url} alt={`${kind} ${photo.by}`} />
        ) : (
          <p className={styles.words} role="alert">
            <b>{errorWords(loaded.error).title}</b> {errorWords(loaded.error).remedy}
          </p>
        )}
      </div>
      <figcaption className={styles.caption}>
        <b>{kind}</b> {facts.join(' · ')}
      </figcaption>
    </figure>
  );
}
