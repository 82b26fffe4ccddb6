import * as forces from './forces.ts';
import { method, stream } from './method.ts';
import { NoInput } from './schema.ts';

/** What is out in the field: forces 力量 and their positions. Part of the one table, `api`. */
export const fieldMethods = {
  'forces.watch': stream({
    input: NoInput,
    item: forces.ForceBatch,
    errors: [],
    needs: 'forces.read',
    about: 'last known positions of people and vehicles 力量, then what moves, packed',
    example: {},
  }),
  'forces.track': method({
    input: forces.ForceRef,
    output: forces.ForceTrack,
    errors: ['not_found', 'unavailable'],
    needs: 'forces.track',
    about: 'where one of them was within the last hour 轨迹; on record',
    example: { id: 'grid-staff-1' },
  }),
  'positions.report': method({
    input: forces.PositionsReport,
    output: forces.PositionsTaken,
    errors: [],
    needs: 'positions.report',
    about: 'takes positions from terminals or a gateway; bad rows are named one by one, none is kept on the disk',
    example: {
      rows: [
        {
          ...{ id: 'grid-staff-1', kind: 'grid_staff', unit: '110113106' },
          ...{ lon: 116.65, lat: 40.13, at: '2026-11-30T10:00:00+08:00' },
        },
      ],
    },
  }),
} as const;
