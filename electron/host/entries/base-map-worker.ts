import { parentPort, workerData } from 'node:worker_threads';
import { required } from '#domain/base/assert-never.ts';
import { serveMbtiles, type MbtilesStart } from '../base-map/mbtiles-worker.ts';
import { openForeignTables } from '../projection/foreign-tables.ts';

/** The thread that holds one MBTiles file: it knows the format and the engine of the projection. */
serveMbtiles(required(parentPort, 'MBTiles are read by a worker'), workerData as MbtilesStart, openForeignTables);
