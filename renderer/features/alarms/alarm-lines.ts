import { standingOf, type Alarm, type AlarmStanding } from '#domain/alarms/alarm.ts';
import type { AlarmGroup } from '#domain/alarms/alarm-groups.ts';
import type { AlarmPriority } from '#domain/alarms/alarm-type.ts';

/** A line of the list: a group, or one alarm of an open group. */
export type AlarmTreeLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: AlarmGroup; readonly isOpen: boolean }
  | { readonly kind: 'alarm'; readonly key: string; readonly group: AlarmGroup; readonly alarm: Alarm };

export interface AlarmFilter {
  readonly priority: AlarmPriority | null;
  readonly standing: AlarmStanding | null;
}

/** Lines in sight. A group of one is that alarm's line; an open one shows its alarms below it. */
export function treeLines(
  groups: readonly AlarmGroup[],
  { priority, standing }: AlarmFilter,
  open: ReadonlySet<string>,
): readonly AlarmTreeLine[] {
  return groups.flatMap((group) => {
    if (priority !== null && group.priority !== priority) return [];
    const alarms = group.alarms.filter((alarm) => standing === null || standingOf(alarm) === standing);
    const [first] = alarms;
    if (first === undefined) return [];
    const shown = { ...group, alarms };
    if (alarms.length === 1) return [lineOf(shown, first)];
    const isOpen = open.has(group.key);
    const head: AlarmTreeLine = { kind: 'group', key: group.key, group: shown, isOpen };
    return isOpen ? [head, ...alarms.map((alarm) => lineOf(shown, alarm))] : [head];
  });
}

function lineOf(group: AlarmGroup, alarm: Alarm): AlarmTreeLine {
  return { kind: 'alarm', key: `alarm-${alarm.id}`, group, alarm };
}

/** The alarms that an act on a line is for. */
export function alarmsOf(line: AlarmTreeLine): readonly Alarm[] {
  return line.kind === 'alarm' ? [line.alarm] : line.group.alarms;
}
