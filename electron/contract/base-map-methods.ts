import { BaseMap, BaseMapAdd, BaseMapList, BaseMapRef } from './base-map.ts';
import { method, stream } from './method.ts';
import { NoInput, z } from './schema.ts';

/** Base maps under the net: which there are, how they are, and who may change that. */
export const baseMapMethods = {
  'basemap.list': method({
    input: NoInput,
    output: BaseMapList,
    errors: [],
    needs: 'grid.read',
    about: 'base maps that were registered, and what is wrong with them now',
    example: {},
  }),
  'basemap.watch': stream({
    input: NoInput,
    item: BaseMapList,
    errors: [],
    needs: 'grid.read',
    about: 'the same whenever it changes',
    example: {},
  }),
  'basemap.add': method({
    input: BaseMapAdd,
    output: BaseMap,
    errors: ['base_map_shifted', 'base_map_unusable', 'unavailable'],
    needs: 'basemap.edit',
    about: 'registers a base map: PMTiles, MBTiles, a folder of tiles, XYZ or WMTS; it must show the district now',
    example: {
      source: { kind: 'pmtiles', path: '/data/base.pmtiles' },
      coordinates: 'cgcs2000',
      ...{ name: '影像 2026', owner: '区规自分局', approvalNumber: '', date: '2026-03-01' },
    },
  }),
  'basemap.remove': method({
    input: BaseMapRef,
    output: z.object({}),
    errors: ['not_found', 'unavailable'],
    needs: 'basemap.edit',
    about: 'forgets a base map and its key; its files stay where they are',
    example: { id: '0000000000000000' },
  }),
};
