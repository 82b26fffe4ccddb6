import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
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
