import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import type { LimitQuery } from '#domain/reference/reference-tables.ts';
import { tableNames } from '#domain/reference/table-names.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { aDistrict } from '#tests/builders/district.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { loadClassTable } from './class-table.ts';
import { openTables } from './table-store.ts';

const resources = join(import.meta.dirname, '../../../resources');
const day = '2026-11-24';
const district = await loadDistrict(defaultDistrict(resources));
const classes = await loadClassTable(join(resources, 'tables'));

async function defaults(areas = district.areas) {
  const clock = new ManualClock(0);
  return openTables({
    defaultsFolder: join(resources, 'tables'),
    folder: await temporaryFolder(),
    ...{ classes, areas, clock, health: new HealthRegister(clock) },
  });
}

function classRef(code: string, kind: 'component' | 'matter' = 'matter') {
  const isLocal = code.slice(2).startsWith('9');
  return { standardRef: isLocal ? 'LOCAL-110113' : 'GB/T 47678.5-2026', kind, code };
}

/** An instant of that day in Beijing. */
function beijing(time: string) {
  return instant(Date.parse(`${day}T${time}:00+08:00`));
}

test('the tables that ship have neither faults nor warnings, and rows without gaps', async () => {
  const tables = await defaults();
  expect(tables.list().flatMap(({ problems }) => problems)).toEqual([]);
  for (const name of tableNames) {
    const read = await tables.read(name, null);
    expect(read?.cells.rows.map(({ number }) => number)).toEqual(read?.cells.rows.map((_, index) => index + 2));
  }
});

test('the district’s own classes are found by name and code, beside those of the standard (domain.md §3.5)', async () => {
  const { classes: all } = (await defaults()).inForce();
  const own = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10901', name: '供水管道破裂' };
  expect([all.find('供水管道破裂'), all.find('10901')]).toEqual([own, own]);
  expect(all.find('06042')).toMatchObject({ standardRef: 'GB/T 47678.5-2026' });
});

test('the units are those of the net, with its names, and more', async () => {
  const { units } = (await defaults()).inForce();
  const kinds = ['district_desk', 'township', 'zone', 'community', 'department', 'utility_company'] as const;
  expect(kinds.map((kind) => units.count(kind, day))).toEqual([1, 25, 5, 629, 25, 10]);
  const renamed = district.areas.district.levels
    .flat()
    .filter(({ code, name }) => code !== '110113' && units.unit(code)?.name !== name);
  expect(renamed).toEqual([]);
  expect(units.search({ text: '生态建设', day, kinds: [], below: '110113006', limit: 5 })).toMatchObject([
    { name: '杨镇生态建设办公室', kind: 'office', level: 3, isPlaceholder: false },
  ]);
});

test('望泉寺村 goes through its managing township, and still lies below the one of its code (domain.md §1, 10)', async () => {
  const { units } = (await defaults()).inForce();
  expect(units.chainFor('110113013203001').map(({ name }) => name)).toEqual(['仁和镇', '望泉寺村', expect.any(String)]);
  expect(['110113003', '110113013'].map((sender) => units.isBelow('110113013203', sender))).toEqual([true, true]);
});

test('limits of domain.md §5.2: class and condition decide, any other class has the fallback', async () => {
  const tables = (await defaults()).inForce();
  const limitOf = (code: string, condition: string | null = null, kind: 'component' | 'matter' = 'matter') => {
    const query = { record: 'case', clock: 'handle', classRef: classRef(code, kind), timeClass: null, condition, day };
    const { limit, isPlaceholder } = tables.limitFor(query as LimitQuery);
    return `${limit.value} ${limit.unit}${isPlaceholder ? ' 可配置' : ''}`;
  };
  expect(limitOf('06042')).toBe('4 work_hour 可配置');
  expect(limitOf('06001')).toBe('15 work_day 可配置');
  expect(limitOf('06001', '正在搭建')).toBe('2 natural_day 可配置');
  expect(limitOf('01001', null, 'component')).toBe('2 urgent_hour 可配置');
  expect(limitOf('01010', '井盖周边150×150厘米路面沉陷或凸起，高差大于2厘米')).toBe('3 work_day 可配置');
  expect(limitOf('01064', '脏污', 'component')).toBe('1 work_day 可配置');
  expect(limitOf('10902')).toBe('1 urgent_hour 可配置');
  expect(limitOf('06047')).toBe('3 work_day 可配置');
  expect(tables.isUrgentClass(classRef('10902'), day)).toBe(true);
  const asked = { record: 'case', clock: 'handle', classRef: classRef('01001'), timeClass: null, day } as const;
  expect(tables.conditionsFor(asked).map(({ isDefault }) => isDefault)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('limits of tickets: dispatch 1 h, 2 h, 24 h; handle 2 h, 24 h, 7 d, 15 d (domain.md §7.1)', async () => {
  const tables = (await defaults()).inForce();
  const limitsOf = (clock: LimitQuery['clock']) =>
    ['emergency', 'livelihood', 'general', 'complex', null].map((timeClass) => {
      const found = tables.limitFor({ record: 'ticket', clock, classRef: null, timeClass, condition: null, day });
      return `${found.limit.value} ${found.limit.unit}${found.isPlaceholder ? ' 可配置' : ''}`;
    });
  expect(limitsOf('ticket_dispatch')).toEqual([
    '1 urgent_hour',
    '2 urgent_hour',
    '24 urgent_hour',
    '24 urgent_hour 可配置',
    '24 urgent_hour 可配置',
  ]);
  expect(limitsOf('ticket_handle')).toEqual([
    '2 urgent_hour',
    '24 urgent_hour',
    '7 natural_day',
    '15 natural_day',
    '7 natural_day 可配置',
  ]);
  expect(['020101', '020301', '0503'].map((code) => tables.timeClassOf(code, day))).toEqual([
    'livelihood',
    'emergency',
    'general',
  ]);
});

test('late rubbish in 东水泉村 goes to the village, with the township’s cleaning team (domain.md §12.1)', async () => {
  const tables = (await defaults()).inForce();
  const at = beijing('09:20');
  const query = { record: 'case', classRef: classRef('06042'), areaCode: '110113116220003', at } as const;
  const [duty, ...others] = tables.dutiesFor(query);
  expect(duty).toMatchObject({
    lead: { unit: { code: '110113116220' }, because: null },
    co: [{ unit: { name: '赵全营镇环卫中心' } }],
    person: { post: 'village_secretary', unit: '110113116220' },
    duty: { isAutomatic: true, isPlaceholder: true },
  });
  expect(others.at(-1)).toMatchObject({ lead: { unit: { code: '110113116' } }, duty: { isPlaceholder: false } });
});

test('a broken water pipe ticket of 南彩镇 names the village cadre, the village and the company (domain.md §12.2)', async () => {
  const tables = (await defaults()).inForce();
  const village = district.areas.children('110113106')[0]?.code ?? '';
  const classOfTicket = { standardRef: '', kind: 'other', code: '020101' } as const;
  const [duty] = tables.dutiesFor({
    record: 'ticket',
    classRef: classOfTicket,
    areaCode: village,
    at: beijing('09:01'),
  });
  expect(duty?.person).toMatchObject({ post: 'village_cadre', unit: '110113106', grid: village });
  expect(duty?.co.map(({ unit }) => unit.kind)).toEqual(['community', 'office', 'utility_company']);
});

test('noise is the township’s by day and the police’s at night', async () => {
  const tables = (await defaults()).inForce();
  const leadAt = (time: string) => {
    const query = { record: 'case', classRef: classRef('06028'), areaCode: '110113106', at: beijing(time) } as const;
    return tables.dutiesFor(query)[0]?.lead.unit.name;
  };
  expect(['21:59', '22:00', '05:59', '06:00'].map(leadAt)).toEqual([
    '南彩镇综合执法队',
    '公安部门',
    '公安部门',
    '南彩镇综合执法队',
  ]);
});

test('in another district the shipped units are not there, and responsibilities fall to its own areas', async () => {
  const tables = (await defaults(new AreaIndex(aDistrict()))).inForce();
  expect(tables.units.unit('110113-D01')).toBeUndefined();
  const query = { record: 'case', classRef: classRef('06042'), areaCode: '9111', at: beijing('09:20') } as const;
  expect(tables.dutiesFor(query).map(({ lead }) => lead.unit.code)).toEqual(['911', '91', '91']);
});

test('policies and reasons are there, and say what is a placeholder', async () => {
  const { policies, ...tables } = (await defaults()).inForce();
  expect([policies.number('recall_window', day), policies.choice('rework_deadline', day)]).toEqual([60, 'keep']);
  expect([policies.isOn('force_close_by_admin', day), policies.isPlaceholder('recall_window', day)]).toEqual([
    false,
    true,
  ]);
  expect(policies.isPlaceholder('target_departments', day)).toBe(false);
  for (const key of ['photo_at_report', 'photo_at_verify', 'photo_at_result', 'photo_at_check'] as const) {
    expect([key, policies.isOn(key, day), policies.isPlaceholder(key, day)]).toEqual([key, true, false]);
  }
  expect(tables.reason('return', 'R01', day)?.countsAgainstDispatcher).toBe(true);
  expect(tables.reason('void', 'R01', day)).toBeUndefined();
  expect(tables.endorsementChain('110113006', 'livelihood', day).map(({ post }) => post)).toEqual([
    'desk_lead',
    'leader',
  ]);
});
