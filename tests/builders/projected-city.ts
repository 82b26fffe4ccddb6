import type { CaseRow } from '#contract/cases.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';

const FIRST = Date.UTC(2024, 0, 1, -8);
const LAST = Date.UTC(2026, 11, 1, -8);
/** Open cases came in since then, however many there are in all. */
const OPEN_FROM = Date.UTC(2026, 9, 1, -8);
const TOWNS = 20;

const places = ['幸福东区', '光明南街', '石园西路', '胜利小区', '建新北区', '裕龙花园', '仓上街', '西辛南区'];
const matters = ['路面有积水', '井盖丢失', '消防通道堵塞', '垃圾未清运', '路灯不亮', '共享单车乱放', '违规张贴广告'];
const wishes = ['请尽快处理', '居民反映多次', '影响出行，存在安全隐患', '附近有学校，请优先安排'];
const openStates: readonly CaseStateName[] = ['pending_register', 'pending_dispatch', 'handling', 'pending_check'];

export interface CityOptions {
  readonly cases: number;
  /** Of these, the last ones. */
  readonly open: number;
  /** Only these, by their place in the order. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * Cases as the projection takes them, over three years, the open ones over the last two months, each always the same. One in 2,000 is about the 气象台,
 * which nothing else is.
 */
export function* projectedCity({ cases, open, from = 0, to = cases }: CityOptions): Generator<ProjectedCase> {
  for (let serial = from; serial < to; serial += 1) {
    const isOpen = serial >= cases - open;
    const share = isOpen ? (serial - (cases - open)) / open : serial / (cases - open);
    const [begin, end] = isOpen ? [OPEN_FROM, LAST] : [FIRST, OPEN_FROM];
    yield projectedAt(serial, begin + Math.floor(share * (end - begin)), isOpen);
  }
}

/** The code of a township, of the first twenty. */
export function townOf(town: number): string {
  return `110113${String(town + 1).padStart(3, '0')}`;
}

function projectedAt(serial: number, reportedAt: number, isOpen: boolean): ProjectedCase {
  const town = townOf(mixed(serial, 1) % TOWNS);
  const grid = `${town}${String(mixed(serial, 2) % 10).padStart(3, '0')}${String(mixed(serial, 3) % 9).padStart(3, '0')}`;
  const state = isOpen ? pick(openStates, serial, 4) : 'closed';
  const place = mixed(serial, 5) % 2_000 === 0 ? '气象台' : '';
  const sequences = Array.from({ length: 8 }, (_, step) => serial * 8 + step + 1);
  const house = (mixed(serial, 6) % 300) + 1;
  const row: CaseRow = {
    ...{ id: idOf(serial, reportedAt), record: mixed(serial, 7) % 4 === 0 ? 'ticket' : 'case', version: 8 },
    ...{ sequence: serial * 8 + 8, state, stateSince: reportedAt + 86_400_000, source: 'grid_staff' },
    ...{ classKind: 'matter', classCode: '0101', className: pick(matters, serial, 8) },
    description: `${pick(places, serial, 9)}${house}号楼${place}北侧${pick(matters, serial, 10)}，${pick(wishes, serial, 11)}。`,
    address: `顺义区${pick(places, serial, 12)}${house}号`,
    ...{ lon: 116.5 + (mixed(serial, 13) % 30_000) / 1e5, lat: 40 + (mixed(serial, 14) % 20_000) / 1e5 },
    ...{ gridCode: grid, holderUnit: isOpen ? town : null, holderPost: isOpen ? 'DISPATCHER' : null },
    ...{ holderSince: isOpen ? reportedAt : null, clock: isOpen ? 'handle' : null },
    ...{ clockStartedAt: isOpen ? reportedAt : null, dueAt: isOpen ? reportedAt + 7 * 86_400_000 : null },
    ...{ reportedAt, recordedAt: reportedAt + 1_000, closedAt: isOpen ? null : reportedAt + 86_400_000 },
    ...{ returnCount: 0, reworkCount: 0, openSupervisions: 0, mergedCount: 0 },
    ...{ isUrgent: false, isDemo: false, isArchived: false },
  };
  return {
    row,
    sequences,
    areaPath: ['110113', town, grid.slice(0, 12), grid],
    external: null,
    classKey: 'gb/matter/0101',
    reporterId: null,
  };
}

function idOf(serial: number, reportedAt: number): string {
  const day = new Date(reportedAt + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}${String(serial).padStart(7, '0')}`;
}

function pick<Item>(items: readonly Item[], serial: number, salt: number): Item {
  return items[mixed(serial, salt) % items.length] as Item;
}

/** A number that looks random and is always the same. */
function mixed(serial: number, salt: number): number {
  let value = Math.imul(serial + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return (value ^ (value >>> 15)) >>> 0;
}
