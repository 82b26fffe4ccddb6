import { useState } from 'react';
import type { DisplayState } from '#contract/wall.ts';
import { leastSizes } from '#domain/wall/legibility.ts';
import { wallFit } from '#domain/wall/wall-fit.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import type { WallDesk } from './use-wall-desk.ts';
import { numberOf, pitchFrom } from './wall-draft.ts';
import styles from './wall-desk.module.css';

/** How large a pixel is and where the farthest seat stands: the smallest text that can be read there, and what it leaves room for. */
export function SightForm({ desk, display }: { readonly desk: WallDesk; readonly display: DisplayState }) {
  const { t } = useWords();
  const { width, height } = display;
  const [pitch, setPitch] = useState(String(display.sight?.pitchMm ?? ''));
  const [seat, setSeat] = useState(String(display.sight?.seatM ?? ''));
  const pitchMm = pitchFrom(pitch, width, height);
  const seatM = numberOf(seat, 0.3, 100);
  const isEmpty = pitch.trim() === '' && seat.trim() === '';
  const sight = pitchMm === undefined || seatM === undefined ? null : { pitchMm, seatM };
  return (
    <form
      className={styles.form}
      aria-label={t('wallDesk.legibility')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isEmpty || sight !== null) desk.set({ display: display.id, sight });
      }}
    >
      <Field
        label={t('wallDesk.pitch')}
        note={t('wallDesk.pitchHint')}
        value={pitch}
        onChange={setPitch}
        problem={isEmpty || pitchMm !== undefined ? null : t('wallDesk.badPitch')}
      />
      <Field
        label={t('wallDesk.seat')}
        value={seat}
        onChange={setSeat}
        problem={isEmpty || seatM !== undefined ? null : t('wallDesk.badSeat')}
      />
      <p className={styles.note}>{sight === null ? t('wallDesk.unknownSight') : leastText(sight)}</p>
      <div className={styles.buttons}>
        <Button type="submit" isDisabled={!isEmpty && sight === null}>
          {t('wallDesk.save')}
        </Button>
      </div>
    </form>
  );

  function leastText(known: NonNullable<typeof sight>): string {
    const least = leastSizes(known.pitchMm, known.seatM);
    const sizes = t('wallDesk.least', { han: least.han, figure: least.figure, digit: least.digit });
    if (width === null || height === null) return sizes;
    const { hasUnits, rows, hasLines } = wallFit({ width, height, ratio: 1, sight: known });
    const gone = [
      hasUnits ? null : t('wallDesk.noUnits'),
      rows === 8 ? null : t('wallDesk.fewerRows', { rows }),
      hasLines ? null : t('wallDesk.noLines'),
    ].filter((one) => one !== null);
    return gone.length === 0 ? `${sizes} ${t('wallDesk.allFits')}` : `${sizes} ${gone.join(' ')}`;
  }
}
