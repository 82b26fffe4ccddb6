import { parentPort, workerData } from 'node:worker_threads';
import { required } from '#domain/base/assert-never.ts';
import { serveLab } from '../district/lab/lab-worker.ts';
import type { LabStart } from '../district/lab/messages.ts';
import { openForeignTables } from '../projection/foreign-tables.ts';

/** The thread on which district files are examined: it knows the lab and, for GeoPackages, the engine of the projection. */
await serveLab(required(parentPort, 'the lab runs as a worker'), workerData as LabStart, openForeignTables);
