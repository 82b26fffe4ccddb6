import type { MethodName } from '#contract/api.ts';
import { refused } from '#domain/base/result.ts';
import type { ActGate } from '#renderer/actions/act-gate.ts';
import type { Client } from './client.ts';

/** Methods that only tell: all that a desk may ask for while it shows the past. A method that is not here is an act. */
export const reads: ReadonlySet<MethodName> = new Set<MethodName>([
  'health.get',
  'alarms.report',
  'audit.list',
  'grid.summary',
  'grid.locate',
  'district.get',
  'tables.get',
  'tables.list',
  'tables.read',
  'tables.history',
  'cases.count',
  'cases.list',
  'case.get',
  'case.history',
  'case.duplicates',
  'case.nearby',
  'case.explainClock',
  'case.suggestDispatch',
  'board.at',
  'board.step',
  'board.learn',
  'board.range',
  'warnings.list',
  'figures.get',
  'figures.table',
  'figures.cases',
  'foresight.get',
  'foresight.cases',
  'units.find',
  'units.people',
  'attachment.open',
  'components.list',
  'components.open',
  'basemap.list',
  'briefings.list',
  'briefings.print',
  'briefings.cases',
  'wall.hello',
  'wall.incident',
  'wall.review',
  'shift.preview',
  'shift.list',
  'shift.open',
]);

/** The desk is covered and uncovered whatever it shows. */
export const always: ReadonlySet<MethodName> = new Set<MethodName>(['shift.lock', 'shift.unlock']);

/** The same client; while the gate is shut it sends nothing but {@link reads} and {@link always}, and answers `in_the_past` for the rest. */
export function gateActs(client: Client, gate: ActGate): Client {
  return {
    call: (name, input, options) =>
      gate.isShut && !reads.has(name) && !always.has(name)
        ? Promise.resolve(refused({ code: 'in_the_past', detail: {} }))
        : client.call(name, input, options),
    watch: (name, input, sink) => client.watch(name, input, sink),
    connection: () => client.connection(),
    onConnection: (listener) => client.onConnection(listener),
    hostNow: () => client.hostNow(),
    close: () => client.close(),
  };
}
