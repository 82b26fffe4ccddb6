import type { MessagePort } from 'node:worker_threads';
import type { OpenForeignTables } from '#host/ports/foreign-tables.ts';
import { loadDistrict } from '../load-district.ts';
import { LabWork } from './lab-work.ts';
import type { FromLab, LabStart, ToLab } from './messages.ts';

/** Answers questions one after the other on a thread of its own, until it is ended from outside. */
export async function serveLab(port: MessagePort, { source }: LabStart, openTables: OpenForeignTables): Promise<void> {
  const post = (message: FromLab) => port.postMessage(message);
  let last: Promise<unknown> = Promise.resolve();
  const known = loadDistrict(source);
  const work = known.then(
    (district) => new LabWork(district, openTables, (progress) => post({ type: 'progress', progress })),
  );
  port.on('message', ({ id, question }: ToLab) => {
    last = last
      .then(async () => (await work).answer(question))
      .then(
        (value) => post({ type: 'answer', id, value }),
        (cause: unknown) => post({ type: 'unanswered', id, reason: reasonOf(cause) }),
      );
  });
  await known.catch(() => {});
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
