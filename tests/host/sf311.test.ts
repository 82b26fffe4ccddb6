import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import Papa from 'papaparse';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { DAY_MS } from '#domain/base/instant.ts';
import { sf311, sf311DistrictMapping, sf311Mapping } from '#tests/builders/sf311.ts';
import { runCtl, startHost, type HostProcess } from '#tests/support/start-host.ts';

const { folder: cases, csv, tracts, isAbsent } = sf311;

describe.skipIf(isAbsent)(
  isAbsent ? `311 of San Francisco (not run: ${cases} is absent)` : '311 of San Francisco',
  () => {
    let host: HostProcess;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sf311-'));
      const [m1, m2] = [join(folder, 'district.json'), join(folder, 'columns.json')];
      await writeFile(m1, JSON.stringify(sf311DistrictMapping));
      await writeFile(m2, JSON.stringify(sf311Mapping));
      host = await startHost({
        args: ['--no-simulate', '--district', tracts, '--district-mapping', m1, '--import', csv, '--mapping', m2],
      });
    });
    afterAll(async () => {
      expect(await host.stop()).toMatchObject({ exitCode: 0 });
      await rm(folder, { recursive: true });
    });

    const ctl = async (method: string, input: unknown = {}): Promise<unknown> => {
      const { exitCode, stdout, stderr } = await runCtl('--data', host.dataFolder, method, JSON.stringify(input));
      expect([exitCode, stderr]).toEqual([0, '']);
      return JSON.parse(stdout);
    };

    test('the first line comes when the import is done, with its counts', () => {
      expect(host.firstLine.import).toMatchObject({ rows: 4_984, accepted: 4_984, known: 0, refused: 0 });
    });

    test('4,984 cases, 222 of them open', async () => {
      expect(await ctl('cases.count')).toMatchObject({ count: 4_984, open: 222 });
      expect(await ctl('cases.count', { filter: { state: 'closed' } })).toMatchObject({ count: 4_762, open: 0 });
    });

    test('the 55 rows that were closed before they were opened are reported and kept', async () => {
      const report = JSON.parse(await readFile(host.firstLine.import?.report ?? '', 'utf8')) as OutputOf<'import.run'>;
      const impossible = report.warnings.filter(({ reason }) => reason === 'closed_before_opened');
      expect(impossible.length).toBe(55);
      expect(new Set(impossible.map(({ row }) => row)).size).toBe(55);
      expect(impossible.every(({ field, value }) => field === 'closedAt' && value.includes('→'))).toBe(true);
      console.log(`warnings: ${JSON.stringify(countBy(report.warnings.map(({ reason }) => reason)))}`);
    });

    test('a second import of the same file adds nothing', async () => {
      const again = (await ctl('import.run', { path: csv, mapping: sf311Mapping })) as OutputOf<'import.run'>;
      expect([again.rows, again.accepted, again.known, again.refused.length]).toEqual([4_984, 0, 4_984, 0]);
      expect(await ctl('cases.count')).toMatchObject({ count: 4_984, open: 222 });
    });

    test('the district has 195 tracts in dissolved neighbourhoods', async () => {
      const summary = (await ctl('grid.summary')) as OutputOf<'grid.summary'>;
      expect(summary.levels.map(({ count }) => count)).toEqual([41, 195]);
    });

    test('every case lies in the tract that holds its point; the agreement with the column of the file is reported', async () => {
      const { features } = JSON.parse(await readFile(tracts, 'utf8')) as FeatureCollection<
        MultiPolygon,
        { geoid: string }
      >;
      const details = await allCases(host);
      expect(details.length).toBe(4_984);
      const wrong = details.filter(({ lon, lat, gridCode }) => {
        const holding = features.filter((tract) => booleanPointInPolygon([lon ?? 0, lat ?? 0], tract));
        const codes = holding.map(({ properties }) => properties.geoid);
        return gridCode === null ? codes.length > 0 : !codes.includes(gridCode);
      });
      expect(wrong.map(({ id }) => id)).toEqual([]);

      const inside = details.filter(({ gridCode }) => gridCode !== null);
      // The column lacks the leading zero of the state's number.
      const agreeing = inside.filter(({ gridCode, extra }) => gridCode === `0${extra['Census.Tract']}`);
      const share = agreeing.length / inside.length;
      console.log(
        `tracts: ${inside.length} of ${details.length} cases lie in a tract, ` +
          `${agreeing.length} of them (${(share * 100).toFixed(2)} %) in that of the column Census.Tract`,
      );
      expect([inside.length, share]).toEqual([4_984, 1]);
    });

    describe('figures are those of a plain script over the file', () => {
      const whole = { from: '2000-01-01', to: '2030-01-01' };
      const figures = async (indicator: string, group: string, period: { from: string; to: string } = whole) => {
        const { rows } = (await ctl('figures.get', { indicator, group, ...period })) as OutputOf<'figures.get'>;
        return new Map(rows.map(({ of, value }) => [of, value]));
      };
      const plain = () => plainFigures(readFile(csv, 'utf8'), readFile(tracts, 'utf8'));

      test('opened and closed by neighbourhood and category', async () => {
        const { rows, nhoodOf } = await plain();
        const counted = (keyOf: (row: PlainRow) => string) => {
          const of = (keep: (row: PlainRow) => boolean) => tally(rows.filter(keep).map(keyOf));
          return { opened: of(() => true), closed: of(({ closed }) => closed !== null) };
        };
        const byNhood = counted((row) => nhoodOf(row.lon, row.lat));
        expect(nonzero(await figures('reported', 'township'))).toEqual(byNhood.opened);
        expect(nonzero(await figures('closed', 'township'))).toEqual(byNhood.closed);
        const byCategory = counted(({ category }) => `other:${category}`);
        expect(nonzero(await figures('reported', 'class'))).toEqual(byCategory.opened);
        expect(nonzero(await figures('closed', 'class'))).toEqual(byCategory.closed);
      });

      test('median and 90th percentile of the time to close, without the 55 impossible rows', async () => {
        const { rows } = await plain();
        const seconds = rows
          .flatMap(({ opened, closed }) => (closed === null || closed < opened ? [] : [(closed - opened) / 1_000]))
          .sort((a, b) => a - b);
        const at = (share: number) => seconds[Math.ceil(share * seconds.length) - 1];
        expect((await figures('impossible', 'district')).get('')).toBe(55);
        expect((await figures('median_close_time', 'district')).get('')).toBe(at(0.5));
        expect((await figures('p90_close_time', 'district')).get('')).toBe(at(0.9));
      });

      test('reports by month of Beijing, month after month', async () => {
        const { rows } = await plain();
        const byMonth = tally(rows.map(({ opened }) => beijingDay(opened).slice(0, 7)));
        const table = (await ctl('figures.table', {
          ...{ indicators: ['reported'], group: 'district', from: '2010-12-01', to: '2011-01-01' },
          trend: { indicator: 'reported', months: 24 },
        })) as OutputOf<'figures.table'>;
        const shown = table.months.map((month, at) => [month.slice(0, 7), table.total.trend[at] ?? 0] as const);
        expect(shown).toHaveLength(24);
        expect(shown).toEqual(shown.map(([month]) => [month, byMonth.get(month) ?? 0]));
        expect(shown.some(([, value]) => value > 0)).toBe(true);
      });
    });

    test('times are those of the city: the first row was opened at 15:21 in winter, eight hours behind UTC', async () => {
      const day = Date.UTC(2012, 11, 4);
      const filter = { openedFrom: day, openedTo: day + 2 * DAY_MS, text: '2820 GREENWICH' };
      const page = (await ctl('cases.list', { filter })) as OutputOf<'cases.list'>;
      expect(page.rows).toMatchObject([
        {
          reportedAt: Date.UTC(2012, 11, 4, 23, 21),
          closedAt: Date.UTC(2012, 11, 6, 12, 39),
          isArchived: true,
          isDemo: false,
        },
      ]);
    });
  },
);

async function allCases(host: HostProcess): Promise<readonly OutputOf<'case.get'>[]> {
  const details: OutputOf<'case.get'>[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = await host.call('cases.list', { limit: 200, ...(after === undefined ? {} : { after }) });
    if (!page.ok) throw new Error(page.error.code);
    const got = await Promise.all(page.value.rows.map(({ id }) => host.call('case.get', { id })));
    for (const outcome of got) if (outcome.ok) details.push(outcome.value);
    after = page.value.after;
  }
  return details;
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

interface PlainRow {
  readonly category: string;
  readonly opened: number;
  readonly closed: number | null;
  readonly lon: number;
  readonly lat: number;
}

/** The rows of the file, read without any of the program's own code. */
async function plainFigures(csvText: Promise<string>, tractText: Promise<string>) {
  const { data } = Papa.parse<Record<string, string>>(await csvText, { header: true, skipEmptyLines: true });
  const { features } = JSON.parse(await tractText) as FeatureCollection<MultiPolygon, { nhood: string }>;
  const rows = data.map((row): PlainRow => {
    const closed = row['Closed'] === 'NA' || row['Closed'] === '' ? null : cityTime(row['Closed'] ?? '');
    return {
      category: row['Category'] ?? '',
      opened: cityTime(row['Opened'] ?? ''),
      closed: row['Status'] === 'Closed' ? closed : null,
      lon: Number(row['Long']),
      lat: Number(row['Lat']),
    };
  });
  const nhoodOf = (lon: number, lat: number) =>
    features.find((tract) => booleanPointInPolygon([lon, lat], tract))?.properties.nhood ?? '';
  return { rows, nhoodOf };
}

const inCity = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});

/** `yyyy-mm-dd hh:mm:ss` in San Francisco as epoch milliseconds. */
function cityTime(text: string): number {
  const local = Date.parse(`${text.replace(' ', 'T')}Z`);
  const offset = (at: number) =>
    Date.parse(`${inCity.format(at).replace(',', '')} UTC`) - Math.floor(at / 60_000) * 60_000;
  return local - offset(local - offset(local));
}

function beijingDay(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}

function tally(names: readonly string[]): Map<string, number> {
  return new Map(Object.entries(countBy(names)));
}

function nonzero(found: ReadonlyMap<string, number | null>): Map<string, number> {
  return new Map(
    [...found].flatMap(([name, value]): [string, number][] => (value === null || value === 0 ? [] : [[name, value]])),
  );
}
