import { useState } from 'react';
import type { DisplayState, WallOverview } from '#contract/wall.ts';
import { shortTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { PushForm } from './push-form.tsx';
import { SightForm } from './sight-form.tsx';
import { useSceneWords } from './scene-words.ts';
import { TurnsForm } from './turns-form.tsx';
import { WallWindowsForm } from './wall-windows-form.tsx';
import { useWallDesk, type WallDesk } from './use-wall-desk.ts';
import styles from './wall-desk.module.css';

/** All displays together, where one is to be chosen. */
const WHOLE = '*';

/** What each display of the wall shows, and what a person may do about it: 上墙, pause, turns, night, legibility. */
export function WallDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const desk = useWallDesk();
  const { wall, error } = desk;
  const [chosen, setChosen] = useState(WHOLE);
  const display = wall?.displays.find(({ id }) => id === chosen);
  return (
    <Dialog title={t('wallDesk.title')} width={860} onClose={onClose}>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {wall === null ? null : (
        <>
          <Calls desk={desk} calls={wall.calls} />
          <Displays desk={desk} displays={wall.displays} />
          <Pick
            label={t('wallDesk.which')}
            items={[{ id: WHOLE, name: t('wallDesk.whole') }, ...wall.displays.map(({ id }) => ({ id, name: id }))]}
            value={display === undefined ? WHOLE : chosen}
            onChange={setChosen}
          />
          {display === undefined ? null : <PushForm key={`push ${display.id}`} desk={desk} display={display} />}
          <TurnsForm key={`turns ${display?.id ?? WHOLE}`} desk={desk} wall={wall} display={display ?? null} />
          {display === undefined ? null : <SightForm key={`sight ${display.id}`} desk={desk} display={display} />}
        </>
      )}
      {window.shell?.wall === undefined ? null : <WallWindowsForm shell={window.shell.wall} />}
      <div className={styles.buttons}>
        <Button onPress={onClose}>{t('backup.close')}</Button>
      </div>
    </Dialog>
  );
}

function Calls({ desk, calls }: { readonly desk: WallDesk; readonly calls: WallOverview['calls'] }) {
  const { t } = useWords();
  const { live } = useDesk();
  const open = calls.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  return open.map(({ id, caseId, since, display }) => (
    <div key={id} className={styles.call}>
      <span>
        {t('wallDesk.call', { at: shortTime(since), what: live.rows.get(caseId)?.className ?? caseId })}
        {display === null ? null : ` · ${t('wallDesk.callOn', { display })}`}
      </span>
      <Button size="small" onPress={() => desk.release({ call: id })}>
        {t('wallDesk.acknowledge')}
      </Button>
    </div>
  ));
}

function Displays({ desk, displays }: { readonly desk: WallDesk; readonly displays: readonly DisplayState[] }) {
  const { t } = useWords();
  const sceneName = useSceneWords();
  if (displays.length === 0) return <Notice kind="note" title={t('wallDesk.noDisplay')} />;
  return (
    <table className={styles.displays}>
      <thead>
        <tr>
          <th>{t('wallDesk.display')}</th>
          <th>{t('wallDesk.pixels')}</th>
          <th>{t('wallDesk.shows')}</th>
          <th>{t('wallDesk.why')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {displays.map(({ id, isConnected, width, height, shown }) => (
          <tr key={id} data-display={id}>
            <th scope="row">{id}</th>
            <td>{isConnected && width !== null ? `${width}×${height}` : t('wallDesk.away')}</td>
            <td>
              <b>{sceneName(shown.scene)}</b>
            </td>
            <td>
              {t(`wallDesk.because.${shown.why}`)}
              {shown.by === null ? '' : ` ${shown.by}`}
              {shown.until === null ? '' : ` · ${t('wallDesk.until', { at: shortTime(shown.until) })}`}
            </td>
            <td>
              {shown.why === 'push' ? (
                <Button size="small" onPress={() => desk.release({ display: id })}>
                  {t('wallDesk.takeOff')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
