import * as alarms from './alarms.ts';
import { method, stream } from './method.ts';
import { NoInput } from './schema.ts';

/** Alarms 告警 that stand, and what is done about them. Part of the one table, `api`. */
export const alarmMethods = {
  'alarms.watch': stream({
    input: NoInput,
    item: alarms.AlarmChange,
    errors: [],
    needs: 'case.read',
    about: 'alarms 告警 that stand and how many come, then what changes',
    example: {},
  }),
  'alarms.acknowledge': method({
    input: alarms.AlarmRefs,
    output: alarms.AlarmsDone,
    errors: ['not_found', 'alarm_state', 'unavailable'],
    needs: 'alarm.act',
    about: 'acknowledges alarms: the sound stops, the rows stay while their conditions do; on record',
    example: { ids: [1] },
  }),
  'alarms.takeInHand': method({
    input: alarms.AlarmRefs,
    output: alarms.AlarmsDone,
    errors: ['not_found', 'alarm_state', 'unavailable'],
    needs: 'alarm.act',
    about: 'says that somebody is at work on alarms; on record',
    example: { ids: [1] },
  }),
  'alarms.shelve': method({
    input: alarms.AlarmShelving,
    output: alarms.AlarmsDone,
    errors: ['not_found', 'alarm_state', 'alarm_not_shelvable', 'shelf_too_long', 'unavailable'],
    needs: 'alarm.act',
    about: 'shelves alarms for a reason until an end within one shift; never level Ⅰ; on record',
    example: { ids: [1], reason: '供货中', until: 1_796_000_000_000 },
  }),
  'alarms.unshelve': method({
    input: alarms.AlarmRefs,
    output: alarms.AlarmsDone,
    errors: ['not_found', 'alarm_state', 'unavailable'],
    needs: 'alarm.act',
    about: 'takes alarms off the shelf; they ring anew; on record',
    example: { ids: [1] },
  }),
  'alarms.report': method({
    input: NoInput,
    output: alarms.AlarmReport,
    errors: [],
    needs: 'case.read',
    about: 'the last 30 days of alarms: types that rang most, stale ones, shelved ones, rate',
    example: {},
  }),
} as const;
