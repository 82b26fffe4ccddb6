import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** Where the shipped table lies. */
export const calendarFile = fileURLToPath(new URL('../../resources/tables/calendar.csv', import.meta.url));

const SOURCE = '国务院办公厅年度放假通知 via npm chinese-days (MIT)';

/**
 * `resources/tables/calendar.csv` as the installed chinese-days has it: every year from `firstYear` on, holidays 节假日 and
 * make-up workdays 调休 by date.
 */
export function calendarTable(firstYear = 2020) {
  const folder = path.join(path.dirname(require.resolve('chinese-days')), 'years');
  const rows = readdirSync(folder)
    .map((file) => /^(\d{4})\.json$/.exec(file)?.[1])
    .filter((year) => year !== undefined && Number(year) >= firstYear)
    .flatMap((year) =>
      rowsOf(/** @type {Year} */ (JSON.parse(readFileSync(path.join(folder, `${year}.json`), 'utf8')))),
    )
    .sort();
  return `${['date,kind,name,source', ...rows].join('\n')}\n`;
}

/**
 * @param {Year} year
 * @returns {readonly string[]}
 *
 * @typedef {{ readonly holidays: Days, readonly workdays: Days }} Year
 * @typedef {Readonly<Record<string, string>>} Days  date → "English,中文,days"
 */
function rowsOf({ holidays, workdays }) {
  const rows = (/** @type {Days} */ days, /** @type {string} */ kind) =>
    Object.entries(days).map(([date, words]) => `${date},${kind},${words.split(',')[1]},${SOURCE}`);
  return [...rows(holidays, 'holiday'), ...rows(workdays, 'workday')];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(calendarFile, calendarTable());
