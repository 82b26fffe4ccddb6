import { useEffect, useState } from 'react';
import type { Incident } from '#contract/wall.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { count, moment, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { LevelSymbol } from './level-symbol.tsx';
import { Panel, useFreshness } from './panel.tsx';
import { Body } from './scenes.tsx';
import { urgentRows } from './urgent-rows.ts';
import { useLiveRows, useMoment, useUnitName, useWall } from './wall-context.tsx';
import type { WallFit } from '#domain/wall/wall-fit.ts';
import { WallMap } from './wall-map.tsx';
import styles from './wall.module.css';

/** 应急指挥: what is happening, who is on it, since when? Without a case of its own the gravest urgent one. */
export function IncidentScene({ fit, caseId }: { readonly fit: WallFit; readonly caseId: string | null }) {
  const { t } = useWords();
  const live = useLiveRows();
  const { now } = useMoment();
  const { areas } = useWall();
  const chosen =
    caseId ??
    urgentRows(
      [...live.rows.values()].filter(({ isUrgent }) => isUrgent),
      now,
    )[0]?.row.id ??
    null;
  const { incident, at } = useIncident(chosen);
  const row = chosen === null ? undefined : (live.rows.get(chosen) ?? incident?.row);
  const township =
    row === undefined ? null : (areas.path(row.gridCode).find(({ level }) => level === areas.unitLevel)?.code ?? null);
  return (
    <Body fit={fit} columns={`minmax(0, ${fit.mapShare}fr) minmax(0, ${1 - fit.mapShare}fr)`}>
      <WallMap unit={fit.unit} place={{ area: township, caseId: chosen }} title={t('wall.mapLocked')} />
      <div className={styles.column}>
        {row === undefined || incident === null ? (
          <p className={styles.note}>{chosen === null ? t('wall.noIncident') : t('wall.loading')}</p>
        ) : (
          <IncidentPanels incident={{ ...incident, row }} at={at} fit={fit} />
        )}
      </div>
    </Body>
  );
}

/** Asked again whenever the case changed; what was heard last stays while the host can't be asked. */
function useIncident(id: string | null): { readonly incident: Incident | null; readonly at: number | null } {
  const client = useClient();
  const { state } = useConnection();
  const { live, feed } = useWall();
  useMoment();
  const version = id === null ? 0 : (live.rows.get(id)?.sequence ?? 0);
  const [known, setKnown] = useState<{ readonly incident: Incident; readonly at: number } | null>(null);
  useEffect(() => {
    if (id === null || state !== 'open') return;
    let isWanted = true;
    void client.call('wall.incident', { caseId: id }).then((outcome) => {
      if (isWanted && outcome.ok) setKnown({ incident: outcome.value, at: feed.now() ?? 0 });
    });
    return () => {
      isWanted = false;
    };
  }, [client, state, feed, id, version]);
  return known?.incident.row.id === id ? { incident: known.incident, at: known.at } : { incident: null, at: null };
}

/** Heights in units, as the style sheet has them. */
const heights = { incident: 166, head: 44, row: 48 } as const;
const MOST_TASKS = 6;

/** Rows that have room: one of each panel always, then tasks, then steps, latest first. */
function rowsOf({ form, body }: WallFit, tasks: number): { readonly taskRows: number; readonly stepRows: number } {
  const rows = Math.floor(((form === 'tall' ? body * 0.5 : body) - heights.incident - 2 * heights.head) / heights.row);
  const taskRows = Math.max(1, Math.min(tasks, MOST_TASKS, rows - 1));
  return { taskRows, stepRows: Math.max(1, rows - taskRows) };
}

function IncidentPanels({
  incident,
  at,
  fit,
}: {
  readonly incident: Incident;
  readonly at: number | null;
  readonly fit: WallFit;
}) {
  const { t, language } = useWords();
  const { stateName } = useStateWords();
  const { areas, feed } = useWall();
  const { now } = useMoment();
  const unitName = useUnitName();
  // Changes of the case ask for it anew: as long as the host is heard, what is shown is true now.
  const fresh = useFreshness('cases', at === null ? null : feed.sight.beatAt);
  const { row, tasks, steps } = incident;
  const level = attentionLevel(row, now);
  const nameOf = (unit: string | null) => unitName(unit) ?? t('wall.desk');
  const { taskRows, stepRows } = rowsOf(fit, tasks.length);
  const shownTasks = tasks.slice(-taskRows);
  return (
    <>
      <div className={styles.incident}>
        {level === null ? null : <LevelSymbol level={level} label={t(`wall.levels.level${level}`)} />}
        <div>
          <h2>
            <span data-may-shorten="true">{row.className}</span>
            <span className={styles.space} />
            <span data-elapsed="true">{span(now - row.reportedAt, language)}</span>
          </h2>
          <p className={styles.quiet}>
            {areas.names(row.gridCode).slice(0, 2).join(' · ')} · {stateName(row.record, row.state)}
            {row.dueAt === null
              ? null
              : ` · ${row.dueAt < now ? t('wall.over') : t('wall.left')} ${span(row.dueAt - now, language)}`}
          </p>
        </div>
      </div>
      <Panel
        fresh={fresh}
        title={
          <>
            {t('wall.tasks')} <b>{count(tasks.length)}</b>
          </>
        }
      >
        <table className={`${styles.table} ${styles.list}`}>
          <colgroup>
            <col />
            <col style={{ width: '26%' }} />
            <col style={{ width: '20%' }} />
          </colgroup>
          <tbody>
            {shownTasks.map((task) => (
              <tr key={`${task.kind} ${task.unit} ${task.since}`}>
                <td data-may-shorten="true">{nameOf(task.unit)}</td>
                <td className={styles.quiet}>
                  {task.kind === 'order'
                    ? t(`orderStates.${task.state}` as 'orderStates.sent')
                    : task.state === 'underway'
                      ? t('wall.underway')
                      : t(`outcomes.${task.state}` as 'outcomes.accepted')}
                </td>
                <td className={styles.right}>{span((task.endedAt ?? now) - task.since, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel fresh={fresh} isFilling title={t('wall.timeline')}>
        <table className={`${styles.table} ${styles.list}`} data-timeline="true">
          <colgroup>
            <col style={{ width: '26%' }} />
            <col style={{ width: '34%' }} />
            <col />
          </colgroup>
          <tbody>
            {steps
              .slice(-stepRows)
              .toReversed()
              .map((step) => (
                <tr key={step.version}>
                  <td className={styles.quiet}>{moment(step.at, now)}</td>
                  <td>{t(`events.${step.type.replaceAll('.', '_')}` as 'events.case_closed_v1')}</td>
                  <td data-may-shorten="true" className={styles.quiet}>
                    {nameOf(step.unit)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}
