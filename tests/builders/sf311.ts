import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImportMapping } from '#contract/imports.ts';

/** Public records of San Francisco, which are not part of the repository: tests that need them say when they are absent. */
const folder = resolve(import.meta.dirname, '../../../shared/cases/sf311');
export const sf311 = {
  folder,
  csv: join(folder, 'cases.csv'),
  tracts: join(folder, 'neighborhood_tracts.geojson'),
  isAbsent: !existsSync(join(folder, 'cases.csv')) || !existsSync(join(folder, 'neighborhood_tracts.geojson')),
};

export const sf311DistrictMapping = {
  levels: [
    { code: 'nhood', name: 'nhood' },
    { code: 'geoid', name: 'geoid', parent: 'nhood' },
  ],
};

export const sf311Mapping: ImportMapping = {
  columns: {
    externalId: 'CaseID',
    reportedAt: 'Opened',
    closedAt: 'Closed',
    state: 'Status',
    class: 'Category',
    text: 'Request.Details',
    address: 'Address',
    lon: 'Long',
    lat: 'Lat',
    source: 'Source',
  },
  timeZone: 'America/Los_Angeles',
  missing: ['NA', ''],
  states: { Open: 'open', Closed: 'closed' },
};
