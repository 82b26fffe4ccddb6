import { ok, refused, type Result } from '#domain/base/result.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Alarm, AlarmAbout, AlarmAct } from './alarm.ts';

/** What can happen to an alarm (A3, A4). `again`: the condition stands (once more) for the subject of that key. */
export type AlarmEvent =
  | { readonly type: 'again'; readonly key: string; readonly about: AlarmAbout; readonly at: Instant }
  | { readonly type: 'ended'; readonly key: string; readonly at: Instant }
  | ({ readonly type: 'acknowledge' | 'take_in_hand' | 'unshelve' } & AlarmAct)
  | ({ readonly type: 'shelve'; readonly reason: string; readonly until: Instant } & AlarmAct)
  /** The time on the shelf is over. */
  | { readonly type: 'shelf_over'; readonly at: Instant };

export type AlarmActName = 'acknowledge' | 'take_in_hand' | 'shelve' | 'unshelve';

/** `alarm_state`: the act does not fit how the alarm stands. `alarm_not_shelvable`: level Ⅰ, or its type forbids it. */
export type AlarmRefusal = 'alarm_state' | 'alarm_not_shelvable';

/**
 * The alarm after an event; null when it is over. It is over when its condition ended and somebody had acknowledged it; one
 * that nobody saw stays as returned to normal. What is shelved stays shelved through ends and returns, until its time.
 */
export function stepAlarm(alarm: Alarm, event: AlarmEvent): Result<Alarm | null, AlarmRefusal> {
  switch (event.type) {
    case 'again':
      return ok(again(alarm, event));
    case 'ended':
      return ok(ended(alarm, event.key, event.at));
    case 'acknowledge':
      if (alarm.state !== 'new' || alarm.shelf !== null) return refused('alarm_state');
      return ok(unlessOver({ ...alarm, state: 'acknowledged', acknowledged: actOf(event) }));
    case 'take_in_hand':
      if (alarm.state === 'in_hand' || alarm.shelf !== null || alarm.active.length === 0) return refused('alarm_state');
      // Whoever takes it in hand has seen it.
      return ok({
        ...alarm,
        state: 'in_hand',
        acknowledged: alarm.acknowledged ?? actOf(event),
        inHand: actOf(event),
      });
    case 'shelve': {
      if (!alarm.isShelvable || alarm.priority === 1) return refused('alarm_not_shelvable');
      if (alarm.shelf !== null || event.until <= event.at) return refused('alarm_state');
      return ok({ ...alarm, shelf: { ...actOf(event), reason: event.reason, until: event.until } });
    }
    case 'unshelve':
    case 'shelf_over':
      if (alarm.shelf === null) return refused('alarm_state');
      // It rings anew: what was put aside is not forgotten.
      return ok(
        alarm.active.length === 0
          ? null
          : { ...alarm, shelf: null, state: 'new', acknowledged: null, inHand: null, lastAt: event.at },
      );
  }
}

function again(alarm: Alarm, { key, about, at }: AlarmEvent & { readonly type: 'again' }): Alarm {
  if (alarm.active.includes(key)) return { ...alarm, about };
  return { ...alarm, about, lastAt: at, count: alarm.count + 1, endedAt: null, active: [...alarm.active, key] };
}

function ended(alarm: Alarm, key: string, at: Instant): Alarm | null {
  if (!alarm.active.includes(key)) return alarm;
  const active = alarm.active.filter((one) => one !== key);
  return unlessOver({ ...alarm, active, endedAt: active.length === 0 ? at : null });
}

function unlessOver(alarm: Alarm): Alarm | null {
  const isOver = alarm.active.length === 0 && alarm.state !== 'new' && alarm.shelf === null;
  return isOver ? null : alarm;
}

function actOf({ by, at }: AlarmAct): AlarmAct {
  return { by, at };
}
