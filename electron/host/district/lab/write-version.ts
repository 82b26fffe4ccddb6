import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { DistrictProblem } from '#host/ports/district.ts';
import type { DistrictExamination, ExaminedArea } from '../examine-district.ts';
import { loadDistrict } from '../load-district.ts';
import type { VersionAbout, Written } from './messages.ts';

/** Features are written so many at a time. */
const SLICE = 200;

/**
 * Writes an examined district as a version: GeoJSON in WGS-84 with what it says of itself on the first line, one area a
 * line. It is on the disk when it resolves, and a host can start on it, or the file is gone again.
 */
export async function writeVersionFile(
  path: string,
  given: Omit<VersionAbout, 'areas' | 'problems'>,
  found: DistrictExamination,
): Promise<Written> {
  if (found.levels.length === 0)
    return { kind: 'bad', problems: ['no level was checked: the coordinates are unknown'] };
  const about: VersionAbout = {
    ...given,
    areas: found.levels.map(({ areas }) => areas.length),
    problems: found.problemCount + found.levels.reduce((sum, { report }) => sum + report.problems.length, 0),
  };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const sha256 = await write(path, about, found);
  try {
    await loadDistrict({ file: path, mappingFile: null, contextFile: null });
    return { kind: 'written', sha256, about };
  } catch (cause) {
    await rm(path, { force: true });
    if (cause instanceof DistrictProblem) return { kind: 'bad', problems: cause.problems };
    throw cause;
  }
}

async function write(path: string, about: VersionAbout, { file, levels }: DistrictExamination): Promise<string> {
  const sum = createHash('sha256');
  const handle = await open(path, 'w', 0o600);
  const add = async (text: string) => {
    const bytes = Buffer.from(text, 'utf8');
    sum.update(bytes);
    await handle.writeFile(bytes);
  };
  try {
    const { name, approvalNumber } = about;
    const members = { type: 'FeatureCollection', name, source: sourceOf(file) };
    const approved = approvalNumber === '' ? {} : { approvalNumber };
    await add(`${JSON.stringify({ ...members, ...approved, version: about }).slice(0, -1)},"features":[\n`);
    const lines = levels.flatMap(({ level, areas }) => areas.map((area) => ({ level, area })));
    for (let at = 0; at < lines.length; at += SLICE) {
      const slice = lines.slice(at, at + SLICE).map(({ level, area }) => featureText(level, area));
      await add(`${slice.join(',\n')}${at + SLICE < lines.length ? ',' : ''}\n`);
    }
    await add(']}\n');
    await handle.sync();
  } finally {
    await handle.close();
  }
  return sum.digest('hex');
}

/** The file's own name, without the mark that an upload got. */
function sourceOf(file: string): string {
  return basename(file).replace(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-/, '');
}

function featureText(level: number, { code, name, kind, parent, polygons }: ExaminedArea): string {
  const type = kind === '' ? {} : { type: kind };
  const properties = { code, name, level, ...(level === 1 || parent === null ? {} : { parent }), ...type };
  return JSON.stringify({ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: polygons } });
}
