import { onTestFinished } from 'vitest';
import type { CaseChange } from '#contract/cases.ts';
import type { Transport } from '#contract/wire.ts';
import { ok } from '#domain/base/result.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { serveConnection } from '#host/serve/connection.ts';
import { createDispatcher, refuse, type Handlers } from '#host/serve/dispatcher.ts';
import { principalOf } from '#host/serve/principals.ts';
import type { StreamSource } from '#host/serve/stream-source.ts';
import { morning } from '#tests/builders/cases.ts';
import { framesOf, greet, type Frames } from '#tests/support/frames.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ManualStream } from '#tests/support/manual-stream.ts';
import type { TransportKind } from './transport-kinds.ts';

/** The host's end of the wire over one kind of transport, with one stream and a few methods that a test controls. */
export interface Served {
  readonly stream: ManualStream;
  readonly clock: ManualClock;
  /** Calls of `import.run` that wait for {@link finishImport} or a cancel. */
  readonly importsUnderWay: () => number;
  finishImport(): void;
  /** The journal's id as the next welcome tells it. */
  journalId: string;
  connect(): Promise<Transport>;
  /** Resolves when the host has dealt with the end of that connection, counted from 0. */
  endOf(connection: number): Promise<string> | undefined;
  /** A client of bare frames, before its hello. */
  frames(): Promise<Frames>;
  /** The same after its hello, as a desk. */
  desk(): Promise<Frames>;
}

export const deskToken = 'desk-token';

export async function serveOver(kind: TransportKind, keptChanges?: number): Promise<Served> {
  const stream = new ManualStream(keptChanges);
  const clock = new ManualClock(morning);
  const imports = new Set<() => void>();
  const ends: Promise<string>[] = [];
  const dispatch = createDispatcher(handlersWith(imports), pinoLog('silent'));
  const source = stream as unknown as StreamSource<object>;
  const sources = {
    ...{ 'cases.watch': source, 'health.watch': source, 'imports.watch': source, 'backup.watch': source },
    ...{ 'district.watch': source, 'forces.watch': source, 'basemap.watch': source },
    ...{ 'wall.cases': source, 'wall.watch': source, 'alarms.watch': source, 'shift.watch': source },
  };
  const served = {
    stream,
    clock,
    journalId: 'journal-1',
    importsUnderWay: () => imports.size,
    finishImport: () => imports.forEach((finish) => finish()),
  };
  const connect = await kind.open((transport) => {
    serveConnection(transport, {
      dispatch,
      sources,
      clock,
      version: 'test',
      head: () => ({ journalId: served.journalId, sequence: stream.sequence }),
      authenticate: (token) => (token === deskToken ? principalOf('operator') : null),
    });
    ends.push(new Promise((resolve) => transport.onClosed(resolve)));
  });
  const frames = async () => {
    const opened = framesOf(await connect());
    onTestFinished(() => opened.close());
    return opened;
  };
  const desk = async () => {
    const opened = await frames();
    await greet(opened, deskToken);
    return opened;
  };
  return Object.assign(served, { connect, frames, desk, endOf: (connection: number) => ends[connection] });
}

/** Ids of the cases in a batch. */
export function idsOf(items: readonly unknown[]): readonly string[] {
  return (items as readonly CaseChange[]).map((item) => (item.kind === 'remove' ? `-${item.id}` : item.row.id));
}

function handlersWith(imports: Set<() => void>): Handlers {
  const some: Partial<Handlers> = {
    'grid.locate': () => Promise.resolve(ok({ gridCode: '9111', path: [{ level: 4, code: '9111', name: '东村' }] })),
    'case.get': ({ id }) => Promise.resolve(refuse('not_found', { caseId: id })),
    'grid.summary': () => Promise.reject(new Error('/home/secret/path: a fault of ours')),
    'import.run': (_, { signal }) =>
      new Promise((resolve) => {
        const finish = () => {
          imports.delete(finish);
          resolve(refuse('file_unreadable'));
        };
        imports.add(finish);
        signal.addEventListener('abort', finish);
      }),
  };
  return some as Handlers;
}
