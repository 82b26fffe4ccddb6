import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout, useGroupRef } from 'react-resizable-panels';
import type { CommandId } from '#renderer/actions/commands.ts';
import { useCommand, useOnlyCommands, useRunCommand } from '#renderer/actions/use-command.tsx';
import { AlarmCenter } from '#renderer/features/alarms/alarm-center.tsx';
import { AlarmStrip } from '#renderer/features/alarms/alarm-strip.tsx';
import { useAlarmSound } from '#renderer/features/alarms/use-alarm-sound.ts';
import { BackupDialog } from '#renderer/features/backup/backup-dialog.tsx';
import { CaseDesk, type PanelSlot } from '#renderer/features/case-desk/case-desk.tsx';
import { CommandLine } from '#renderer/features/command-line/command-line.tsx';
import { MapPanel, type MapHandle } from '#renderer/features/city-map/map-panel.tsx';
import { StatusBar } from '#renderer/features/frame/status-bar.tsx';
import { Strip } from '#renderer/features/frame/strip.tsx';
import { TopBar } from '#renderer/features/frame/top-bar.tsx';
import { useHealth } from '#renderer/features/frame/use-health.ts';
import { Foresight } from '#renderer/features/foresight/foresight.tsx';
import { DistrictLab } from '#renderer/features/district-lab/district-lab.tsx';
import { ClockLedgerSection } from '#renderer/features/ledger/clock-ledger.tsx';
import { ComponentDialog } from '#renderer/features/import/component-dialog.tsx';
import { ImportDialog } from '#renderer/features/import/import-dialog.tsx';
import { DuplicateHint } from '#renderer/features/merge/duplicate-hint.tsx';
import { MergeDesk } from '#renderer/features/merge/merge-desk.tsx';
import { SpotHistory } from '#renderer/features/merge/spot-history.tsx';
import { Queue } from '#renderer/features/queue/queue.tsx';
import { ReportDialog, type DraftSlot } from '#renderer/features/report/report-dialog.tsx';
import { RuleBanner } from '#renderer/features/rule-tables/rule-banner.tsx';
import { RuleTables } from '#renderer/features/rule-tables/rule-tables.tsx';
import { PastBanner, PastTag } from '#renderer/features/time-machine/past-banner.tsx';
import { TimeBar } from '#renderer/features/time-machine/time-bar.tsx';
import { BriefingDialog } from '#renderer/features/briefing/briefing-dialog.tsx';
import { Scorecard } from '#renderer/features/scorecard/scorecard.tsx';
import { SupervisionBoard } from '#renderer/features/supervision/supervision-board.tsx';
import { TicketDialog } from '#renderer/features/report/ticket-dialog.tsx';
import { LockCover } from '#renderer/features/shift/lock-cover.tsx';
import { SeatButton } from '#renderer/features/shift/seat-button.tsx';
import { SeatDialog } from '#renderer/features/shift/seat-dialog.tsx';
import { ShiftDesk } from '#renderer/features/shift/shift-desk.tsx';
import { ShortcutsDialog } from '#renderer/features/shortcuts/shortcuts-dialog.tsx';
import { WallDialog } from '#renderer/features/wall/wall-dialog.tsx';
import { useConnection } from '#renderer/client/hooks.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import type { DrawnBy } from '#renderer/state/watch-cases.ts';
import { layoutOf } from '#renderer/state/workspaces.ts';
import { useLiveAlarms } from './use-live-alarms.ts';
import { useIdleLock, useIsCovered } from './use-idle-lock.ts';
import { useReady } from './use-ready.ts';
import { useShift } from './use-shift.ts';
import { useWorkspaceCommands } from './use-workspace-commands.ts';
import styles from './desk.module.css';

/** What keys still do while a tool lies above the panels. */
const toolCommands = [
  'command_line',
  'palette',
  'acknowledge',
  'alarms',
  'mute_alarms',
  'rules',
  'merge',
  'district',
  'foresight',
  'workspace_accept',
  'workspace_dispatch',
  'workspace_supervise',
  'workspace_lead',
  'workspace_assess',
  'workspace_emergency',
  'workspace_all',
  'seat',
  'lock',
  'past',
  'language',
  'shortcuts',
  'back',
] as const satisfies readonly CommandId[];

/** Under the cover: who stands before it is not known. */
const coveredCommands = ['language'] as const satisfies readonly CommandId[];

const ledgerOf: PanelSlot = ({ id }) => <ClockLedgerSection id={id} />;
const spotOf: PanelSlot = (detail) => <SpotHistory detail={detail} hasLink />;
/** What else happened at a spot is known of now only. */
const nothing: PanelSlot = () => null;

/** The tiled workbench: list, case and map side by side, widths remembered. */
export function DeskScreen({ drawnBy }: { readonly drawnBy: DrawnBy }) {
  const { t } = useWords();
  const { store, machine } = useDesk();
  const isPast = useIsPast();
  const health = useHealth();
  const peopleOff = health?.facts.find(({ id }) => id === 'people')?.code ?? null;
  const connection = useConnection();
  const chosen = useChoice((state) => state.dialog);
  // What acts is not there in the past, whoever asked for it.
  const dialog = isPast && chosen !== 'shortcuts' ? null : chosen;
  const groupRef = useGroupRef();
  const mapRef = useRef<MapHandle>(null);
  const workspace = useChoice((state) => state.workspace);
  const preset = layoutOf(workspace);
  const layout = useDefaultLayout({
    id: workspace === null ? 'grid-command-desk' : `grid-command-desk-${workspace}`,
    storage: localStorage,
  });
  useWorkspaceCommands();
  const shownFor = useRef(workspace);
  useEffect(() => {
    if (shownFor.current === workspace) return;
    shownFor.current = workspace;
    groupRef.current?.setLayout(layout.defaultLayout ?? { ...layoutOf(workspace) });
  }, [workspace, layout.defaultLayout, groupRef]);

  const run = useRunCommand();
  const [isMapDrawn, setMapDrawn] = useState(false);
  const mapDrawn = useCallback(() => setMapDrawn(true), []);
  useReady(isMapDrawn);

  const duplicatesOf: DraftSlot = (draft) => (
    <DuplicateHint draft={draft} onOpen={(selectedId) => store.setState({ selectedId, dialog: null })} />
  );
  const closeDialog = () => store.setState({ dialog: null, isPicking: false, picked: null });
  const showOnMap = () => mapRef.current?.showSelected();
  useCommand('past', () => {
    if (isPast) return machine.leave();
    // What is being typed would be lost.
    if (chosen !== null && chosen !== 'shortcuts') return false;
    store.setState(({ filter }) => ({
      ...{ dialog: null, isPicking: false, picked: null },
      filter: filter.tab === 'closed' ? { ...filter, tab: 'all' } : filter,
    }));
    machine.enter();
    return true;
  });
  useCommand('new_case', () => store.setState({ dialog: 'report' }));
  const alarms = useLiveAlarms();
  const sound = useAlarmSound(alarms);
  useCommand('alarms', () => store.setState({ dialog: dialog === 'alarms' ? null : 'alarms' }));
  const shift = useShift();
  useCommand('seat', () => store.setState({ dialog: 'seat' }));
  const isCovered = useIsCovered(shift);
  useIdleLock(shift);
  useOnlyCommands(coveredCommands, isCovered);
  useCommand('new_ticket', () => store.setState({ dialog: 'ticket' }));
  useCommand('import', () => store.setState({ dialog: 'import' }));
  const openBackup = () => store.setState({ dialog: 'backup' });
  useCommand('backup', openBackup);
  useCommand('wall', () => store.setState({ dialog: 'wall' }));
  useCommand('briefings', () => store.setState({ dialog: 'briefings' }));
  useCommand('shortcuts', () => store.setState({ dialog: 'shortcuts' }));
  const areRulesShown = dialog === 'rules';
  const [wereRulesShown, setRulesShown] = useState(false);
  if (areRulesShown && !wereRulesShown) setRulesShown(true);
  // Of the past there is none: figures are those of all that was recorded.
  const isAssessed = workspace === 'assess' && !isPast;
  const hasOtherTool = areRulesShown || dialog === 'merge' || dialog === 'alarms';
  const isForesightShown = dialog === 'foresight';
  const isHandedOver = workspace === 'lead' && !isPast && !isForesightShown;
  const isScorecardShown = isAssessed && !hasOtherTool && !isForesightShown;
  const hasTool = hasOtherTool || isScorecardShown || isHandedOver;
  const isLabShown = dialog === 'district';
  const [wasLabShown, setLabShown] = useState(false);
  if (isLabShown && !wasLabShown) setLabShown(true);
  const [shares, setShares] = useState<Readonly<Record<string, number>>>(layout.defaultLayout ?? preset);
  useOnlyCommands(toolCommands, hasTool || isLabShown || isForesightShown);
  const openRules = () => store.setState({ dialog: 'rules' });
  useCommand('rules', () => (areRulesShown ? closeDialog() : openRules()));
  useCommand('district', () => (isLabShown ? closeDialog() : store.setState({ dialog: 'district' })));
  useCommand('foresight', () => store.setState({ dialog: isForesightShown ? null : 'foresight' }));
  useCommand('merge', () => store.setState({ dialog: dialog === 'merge' ? null : 'merge' }));
  useCommand('reset_layout', () => void groupRef.current?.setLayout({ ...preset }));
  useCommand('list_or_map', () => {
    const isOnMap = document.activeElement?.closest('#city-map') !== null;
    if (isOnMap) document.querySelector<HTMLElement>('#queue [role=listbox]')?.focus();
    else mapRef.current?.focus();
    if (!isOnMap) showOnMap();
  });

  return (
    <div className={styles.screen}>
      <TopBar seat={<SeatButton state={shift} />} />
      <Strip health={health} alarms={(quiet) => <AlarmStrip live={alarms} sound={sound} quiet={quiet} />} />
      <RuleBanner facts={health?.facts ?? []} onOpen={() => run('rules')} />
      {isPast ? <PastBanner /> : null}
      <main className={styles.body} data-stale={connection.state !== 'open'} data-past={isPast}>
        <div className={styles.panels} inert={hasTool}>
          <Group
            groupRef={groupRef}
            orientation="horizontal"
            defaultLayout={layout.defaultLayout ?? { ...preset }}
            onLayoutChanged={(...changed) => {
              setShares(changed[0]);
              layout.onLayoutChanged(...changed);
            }}
          >
            <Panel id="queue" minSize={300} className={styles.panel} inert={isLabShown || isForesightShown}>
              <Room>
                {workspace === 'supervise' ? (
                  <SupervisionBoard onOpen={() => run('focus_case')} />
                ) : (
                  <Queue onOpen={() => run('focus_case')} />
                )}
              </Room>
            </Panel>
            <Separator className={styles.separator} aria-label={t('app.separator')} />
            <Panel id="case" minSize={420} className={styles.panel} inert={isLabShown || isForesightShown}>
              <Room>
                <CaseDesk onShowOnMap={showOnMap} clock={ledgerOf} below={isPast ? nothing : spotOf} />
              </Room>
            </Panel>
            <Separator className={styles.separator} aria-label={t('app.separator')} />
            <Panel id="map" minSize={320} className={styles.panel}>
              <Room foot={isPast ? <TimeBar /> : null}>
                <MapPanel drawnBy={drawnBy} handle={mapRef} onDrawn={mapDrawn} />
              </Room>
            </Panel>
          </Group>
        </div>
        {wasLabShown ? (
          <DistrictLab
            isShown={isLabShown}
            mapShare={shares['map'] ?? preset.map}
            onPlace={(place) => mapRef.current?.showPlace(place)}
            onClose={closeDialog}
          />
        ) : null}
        {isForesightShown ? (
          <Foresight
            mapShare={shares['map'] ?? preset.map}
            onPlace={(place) => mapRef.current?.showAreas(place)}
            onClose={closeDialog}
          />
        ) : null}
        {dialog === 'alarms' ? (
          <AlarmCenter
            {...{ live: alarms, sound, facts: health?.facts ?? [] }}
            onClose={closeDialog}
            onShowCase={(where) => {
              closeDialog();
              if (where === 'map') requestAnimationFrame(showOnMap);
              else run('focus_case');
            }}
            onRules={() => run('rules')}
          />
        ) : null}
        {isScorecardShown ? <Scorecard onClose={() => run('workspace_all')} /> : null}
        {isHandedOver && shift !== null && !hasOtherTool ? (
          <ShiftDesk
            state={shift}
            onCase={(selectedId) => store.setState({ workspace: null, selectedId })}
            onClose={() => run('workspace_all')}
          />
        ) : null}
        {dialog === 'merge' ? <MergeDesk onClose={closeDialog} /> : null}
        {wereRulesShown ? <RuleTables isShown={areRulesShown} onClose={closeDialog} /> : null}
      </main>
      <CommandLine />
      <StatusBar health={health} onBackup={() => run('backup')} onWall={() => run('wall')} onPast={() => run('past')} />
      {dialog === 'report' ? <ReportDialog onClose={closeDialog} peopleOff={peopleOff} hint={duplicatesOf} /> : null}
      {dialog === 'ticket' ? <TicketDialog onClose={closeDialog} peopleOff={peopleOff} hint={duplicatesOf} /> : null}
      {dialog === 'import' ? <ImportDialog onClose={closeDialog} /> : null}
      {dialog === 'components' ? <ComponentDialog onClose={closeDialog} /> : null}
      {dialog === 'backup' ? <BackupDialog onClose={closeDialog} /> : null}
      {dialog === 'seat' && shift !== null ? <SeatDialog state={shift} onClose={closeDialog} /> : null}
      {dialog === 'wall' ? <WallDialog onClose={closeDialog} /> : null}
      {dialog === 'briefings' ? <BriefingDialog onClose={closeDialog} /> : null}
      {isCovered ? <LockCover state={shift} live={alarms} /> : null}
      {dialog === 'shortcuts' ? <ShortcutsDialog onClose={closeDialog} /> : null}
    </div>
  );
}

/** A panel, marked while it shows the past; `foot` lies below it and covers nothing. */
function Room({ foot = null, children }: { readonly foot?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.room}>
      <PastTag />
      <div className={styles.roomBody}>{children}</div>
      {foot}
    </div>
  );
}
