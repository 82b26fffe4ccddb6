import { AttachmentHandle } from './attachments.ts';
import * as components from './components.ts';
import * as forces from './forces.ts';
import { method, stream } from './method.ts';
import { NoInput } from './schema.ts';

/** What is out in the field: forces 力量 and their positions, components 部件. Part of the one table, `api`. */
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
  'components.import': method({
    input: components.ComponentImport,
    output: components.ComponentReport,
    errors: ['file_unreadable', 'bad_mapping', 'import_running', 'unavailable'],
    needs: 'import.run',
    about: 'imports an inventory of components 部件 from CSV or GeoJSON; refused rows are kept with reasons',
    example: {
      path: '/data/components.csv',
      system: { projection: { kind: 'wgs84' }, isSwapped: false },
      dryRun: true,
    },
  }),
  'components.list': method({
    input: NoInput,
    output: components.ComponentList,
    errors: [],
    needs: 'grid.read',
    about: 'inventories of components that are kept',
    example: {},
  }),
  'components.open': method({
    input: components.ComponentRef,
    output: AttachmentHandle,
    errors: ['not_found'],
    needs: 'grid.read',
    about: 'a one-time address from which one inventory can be fetched, packed',
    example: { version: '20261130T020000000Z-0123456789abcdef' },
  }),
  'components.withdraw': method({
    input: components.ComponentRef,
    output: components.ComponentList,
    errors: ['not_found', 'unavailable'],
    needs: 'import.run',
    about: 'takes an inventory off the map; its file is kept',
    example: { version: '20261130T020000000Z-0123456789abcdef' },
  }),
} as const;
