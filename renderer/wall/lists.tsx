import { count, shortTime, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { LevelSymbol } from './level-symbol.tsx';
import { Panel, useCaseFreshness } from './panel.tsx';
import { unitLoads, urgentRows } from './urgent-rows.ts';
import { useLiveRows, useMoment, useUnitName, useWall } from './wall-context.tsx';
import type { WallFit } from '#domain/wall/wall-fit.ts';
import type { CaseRow } from '#contract/cases.ts';
import styles from './wall.module.css';

/** The most urgent cases: level, class, place, unit, what is left. No words of people, no number of a case. */
export function UrgentList({
  rows,
  has,
  only = all,
}: {
  readonly rows: number;
  readonly has: WallFit['listHas'];
  readonly only?: (row: CaseRow) => boolean;
}) {
  const { t, language } = useWords();
  const { stateName } = useStateWords();
  const { areas } = useWall();
  const live = useLiveRows();
  const { now } = useMoment();
  const fresh = useCaseFreshness();
  const unitName = useUnitName();
  const found = urgentRows([...live.rows.values()].filter(only), now);
  const shown = found.slice(0, rows);
  return (
    <Panel
      isFilling
      fresh={fresh}
      title={
        <>
          {t('wall.urgent')} <b>{shown.length}</b>
          {found.length > shown.length ? t('wall.ofAll', { count: found.length }) : null}
        </>
      }
    >
      {shown.length === 0 ? <p className={styles.note}>{t('wall.nothingUrgent')}</p> : null}
      <table className={`${styles.table} ${styles.list}`}>
        <colgroup>
          <col className={styles.mark} />
          <col />
          {has.place ? <col style={{ width: has.more ? '14%' : '17%' }} /> : null}
          {has.more ? <col style={{ width: '15%' }} /> : null}
          {has.unit ? <col style={{ width: has.more ? '19%' : '27%' }} /> : null}
          {has.more ? <col style={{ width: '12%' }} /> : null}
          <col style={{ width: has.place ? '22%' : '40%' }} />
        </colgroup>
        <tbody>
          {shown.map(({ row, level }) => {
            const [township = '', village = ''] = areas.names(row.gridCode);
            const isOver = row.dueAt !== null && row.dueAt < now;
            return (
              <tr key={row.id}>
                <td>
                  <LevelSymbol level={level} label={t(`wall.levels.level${level}`)} />
                </td>
                <td data-may-shorten="true">{row.className}</td>
                {has.place ? (
                  <td className={styles.quiet} data-may-shorten="true">
                    {shortArea(township)}
                  </td>
                ) : null}
                {has.more ? (
                  <td className={styles.quiet} data-may-shorten="true">
                    {village}
                  </td>
                ) : null}
                {has.unit ? <td data-may-shorten="true">{unitName(row.holderUnit) ?? t('wall.desk')}</td> : null}
                {has.more ? (
                  <td className={styles.quiet} data-may-shorten="true">
                    {stateName(row.record, row.state)}
                  </td>
                ) : null}
                <td className={styles.right}>
                  {row.dueAt === null ? (
                    shortTime(row.reportedAt)
                  ) : (
                    <>
                      <span className={styles.quiet}>{isOver ? t('wall.over') : t('wall.left')}</span>{' '}
                      <b>{span(row.dueAt - now, language)}</b>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}

const all = () => true;

/** 仁和镇 → 仁和: the level of an area is plain from its place on the wall; 杨镇 stays, one character is no name. */
function shortArea(name: string): string {
  const short = name.replace(/(地区|街道|镇)?(办事处)?$/u, '');
  return short.length < 2 ? name : short;
}

/** Units with the most overdue cases. */
export function UnitTable() {
  const { t } = useWords();
  const live = useLiveRows();
  const { now } = useMoment();
  const fresh = useCaseFreshness();
  const unitName = useUnitName();
  const loads = unitLoads(live.rows.values(), now).slice(0, 5);
  return (
    <section className={styles.panel} data-panel="true" data-freshness={fresh.state}>
      <table className={`${styles.table} ${styles.units}`}>
        <colgroup>
          <col />
          <col style={{ width: '17%' }} />
          <col style={{ width: '17%' }} />
          <col style={{ width: '17%' }} />
        </colgroup>
        <thead>
          <tr>
            <th>{t('wall.units')}</th>
            <th className={styles.right}>{t('wall.unitOverdue')}</th>
            <th className={styles.right}>{t('wall.unitSoon')}</th>
            <th className={styles.right}>{t('wall.unitOpen')}</th>
          </tr>
        </thead>
        <tbody>
          {loads.map(({ unit, open, overdue, soon }) => (
            <tr key={unit}>
              <td data-may-shorten="true">{unitName(unit)}</td>
              <td className={styles.right}>
                <b>{count(overdue)}</b>
              </td>
              <td className={styles.right}>{count(soon)}</td>
              <td className={styles.right}>{count(open)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {loads.length === 0 ? <p className={styles.quiet}>{t('wall.noneOverdue')}</p> : null}
    </section>
  );
}
