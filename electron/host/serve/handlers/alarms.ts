import type { AlarmReport, AlarmRow } from '#contract/alarms.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import { DAY_MS, instant, MINUTE_MS } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import { TALLY_DAYS } from '#domain/alarms/alarm-tally.ts';
import type { Alarm } from '#domain/alarms/alarm.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { CallContext, Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type AlarmHandlers = Pick<
  Handlers,
  'alarms.acknowledge' | 'alarms.takeInHand' | 'alarms.shelve' | 'alarms.unshelve' | 'alarms.report'
>;

/** Types that the bad-actor page names. */
const WORST_TYPES = 10;
/** What stands for longer is stale. */
const STALE_MS = DAY_MS;

/** Acts on alarms, and the bad-actor page (A7). */
export function alarmHandlers({
  alarms,
  tables,
  clock,
}: Pick<HostParts, 'alarms' | 'tables' | 'clock'>): AlarmHandlers {
  const act = async (
    name: 'acknowledge' | 'take_in_hand' | 'unshelve' | 'shelve',
    given: { readonly ids: readonly number[]; readonly reason?: string; readonly until?: number },
    { principal }: CallContext,
  ) => {
    const { ids, reason, until } = given;
    const shelf =
      reason === undefined || until === undefined ? {} : { reason: maskPersonalNumbers(reason), until: instant(until) };
    const outcome = await alarms.act({ act: name, ids: [...new Set(ids)], by: principal.id, ...shelf });
    return outcome.ok ? ok({ done: [...outcome.value.done], left: [...outcome.value.left] }) : outcome;
  };
  return {
    'alarms.acknowledge': (input, context) => act('acknowledge', input, context),
    'alarms.takeInHand': (input, context) => act('take_in_hand', input, context),
    'alarms.shelve': (input, context) => act('shelve', input, context),
    'alarms.unshelve': (input, context) => act('unshelve', input, context),
    'alarms.report': () => Promise.resolve(ok(report())),
  };

  function report(): AlarmReport {
    const now = clock.now();
    const oldest = dayOf(instant(now - TALLY_DAYS * DAY_MS));
    const longest = tables.inForce().policies.number('alarm_shelf_longest', dayOf(now)) * MINUTE_MS;
    const rows = alarms.tally().filter(({ day }) => day > oldest);
    const types = new Map<string, AlarmReport['types'][number]>();
    for (const { typeId, priority, count } of rows) {
      const key = `${typeId} ${priority}`;
      types.set(key, { typeId, priority, count: (types.get(key)?.count ?? 0) + count });
    }
    const standing = alarms.standing();
    const shelved = standing.filter(({ shelf }) => shelf !== null);
    const sum = (priority: number) => rows.reduce((all, row) => all + (row.priority === priority ? row.count : 0), 0);
    return {
      asOf: now,
      days: TALLY_DAYS,
      raised: rows.reduce((all, { count }) => all + count, 0),
      shares: ([1, 2, 3] as const).map((priority) => ({ priority, count: sum(priority) })),
      types: [...types.values()].sort((a, b) => b.count - a.count).slice(0, WORST_TYPES),
      stale: standing.filter(({ raisedAt }) => raisedAt <= now - STALE_MS).map(alarmRow),
      suppressions: shelved.map(alarmRow),
      unapproved: shelved.filter(({ shelf }) => shelf !== null && shelf.until - shelf.at > longest).length,
      bins: alarms.rate().bins.map((bin) => ({ ...bin })),
    };
  }
}

/** An alarm as it travels. */
export function alarmRow(alarm: Alarm): AlarmRow {
  const { about } = alarm;
  return {
    ...alarm,
    place: { ...alarm.place },
    about: about.kind === 'fact' ? { ...about, detail: { ...about.detail } } : { ...about },
    active: [...alarm.active],
  };
}
