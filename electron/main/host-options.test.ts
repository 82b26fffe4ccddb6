import { expect, test } from 'vitest';
import { readCommandLine } from '#contract/command-line.ts';
import { HostOptions } from '#contract/host-process.ts';
import { hostOptions } from './host-options.ts';

test('paths are meant from the folder of the command, and the contract accepts the whole', () => {
  const read = readCommandLine([
    '--data',
    'd',
    '--district',
    '/abs/x.geojson',
    '--import',
    '../c.csv',
    '--speed',
    '60',
  ]);
  if (!read.ok) throw new Error(read.problem);
  const options = hostOptions(read.value, '/home/me', '/app', '1.2.3');
  expect(HostOptions.parse(options)).toMatchObject({
    dataFolder: '/home/me/d',
    district: '/abs/x.geojson',
    districtMapping: null,
    importFile: '/home/c.csv',
    rendererFolder: '/app/out/renderer',
    speed: 60,
    version: '1.2.3',
  });
});
