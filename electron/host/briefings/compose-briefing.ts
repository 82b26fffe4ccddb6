import { caseRow } from '#contract/case-row.ts';
import { instant } from '#domain/base/instant.ts';
import { ok, refused } from '#domain/base/result.ts';
import { dailyBriefing } from '#domain/briefing/daily.ts';
import type { KeyCase } from '#domain/briefing/daily-key-cases.ts';
import { mapSheet } from '#domain/briefing/map-sheet.ts';
import { stateWords, warningWords } from '#domain/briefing/state-words.ts';
import type { CaseState } from '#domain/case/state.ts';
import { figureRules } from '#domain/metrics/figure-rules.ts';
import type { Day } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { warningKinds, type EarlyWarnings } from '#domain/warnings/early-warnings.ts';
import type { ComposeBriefing } from '#host/ports/briefings.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import type { Figures } from '#host/ports/figures.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Tables } from '#host/ports/tables.ts';

export interface ComposeParts {
  readonly figures: Figures;
  readonly journal: Pick<Journal, 'head'>;
  readonly cases: Pick<Cases, 'openStates' | 'sequence'>;
  readonly tables: Pick<Tables, 'inForce'>;
  readonly district: LoadedDistrict;
  readonly warnings: EarlyWarnings;
  readonly townshipOf: (found: CaseState) => string | null;
  readonly clock: Clock;
}

const SHEET_MM = { width: 156, mostHeight: 76 } as const;
/** Figures, open cases and head must be of one entry; while much is recorded the figures are a moment behind. */
const MOST_TRIES = 50;

/** Composes documents out of figures, open cases and net as they stand at one entry of the journal. */
export function composeBriefing(parts: ComposeParts): ComposeBriefing {
  return async ({ day }) => {
    const { figures, journal, cases, clock } = parts;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const answer = await figures.at(null);
      if (!answer.isReady) {
        const { done, of } = answer.counting;
        return refused({ code: 'figures_counting', detail: { done: String(done), of: String(of) } });
      }
      const { book, sequence, isWhole } = answer.counted;
      const head = journal.head();
      if (sequence !== head.sequence || sequence !== cases.sequence()) continue;
      // Nothing else runs from here on: all of it is of this entry.
      const dataTime = clock.now();
      const tables = parts.tables.inForce();
      const { townships, areas } = townshipsOf(parts.district, tables, day);
      const { map } = parts.district;
      const document = dailyBriefing({
        ...{ day, dataTime, sequence, journalHash: head.hash, book, isWhole, townships },
        unit: unitName(parts.district, tables, day),
        className: (key) => className(tables, key, day),
        keyCases: keyCasesOf(parts, tables, dataTime, day),
        warnings: warningsOf(parts, tables),
        sheet: mapSheet(areas, SHEET_MM.width, SHEET_MM.mostHeight, map.approvalNumber ?? '示意图'),
        rules: `时限表 ${tables.versions.limits}，单位表 ${tables.versions.units}`,
      });
      return ok({ document, dataTime: instant(dataTime), sequence, journalHash: head.hash });
    }
    return refused({ code: 'busy', detail: {} });
  };
}

function unitName({ areas }: LoadedDistrict, tables: ReferenceTables, day: Day): string {
  const [top] = areas.district.levels[0] ?? [];
  return (top === undefined ? undefined : tables.units.unit(top.code, day)?.name) ?? areas.district.name;
}

/** Areas of the second level under the codes of the townships that manage them, and those townships once each. */
function townshipsOf({ areas }: LoadedDistrict, tables: ReferenceTables, day: Day) {
  const { levels } = areas.district;
  const { placeOf } = figureRules(tables);
  const found = (levels[1] ?? levels[0] ?? []).map((area) => ({
    code: placeOf(area.code, day).township ?? area.code,
    area,
  }));
  const codes = [...new Set(found.map(({ code }) => code))].toSorted();
  return {
    areas: found,
    townships: codes.map((code) => ({ code, name: tables.units.unit(code, day)?.name ?? code })),
  };
}

function className(tables: ReferenceTables, key: string, day: Day): string {
  const [kind, code] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  if (kind === 'other') return tables.ticketClasses(day).find((row) => row.code === code)?.name ?? code;
  return tables.classes.byCode(kind === 'component' ? 'component' : 'matter', code)?.name ?? code;
}

function keyCasesOf(
  { cases, district, townshipOf }: ComposeParts,
  tables: ReferenceTables,
  now: number,
  day: Day,
): readonly KeyCase[] {
  const found = cases.openStates().flatMap((state): readonly KeyCase[] => {
    const row = caseRow(state, 0);
    const level = attentionLevel(row, now);
    if (level === null) return [];
    const path = row.gridCode === null ? [] : district.areas.path(row.gridCode);
    const unit = row.holderUnit === null ? undefined : tables.units.unit(row.holderUnit, day)?.name;
    return [
      {
        ...{ id: row.id, level, className: row.className, dueAt: row.dueAt },
        // Areas alone: an address is written by people.
        place: path
          .slice(1, 3)
          .map(({ name }) => name)
          .join(''),
        township: townshipOf(state) ?? '',
        unit: unit ?? '指挥中心',
        state: stateWords[row.state],
        ...{ returnCount: row.returnCount, openSupervisions: row.openSupervisions },
      },
    ];
  });
  return found.sort(
    (a, b) => a.level - b.level || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
}

function warningsOf({ warnings, cases, townshipOf, clock }: ComposeParts, { policies }: ReferenceTables) {
  const all = warnings.list(cases.openStates(), townshipOf, policies, clock.now());
  return warningKinds.map((kind) => ({
    name: warningWords[kind],
    count: all.filter((warning) => warning.kind === kind).length,
  }));
}
