import { useMemo, useState } from 'react';
import type { Day } from '#domain/reference/day.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import type { DraftRow } from './table-draft.ts';
import type { TableColumn } from './table-info.ts';
import { monthsOf, yearsOf } from './year-months.ts';
import styles from './year-view.module.css';

/** The calendar of a year: holidays 休 and make-up days 班. A day leads to its row; a day without one begins it. */
export function YearView({
  columns,
  rows,
  today,
  onDay,
}: {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly DraftRow[];
  readonly today: Day;
  readonly onDay: (date: Day, key: number | null) => void;
}) {
  const { t } = useWords();
  const at = (id: string) => columns.findIndex((column) => column.id === id);
  const [dateAt, kindAt, nameAt] = [at('date'), at('kind'), at('name')];
  const marks = useMemo(
    () =>
      new Map(
        rows.map(({ key, cells }) => [cells[dateAt] ?? '', { key, kind: cells[kindAt], name: cells[nameAt] ?? '' }]),
      ),
    [rows, dateAt, kindAt, nameAt],
  );
  const years = useMemo(() => yearsOf([...marks.keys()]), [marks]);
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const months = useMemo(() => monthsOf(year), [year]);
  const own = [...marks].filter(([date]) => date.startsWith(`${year}-`));
  const counts = {
    holidays: own.filter(([, { kind }]) => kind === 'holiday').length,
    workdays: own.filter(([, { kind }]) => kind === 'workday').length,
  };
  const weekdays = t('rules.weekdays').split(' ');
  return (
    <div className={styles.year}>
      <div className={styles.years} role="group" aria-label={t('rules.year')}>
        {years.map((one) => (
          <Button key={one} size="small" isPressed={one === year} onPress={() => setYear(one)}>
            {one}
          </Button>
        ))}
        <span className={styles.counts}>{t('rules.yearCounts', counts)}</span>
      </div>
      {marks.has(`${year}-10-01`) ? null : <Notice kind="note" title={t('rules.yearMissing', { year })} />}
      <div className={styles.months}>
        {months.map((weeks, month) => (
          <table key={month} className={styles.month}>
            <caption>{t('rules.month', { month: month + 1 })}</caption>
            <thead>
              <tr>
                {weekdays.map((name, index) => (
                  <th key={index} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week, index) => (
                <tr key={index}>
                  {week.map((day, weekday) => {
                    if (day === null) return <td key={weekday} />;
                    const mark = marks.get(day.date);
                    const label =
                      mark === undefined
                        ? t('rules.dayPlain', { day: day.day, date: day.date })
                        : t('rules.dayMarked', {
                            day: day.day,
                            date: day.date,
                            name: mark.name,
                            kind: kindText(mark.kind),
                          });
                    return (
                      <td key={weekday}>
                        <button
                          type="button"
                          className={styles.day}
                          data-weekend={day.isWeekend}
                          data-kind={mark?.kind}
                          data-today={day.date === today}
                          aria-label={label}
                          title={label}
                          onClick={() => onDay(day.date, mark?.key ?? null)}
                        >
                          {day.day}
                          <i>{mark === undefined ? '' : kindText(mark.kind)}</i>
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </div>
  );

  function kindText(kind: string | undefined): string {
    return kind === 'workday' ? t('rules.on') : t('rules.off');
  }
}
