import type { Instant } from '#domain/base/instant.ts';
import { handleDueAt } from '#domain/case/deadline.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { isInTable, type CaseAction } from '#domain/case/transitions.ts';
import { dueOf, type StopCause } from '#domain/sla/clock.ts';
import { explainClock } from '#domain/sla/ledger.ts';
import type { WorkCalendar } from '#domain/sla/work-calendar.ts';

/** What is wrong with a case by itself: holder, chain, clocks, pauses; empty if nothing is. */
export function caseFaults(
  found: CaseState,
  calendar: WorkCalendar,
  pushing: readonly StopCause[],
  now: Instant,
): readonly string[] {
  const faults = [...holderFaults(found), ...clockFaults(found)];
  const record = found.handleClock;
  if (record === null) return faults;
  const ended = { ...record, stops: record.stops.filter(({ to }) => to !== null) };
  const due = dueOf(calendar, ended, now, { pushing }).at;
  if (due !== record.dueAt) faults.push(`deadline ${record.dueAt} is not ${due}`);
  const { lines, usedMs } = explainClock(calendar, record, now, { pushing });
  if (usedMs < 0 || lines.reduce((sum, { countedMs }) => sum + countedMs, 0) !== usedMs) faults.push('used time');
  const end = record.endedAt ?? now;
  const isTiled = lines.every(({ from }, index) => from === (lines[index - 1]?.to ?? record.startedAt));
  if (!isTiled || (lines.at(-1)?.to ?? record.startedAt) !== end) faults.push('lines do not tile the clock');
  return faults;
}

function holderFaults({ state, holder, chain, side, returnedTo }: CaseState): readonly string[] {
  const faults: string[] = [];
  const open = chain.filter(({ endedAt }) => endedAt === null);
  if ((holder === null) === isOpen(state)) faults.push('an open case has a holder, an ended one has none');
  if (open.length > 1 || (open.length === 1 && open[0] !== chain.at(-1))) faults.push('more than one open hop');
  const [hop] = open;
  if (hop !== undefined && hop.unit !== holder?.unit) faults.push('the open hop is not the holder’s');
  if (hop === undefined && holder !== null && holder.unit !== null) faults.push('the holder has no hop');
  if (hop !== undefined && holder === null) faults.push('an ended case has an open hop');
  if ((state === 'returned') !== (returnedTo !== null)) faults.push('returned to nobody');
  if ((state === 'suspended') !== (side.suspension !== null)) faults.push('pause');
  const turns = side.orders.filter(
    (order) => order.via === 'relay' && order.state !== 'waiting' && order.endedAt === null,
  );
  if (turns.length > 1) faults.push('two units of a relay have their turn');
  return faults;
}

function clockFaults(found: CaseState): readonly string[] {
  const { state, clock, dueAt, clockStartedAt, handleClock, side } = found;
  const faults: string[] = [];
  if ((clock === null) !== (dueAt === null) || (clock === null) !== (clockStartedAt === null))
    faults.push('half a clock');
  if (!isOpen(state) && clock !== null) faults.push('a clock runs after the end');
  if (!isOpen(state) && side.mergedInto === null && handleClock?.endedAt === null)
    faults.push('handling runs after the end');
  const openStops = handleClock?.stops.filter(({ to }) => to === null).length ?? 0;
  if (openStops !== (state === 'suspended' ? 1 : 0)) faults.push(`${openStops} open stops`);
  if (handleClock?.stops.some(({ from, to }) => to !== null && to < from) === true)
    faults.push('a stop ends before it begins');
  if (clock === 'handle' && handleClock?.endedAt !== null) faults.push('a handling clock is shown that does not run');
  if (clock === 'handle' && dueAt !== handleDueAt(found)) faults.push('another deadline is shown');
  return faults;
}

const movesDeadline: readonly CaseAction[] = ['decide_extension', 'resume', 'rework', 'fail_close', 'redate', 'redo'];
const movesShown: readonly CaseAction[] = [...movesDeadline, 'merge', 'unmerge'];

/** What is wrong with a step from one state of a case to the next; empty if nothing is. */
export function stepFaults(from: CaseState, to: CaseState, action: CaseAction): readonly string[] {
  const faults: string[] = [];
  if (!isInTable(from.record, from.state, action, to.state))
    faults.push(`${action} leads from ${from.state} to ${to.state}`);
  if (to.version <= from.version) faults.push('the version does not grow');
  const [before, after] = [from.handleClock, to.handleClock];
  const isSame = before !== null && before.startedAt === after?.startedAt;
  if (isSame && before.dueAt !== after.dueAt && !movesDeadline.includes(action))
    faults.push(`${action} moves the deadline`);
  if (isSame && before.endedAt !== null && before.dueAt !== after.dueAt && !['rework', 'fail_close'].includes(action)) {
    faults.push('the deadline of an ended clock moves');
  }
  if (
    isSame &&
    from.clock === 'handle' &&
    to.clock === 'handle' &&
    from.dueAt !== to.dueAt &&
    !movesShown.includes(action)
  ) {
    faults.push(`${action} moves the deadline that is shown`);
  }
  if (before !== null && after === null && action !== 'recall') faults.push('the handling clock is gone');
  for (const [index, count] of countsOf(to).entries())
    if (count < (countsOf(from)[index] ?? 0)) faults.push('a count goes down');
  return faults;
}

function countsOf({ returnCount, reworkCount, side }: CaseState): readonly number[] {
  const { extensionCount, suspensionCount, urgeCount, escalationCount, supervisions, ticket } = side;
  const counts = [returnCount, reworkCount, extensionCount, suspensionCount, urgeCount, escalationCount];
  return [...counts, supervisions.length, ticket?.round ?? 0];
}
