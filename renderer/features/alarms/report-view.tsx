import { useEffect, useState } from 'react';
import type { AlarmReport } from '#contract/alarms.ts';
import type { WireError } from '#contract/errors.ts';
import type { Alarm } from '#domain/alarms/alarm.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count, dayText, fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { alarmOf } from '#renderer/state/live-alarms.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { save } from '#renderer/ui/save-file.ts';
import { reportCsv } from './report-csv.ts';
import { useAlarmWords } from './use-alarm-words.ts';
import styles from './alarms.module.css';

/** A type should make no more than this share of the load, and fewer than this many alarms be stale (A7). */
const MOST_SHARE = 0.05;
const STALE_AIM = 5;
const aims = { 1: '5 %', 2: '15 %', 3: '80 %' } as const;

/** The bad-actor page (A7): types that ring most, what has stood too long, what is shelved, and the same as a file. */
export function ReportView() {
  const { t } = useWords();
  const client = useClient();
  const errorWords = useErrorWords();
  const words = useAlarmWords();
  const [report, setReport] = useState<AlarmReport | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let isWanted = true;
    void client.call('alarms.report', {}).then((outcome) => {
      if (!isWanted) return;
      if (outcome.ok) setReport(outcome.value);
      setError(outcome.ok ? null : outcome.error);
    });
    return () => {
      isWanted = false;
    };
  }, [client, asked]);
  if (report === null) {
    return error === null ? (
      <Empty title={t('alarmCenter.report.loading')} />
    ) : (
      <Empty title={errorWords(error).title} hint={errorWords(error).remedy}>
        <Button onPress={() => setAsked(asked + 1)}>{t('alarmCenter.report.again')}</Button>
      </Empty>
    );
  }
  const share = (number: number) => (report.raised === 0 ? '—' : `${((number / report.raised) * 100).toFixed(1)} %`);
  const rowsOf = (alarms: AlarmReport['stale']) =>
    alarms.map(alarmOf).map((alarm) => ({
      id: alarm.id,
      cells: [words.typeName(alarm.typeId), words.placeOf(alarm), fullTime(alarm.raisedAt)],
      shelf: alarm.shelf,
    }));
  const types = report.types.map(({ typeId, priority, count: number }) => ({
    ...{ typeId, priority, number },
    isBad: number / Math.max(1, report.raised) > MOST_SHARE,
  }));

  return (
    <div className={styles.page}>
      <p className={styles.pageHead}>
        {t('alarmCenter.report.about', {
          days: report.days,
          raised: count(report.raised),
          time: fullTime(report.asOf),
        })}
        <Button size="small" onPress={() => setAsked(asked + 1)}>
          {t('alarmCenter.report.again')}
        </Button>
        <Button size="small" onPress={() => save(`alarms-${dayText(report.asOf)}.csv`, csv())}>
          {t('alarmCenter.report.csv')}
        </Button>
      </p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('alarmCenter.view.report')}>
        <Table
          title={t('alarmCenter.report.shares')}
          heads={[
            t('alarmCenter.columns.level'),
            t('alarmCenter.report.number'),
            t('alarmCenter.report.share'),
            t('alarmCenter.report.aim'),
          ]}
          rows={report.shares.map(({ priority, count: number }) => [
            t(`alarmCenter.priority.p${priority}`),
            count(number),
            share(number),
            aims[priority],
          ])}
        />
        <Table
          title={t('alarmCenter.report.types')}
          heads={[
            t('alarmCenter.columns.type'),
            t('alarmCenter.report.number'),
            t('alarmCenter.report.share'),
            t('alarmCenter.report.aim'),
          ]}
          marks={types.map(({ priority }) => priority)}
          rows={types.map(({ typeId, number, isBad }) => [
            words.typeName(typeId),
            count(number),
            share(number),
            t(isBad ? 'alarmCenter.report.over' : 'alarmCenter.report.within'),
          ])}
        />
        <Table
          title={t('alarmCenter.report.stale', { number: count(report.stale.length), aim: STALE_AIM })}
          heads={[t('alarmCenter.columns.type'), t('alarmCenter.columns.place'), t('alarmCenter.raisedAt')]}
          rows={rowsOf(report.stale).map(({ cells }) => cells)}
        />
        <Table
          title={t('alarmCenter.report.suppressions', {
            number: count(report.suppressions.length),
            unapproved: count(report.unapproved),
          })}
          heads={[
            t('alarmCenter.columns.type'),
            t('alarmCenter.columns.place'),
            t('alarmCenter.raisedAt'),
            t('alarmCenter.reason'),
            t('alarmCenter.shelfEnd'),
          ]}
          rows={rowsOf(report.suppressions).map(({ cells, shelf }) => [...cells, shelf?.reason ?? '', endOf(shelf)])}
        />
      </div>
    </div>
  );

  function csv(): string {
    if (report === null) return '';
    const section = (title: string, rows: readonly (readonly string[])[]) => [[title], ...rows, ['']];
    const staleTitle = t('alarmCenter.report.stale', { number: report.stale.length, aim: STALE_AIM });
    return reportCsv([
      [t('alarmCenter.report.asOf'), fullTime(report.asOf), t('alarmCenter.report.raised'), String(report.raised)],
      [''],
      ...section(
        t('alarmCenter.report.shares'),
        report.shares.map(({ priority, count: number }) => [
          t(`alarmCenter.priority.p${priority}`),
          String(number),
          share(number),
        ]),
      ),
      ...section(
        t('alarmCenter.report.types'),
        types.map(({ typeId, number }) => [words.typeName(typeId), String(number), share(number)]),
      ),
      ...section(
        staleTitle,
        rowsOf(report.stale).map(({ cells }) => cells),
      ),
      ...section(
        t('alarmCenter.view.shelved'),
        rowsOf(report.suppressions).map(({ cells, shelf }) => [...cells, shelf?.reason ?? '', endOf(shelf)]),
      ),
      ...section(
        t('alarmCenter.report.bins'),
        report.bins.map(({ at, groups }) => [fullTime(at), String(groups)]),
      ),
    ]);
  }
}

function endOf(shelf: Alarm['shelf']): string {
  return shelf === null ? '' : fullTime(shelf.until);
}

function Table({
  title,
  heads,
  rows,
  marks = [],
}: {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly marks?: readonly (1 | 2 | 3)[];
}) {
  const { t } = useWords();
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 ? (
          <tr>
            <td colSpan={heads.length}>{t('alarmCenter.report.nothing')}</td>
          </tr>
        ) : (
          rows.map((cells, at) => (
            <tr key={at}>
              {cells.map((cell, column) => (
                <td key={column}>
                  {column === 0 && marks[at] !== undefined ? (
                    <span className={styles.typeCell}>
                      <LevelMark level={marks[at]} label={t(`alarmCenter.priority.p${marks[at]}`)} />
                      {cell}
                    </span>
                  ) : (
                    cell
                  )}
                </td>
              ))}
            </tr>
          ))
        )}
      </tbody>
    </table>
  );
}
