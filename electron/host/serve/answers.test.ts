import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, isStreamName, methodNames, type MethodName } from '#contract/api.ts';
import { actMethods } from '#contract/case-acts.ts';
import { pmtilesOf, shunyi, tilesOver } from '#tests/builders/base-maps.ts';
import { districtFile } from '#tests/builders/district-file.ts';
import { redrawnDistrict } from '#tests/builders/redrawn-district.ts';
import { componentCsv } from '#tests/builders/component-file.ts';
import { caseFile } from '#tests/builders/case-file.ts';
import type { Frames } from '#tests/support/frames.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { sendPicture } from '#tests/support/send-picture.ts';
import { fakeChromium } from '#tests/support/fake-chromium.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';

process.env['CHROMIUM'] = fakeChromium;

let running: HostInProcess;
let frames: Frames;
let gateway: Frames;
beforeAll(async () => {
  const key = randomBytes(32).toString('base64');
  running = await hostInProcess({}, { kind: 'key', key, backend: 'keychain' });
  frames = await clientOf(running.host, 'in memory', 'operator');
  gateway = await clientOf(running.host, 'in memory', 'system');
});
afterAll(() => running.close());

test('every method answers what its output schema says, field by field', async () => {
  const path = join(running.folder, 'cases.csv');
  await writeFile(path, caseFile({ rows: 30, seed: 1, closedShare: 0.5, bounds: [116.6, 40.1, 116.7, 40.2] }));
  const answered = new Set<MethodName>();
  const ask = async (name: MethodName, input: unknown): Promise<never> => {
    const client = api[name].needs === 'positions.report' || api[name].needs === 'shift.manage' ? gateway : frames;
    client.send({ type: 'call', id: name, method: name, input });
    const frame = await client.next();
    if (frame.type !== 'result') throw new Error(`${name}: ${JSON.stringify(frame)}`);
    expect({ name, value: api[name].output.parse(frame.value) }).toEqual({ name, value: frame.value });
    answered.add(name);
    return frame.value as never;
  };

  await ask('import.preview', { path });
  await ask('import.run', { path, dryRun: true });
  await ask('import.run', { path });
  await ask('import.cancel', { importId: 'import-1' });
  const offer = (await ask('attachment.offer', { size: aPicture().length })) as { path: string };
  const { address, tokens } = running.host;
  const { hash } = await sendPicture({ address, token: tokens.operator, path: offer.path }, aPicture());
  await ask('attachment.open', { hash });
  const { caseId: id } = (await ask('case.report', api['case.report'].example)) as { caseId: string };
  const { path: areas } = (await ask('grid.locate', api['grid.locate'].example)) as { path: { code: string }[] };
  const [, township, village] = areas.map(({ code }) => code);
  await ask('case.register', { id, condition: '属实' });
  await ask('case.return', { id, reasonCode: 'R01', reason: '不属于本单位职责' });
  await ask('case.register', { id, condition: '属实' });
  await ask('case.dispatch', { id, unit: township, opinion: '请处理' });
  await ask('case.sub_dispatch', { id, unit: village });
  await ask('case.accept', { id, handlerId: 'handler-1' });
  await ask('case.handle', { id, result: '已更换井盖', photos: [{ hash, kind: 'after' }] });
  await ask('case.feed_back', { id });
  await ask('case.rework', { id, reason: '未恢复原状' });
  await ask('case.accept', { id, handlerId: 'handler-1' });
  await ask('case.handle', { id, result: '已更换井盖', photos: [{ hash, kind: 'after' }] });
  await ask('case.feed_back', { id });
  await ask('case.request_check', { id, collectorId: 'collector-1' });
  await ask('case.check', { id, result: 'passed', photos: [{ hash, kind: 'near' }] });
  await ask('case.close', { id, condition: '核查通过' });
  for (const name of ['case.get', 'case.history'] as const) await ask(name, { id });
  await ask('wall.incident', { caseId: id });
  await ask('cases.count', { filter: { state: 'open' } });
  await ask('cases.list', { filter: {}, limit: 5 });

  for (const name of ['case.explainClock', 'case.suggestDispatch', 'case.duplicates', 'case.nearby'] as const) {
    await ask(name, { id });
  }
  const reported = { ...(api['case.report'].example as object), reporter: { name: '王小明', phone: '13812341234' } };
  const { caseId } = (await ask('case.report', reported)) as { caseId: string };
  await ask('case.get', { id: caseId });
  await ask('person.reveal', { caseId, reason: '回访' });
  await ask('person.erase', { caseId, reason: '本人要求' });
  await ask('units.people', { unit: township });
  const { version } = (await ask('tables.read', { name: 'calendar' })) as { version: string };
  await ask('tables.adopt', { ...api['tables.adopt'].example, expectedVersion: version });

  await ask('backup.configure', { folder: join(running.folder, 'backup'), dailyAt: '02:30', warnAfterHours: 48 });
  await ask('backup.run', {});
  await ask('backup.drill', {});

  const district = join(running.folder, 'district.geojson');
  await writeFile(district, districtFile());
  const system = { projection: { kind: 'wgs84' }, isSwapped: false };
  const redrawn = join(running.folder, 'redrawn.geojson');
  await writeFile(redrawn, redrawnDistrict());
  const other = (await ask('district.examine', { path: redrawn, system })) as { examinationId: string };
  await ask('district.changePlace', { examinationId: other.examinationId, level: 4, change: 0 });
  const { examinationId } = (await ask('district.examine', { path: district, system })) as { examinationId: string };
  await ask('district.place', { examinationId, level: 1, problem: 0 });
  await ask('district.difference', { examinationId });
  await ask('district.tryOut', { examinationId });
  const accepting = { effectiveFrom: '2099-01-01', name: '测试区', note: '区划调整' };
  const accepted = (await ask('district.accept', { examinationId, ...accepting })) as { version: string };
  await ask('district.versions', {});
  await ask('district.withdraw', { version: accepted.version });

  for (const name of ['alarms.acknowledge', 'alarms.takeInHand'] as const) await ask(name, api[name].example);
  await ask('alarms.shelve', { ids: [1], reason: '供货中', until: Date.now() + 3_600_000 });
  const position = { id: 'grid-staff-1', kind: 'grid_staff', unit: township, lon: 116.65, lat: 40.13, at: Date.now() };
  await ask('positions.report', { rows: [position, 'nothing'] });
  await ask('forces.track', { id: position.id });

  const inventory = join(running.folder, 'components.csv');
  await writeFile(inventory, `${componentCsv({ rows: 5 })}no component,,,,\n`);
  await ask('components.import', { path: inventory, system, dryRun: true });
  const imported = (await ask('components.import', { path: inventory, system })) as { version: string };
  await ask('components.list', {});
  await ask('components.open', { version: imported.version });
  await ask('components.withdraw', { version: imported.version });
  const base = join(running.folder, 'base.pmtiles');
  await writeFile(base, pmtilesOf({ tiles: tilesOver(shunyi, 8, 9) }));
  const added = { ...api['basemap.add'].example, source: { kind: 'pmtiles', path: base } };
  const { id: baseMap } = (await ask('basemap.add', added)) as { id: string };
  await ask('basemap.remove', { id: baseMap });

  const outgoing = { side: 'outgoing', person: 'P0003', pin: '248163' };
  await ask('shift.signOn', api['shift.signOn'].example);
  await ask('shift.write', api['shift.write'].example);
  await ask('shift.mark', api['shift.mark'].example);
  await ask('shift.sign', outgoing);
  const { hash: signed } = (await ask('shift.preview', {})) as { hash: string };
  await ask('shift.sign', { side: 'incoming', person: 'P0004', pin: '731905', isNewPin: true, hash: signed });
  await ask('shift.list', {});
  await ask('shift.open', { number: 1 });
  await ask('shift.lock', { by: 'key' });
  await ask('shift.unlock', { pin: '731905' });
  await ask('shift.sign', { ...outgoing, person: 'P0004', pin: '731905' });
  await ask('shift.withdraw', {});
  await ask('shift.resetPin', { person: 'P0003' });
  await ask('shift.release', {});
  const drafted = { kind: 'daily', day: '2026-11-22', draftedBy: 'P0003' };
  const { id: briefing } = (await ask('briefings.create', drafted)) as { id: string };
  await ask('briefings.page', { id: briefing });
  await ask('briefings.cases', { id: briefing, figure: 'D-01' });
  await ask('briefings.issue', { id: briefing, approvedBy: 'P0001' });
  await ask('briefings.print', { id: briefing });
  await ask('briefings.list', {});

  // The other acts are played in acts.test.ts; their answer is the same receipt.
  const acts = new Set<string>(Object.keys(actMethods));
  const rest = methodNames.filter((name) => !answered.has(name) && !acts.has(name) && name !== 'simulation.set');
  for (const name of rest) await ask(name, api[name].example);
  expect(methodNames.filter((name) => !answered.has(name) && !acts.has(name))).toEqual(['simulation.set']);
});

test('without a simulator its switch is unavailable', async () => {
  frames.send({ type: 'call', id: '1', method: 'simulation.set', input: { isRunning: true } });
  expect(await frames.next()).toMatchObject({ error: { code: 'unavailable', detail: { part: 'simulation' } } });
});

test('with one it says what it does now', async () => {
  const simulated = await hostInProcess({ simulate: true });
  const client = await clientOf(simulated.host, 'in memory', 'operator');
  client.send({ type: 'call', id: '1', method: 'simulation.set', input: { isRunning: false } });
  const frame = await client.nextOf('result');
  expect(api['simulation.set'].output.parse(frame.value)).toEqual({ state: 'paused' });
  await simulated.close();
});

test('every stream sends items that fit its schema', async () => {
  for (const name of Object.keys(api).filter((key) => isStreamName(key))) {
    frames.send({ type: 'watch', id: name, stream: name, input: {} });
    const { items } = await frames.nextOf('snapshot');
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(api[name].item.parse(item)).toEqual(item);
    frames.send({ type: 'unwatch', id: name });
  }
});

test('free text loses phone and identity numbers before it is recorded', async () => {
  const report = {
    ...(api['case.report'].example as object),
    description: '井盖破损，联系13812345678',
    address: '身份证110113198001011234门口',
  };
  frames.send({ type: 'call', id: 'r', method: 'case.report', input: report });
  const { value } = await frames.nextOf('result');
  const { caseId } = api['case.report'].output.parse(value);
  frames.send({
    type: 'call',
    id: 'x',
    method: 'case.register',
    input: { id: caseId, condition: '电话010-12345678属实' },
  });
  await frames.nextOf('result');
  const sequences = running.host.cases.sequencesOf(caseId);
  const recorded = JSON.stringify(await running.host.journal.readEach(sequences));
  expect(recorded).toContain('138******78');
  expect(recorded).not.toMatch(/13812345678|110113198001011234|010-12345678/);
});
