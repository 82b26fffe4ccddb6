import { useState, type RefObject } from 'react';
import { useWords } from '#renderer/i18n/use-words.ts';
import { dayText } from '#renderer/i18n/format.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { largestCanvas } from '#renderer/map/largest-canvas.ts';
import type { MapLegend, MapView } from '#renderer/map/map-events.ts';
import { darkTheme, lightTheme } from '#renderer/map/map-theme.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { composePicture } from './compose-picture.ts';
import { useFoot } from './use-foot.ts';
import type { LiveForces } from '#renderer/state/live-forces.ts';
import { useLegend } from './use-legend.ts';
import styles from './city-map.module.css';

const ratios = ['1', '2', '3', '4'] as const;
type Ratio = (typeof ratios)[number];

/** A picture of what the map shows, as a file; with legend, scale, time of data and approval number. */
export function PictureDialog({
  map,
  container,
  legend,
  hasChain,
  forces,
  view,
  credits,
  onClose,
}: {
  readonly map: CityMap;
  /** The map on the screen. */
  readonly container: RefObject<HTMLDivElement | null>;
  readonly legend: MapLegend;
  readonly hasChain: boolean;
  readonly forces: LiveForces;
  readonly view: MapView | null;
  /** Of the base maps that are shown. */
  readonly credits: readonly string[];
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { district, areas, now } = useDesk();
  const theme = useChoice((state) => state.theme);
  const area = useChoice(({ filter }) => filter.area);
  const sections = useLegend(legend, { hasChain, hasBaseMap: credits.length > 0, forces });
  const foot = useFoot(view);
  const [ratio, setRatio] = useState<Ratio>('2');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [size] = useState(() => ({
    width: container.current?.clientWidth ?? 0,
    height: container.current?.clientHeight ?? 0,
  }));
  const [most] = useState(() => Math.min(...largestCanvas()));
  const possible = ratios.filter((one) => one === '1' || Math.max(size.width, size.height) * Number(one) <= most);

  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const canvas = await map.picture(Number(ratio));
      if (canvas === null) throw new Error(t('mapTools.picture.noMap'));
      const place = areas.names(area).join(' ');
      composePicture(canvas, canvas.width / size.width, theme === 'light' ? lightTheme : darkTheme, 'Noto Sans SC', {
        title: [district.name, place].filter((part) => part !== '').join(' / '),
        sections,
        scale: foot.scale,
        facts: [foot.shown, foot.time],
        credits,
        approval: foot.approval,
      });
      const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
      if (blob === null) throw new Error(`${canvas.width} × ${canvas.height}`);
      download(blob, `${t('mapTools.picture.file')}-${dayText(now())}.png`);
      onClose();
    } catch (cause) {
      setProblem(t('mapTools.picture.failed', { reason: cause instanceof Error ? cause.message : String(cause) }));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t('mapTools.picture.title')} width={440} isBusy={isBusy} onClose={onClose}>
      <RadioChoice
        label={t('mapTools.picture.size')}
        items={possible.map((id) => ({
          id,
          name: t('mapTools.picture.sizeName', {
            ratio: id,
            width: Math.round(size.width * Number(id)),
            height: Math.round(size.height * Number(id)),
          }),
        }))}
        value={ratio}
        onChange={setRatio}
      />
      <p>{t('mapTools.picture.about')}</p>
      {problem === null ? null : <Notice kind="problem" title={problem} />}
      <div className={styles.dialogFoot}>
        <Button isDisabled={isBusy} onPress={onClose}>
          {t('mapTools.picture.close')}
        </Button>
        <Button kind="primary" autoFocus isDisabled={isBusy} onPress={() => void save()}>
          {t(isBusy ? 'mapTools.picture.saving' : 'mapTools.picture.save')}
        </Button>
      </div>
    </Dialog>
  );
}

function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
