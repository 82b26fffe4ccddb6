import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import Papa from 'papaparse';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { DistrictExamination, ExaminedArea } from '../examine-district.ts';

const head = [
  'level',
  'feature',
  'problem',
  'areas',
  'parents',
  'square_metres',
  'width_metres',
  'lon',
  'lat',
  'detail',
];

/**
 * Every problem of a file, so that whoever draws the district can mend it: what could not be read by layer and feature, what
 * is wrong with the levels by codes, size and place in WGS-84 degrees. A CSV for spreadsheets. Null without problems.
 */
export async function writeReportFile(path: string, found: DistrictExamination): Promise<string | null> {
  const rows = [...fileRows(found), ...levelRows(found)];
  if (rows.length === 0) return null;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const text = Papa.unparse([head, ...rows], { escapeFormulae: /^[=@\t\r+-](?![\d.]+$)/ });
  await writeFile(path, `\uFEFF${text}\r\n`, { mode: 0o600 });
  return path;
}

function fileRows({ problems }: DistrictExamination): readonly (readonly string[])[] {
  return problems.map(({ layer, feature, reason, detail }) => {
    const place = [layer, feature === null ? '' : String(feature)].filter((part) => part !== '').join(' ');
    return ['', place, reason, '', '', '', '', '', '', maskPersonalNumbers(detail)];
  });
}

/** Layer and number of each feature, as whoever drew the file finds them. */
function placesText(areas: readonly (ExaminedArea | undefined)[]): string {
  return areas.map((area) => (area === undefined ? '' : `${area.layer} ${area.number}`.trim())).join('; ');
}

function levelRows({ levels }: DistrictExamination): readonly (readonly string[])[] {
  return levels.flatMap(({ level, areas, report }) =>
    report.problems.map(({ kind, areas: places, parents, squareMetres, widthMetres, isSliver, at }) => [
      ...[String(level), placesText(places.map((place) => areas[place]))],
      ...[kind, places.map((place) => areas[place]?.code ?? '').join(' '), parents.join(' ')],
      ...[squareMetres === 0 ? '' : squareMetres.toFixed(1), squareMetres === 0 ? '' : widthMetres.toFixed(2)],
      ...[at?.[0].toFixed(7) ?? '', at?.[1].toFixed(7) ?? '', isSliver ? 'sliver' : ''],
    ]),
  );
}
