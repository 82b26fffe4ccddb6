import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { InputOf, MethodName, OutputOf } from '#contract/api.ts';
import type { HostSecret } from '#contract/host-process.ts';
import type { Host } from '#host/create-host.ts';
import { writeHostFile } from '#host/entries/host-file.ts';
import { openHistory } from '#host/history/open-history.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { componentCsv } from '#tests/builders/component-file.ts';
import { pmtilesOf, shunyi, tilePicture, tilesOver } from '#tests/builders/base-maps.ts';
import { districtFile } from '#tests/builders/district-file.ts';
import { plainCaseFile } from '#tests/builders/plain-case-file.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { atOnce } from './at-once.ts';
import { clientOf, hostOn } from './host-in-process.ts';
import { openQueue } from './open-queue.ts';
import { sendPicture } from './send-picture.ts';
import { sendPng, TileServer } from './tile-server.ts';

export interface FilledFolder {
  readonly dataFolder: string;
  readonly backup: string;
  readonly secret: HostSecret;
  /** A case with a reporter and a photo. */
  readonly caseId: string;
  readonly cases: number;
}

const resources = resolve(import.meta.dirname, '../../resources');

/** Enough that several segments end and are packed. */
export const segmentBytes = 30_000;

export async function ask<Name extends MethodName>(
  host: Host,
  method: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const frames = await clientOf(host, 'in memory', 'operator');
  frames.send({ type: 'call', id: method, method, input });
  const frame = await frames.next();
  if (frame.type === 'failure') throw new Error(`${method}: ${frame.error.code}`);
  return (frame as Extract<typeof frame, { type: 'result' }>).value as OutputOf<Name>;
}

/** Inside `parent`: a data folder with every kind of file that a host writes, as after a clean stop, and a backup of it. */
export async function filledFolder(parent: string): Promise<FilledFolder> {
  const dataFolder = join(parent, 'data');
  const backup = join(parent, 'backup');
  const secret: HostSecret = { kind: 'pass_phrase', text: 'a pass-phrase of the tests' };
  const host = await hostOn(dataFolder, { segmentBytes }, secret);
  const csv = join(parent, 'cases.csv');
  await writeFile(csv, `${plainCaseFile(60, 'filled', '路边有垃圾')}not,a,row\n`);
  await ask(host, 'import.run', { path: csv });
  const { path } = await ask(host, 'attachment.offer', { size: aPicture().length });
  const { hash } = await sendPicture({ address: host.address, token: host.tokens.operator, path }, aPicture());
  await ask(host, 'wall.set', { night: { from: 1_320, to: 360 } });
  const reporter = { name: '王小明', phone: '13812341234', note: '李家桥村口' };
  const photos = [{ hash, kind: 'near' as const }];
  const { caseId } = await ask(host, 'case.report', { ...aReportInput(), reporter, photos });
  const classRef = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10906', name: '路面塌陷' } as const;
  await ask(host, 'case.report', aReportInput({ classRef, description: '路面塌陷' }));
  await ask(host, 'alarms.acknowledge', { ids: [1] });
  const [outgoing, incoming] = [
    { person: 'P0003', pin: '248163' },
    { person: 'P0004', pin: '731905' },
  ] as const;
  await ask(host, 'shift.signOn', { ...outgoing, isNewPin: true });
  await ask(host, 'shift.sign', { side: 'outgoing', ...outgoing });
  const { hash: form } = await ask(host, 'shift.preview', {});
  await ask(host, 'shift.sign', { side: 'incoming', ...incoming, isNewPin: true, hash: form ?? '' });
  const { version } = await ask(host, 'tables.read', { name: 'calendar' });
  const shipped = await readFile(join(resources, 'tables', 'calendar.csv'), 'utf8');
  const content = { name: 'calendar' as const, csv: `${shipped.trimEnd()}\n2027-01-01,holiday,元旦,示例\n` };
  await ask(host, 'tables.adopt', { content, note: '2027 年放假通知', expectedVersion: version });
  const district = join(parent, 'district.geojson');
  await writeFile(district, districtFile());
  const system = { projection: { kind: 'wgs84' as const }, isSwapped: false };
  const { examinationId } = await ask(host, 'district.examine', { path: district, system });
  const accepting = { examinationId, effectiveFrom: '2099-01-01', name: '测试区', note: '区划调整' };
  const { version: withdrawn } = await ask(host, 'district.accept', accepting);
  await ask(host, 'district.withdraw', { version: withdrawn });
  await ask(host, 'district.accept', accepting);
  const components = join(parent, 'components.csv');
  for (const rows of [20, 30]) {
    await writeFile(components, `${componentCsv({ rows })}no component,,,,\n`);
    const { version: inventory } = await ask(host, 'components.import', { path: components, system });
    if (rows === 20 && inventory !== null) await ask(host, 'components.withdraw', { version: inventory });
  }
  await registerBaseMaps(host, parent);
  await ask(host, 'briefings.create', { kind: 'daily', day: '2026-11-22' });
  await ask(host, 'backup.configure', { folder: backup, dailyAt: '02:30', warnAfterHours: 48 });
  for (let count = 0; count < 60; count += 1) await ask(host, 'case.report', aReportInput());
  await ask(host, 'backup.run', {});
  await host.close();

  const { journal, cases } = await openQueue(dataFolder, { segmentBytes, scheduler: atOnce });
  while (!(await readdir(join(dataFolder, 'journal'))).some((name) => name.endsWith('.segz'))) await setImmediate();
  const log = pinoLog('silent');
  const history = openHistory({ folder: join(dataFolder, 'snapshots'), journal, cases, log, everyEntries: 50 });
  await history.pictureAt({ sequence: journal.head().sequence });
  await history.close();
  const { total } = cases.counts();
  await journal.close();
  await writeHostFile(dataFolder, { url: 'http://127.0.0.1:1', pid: 1, token: randomBytes(8).toString('hex') });
  await mkdir(join(dataFolder, 'uploads'), { recursive: true });
  await writeFile(join(dataFolder, 'uploads', 'handed-in.csv'), plainCaseFile(2, 'upload', '路灯不亮'));
  return { dataFolder, backup, secret, caseId, cases: total };
}

/** One of a file, and one of a server with a key. */
async function registerBaseMaps(host: Host, parent: string): Promise<void> {
  const path = join(parent, 'base.pmtiles');
  await writeFile(path, pmtilesOf({ tiles: tilesOver(shunyi, 8, 9) }));
  const about = { coordinates: 'cgcs2000', name: '影像', owner: '测绘院', approvalNumber: '', date: '' } as const;
  await ask(host, 'basemap.add', { ...about, source: { kind: 'pmtiles', path } });
  const server = new TileServer((_, response) => sendPng(response, tilePicture()));
  await server.start();
  const address = `${server.origin}/{z}/{x}/{y}.png?tk={key}`;
  const source = { kind: 'xyz', address, minZoom: 1, maxZoom: 18 } as const;
  await ask(host, 'basemap.add', { ...about, source, key: 'a-secret-key-of-the-site' });
  await server.stop();
}
