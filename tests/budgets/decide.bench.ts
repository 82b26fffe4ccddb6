import { required } from '#domain/base/assert-never.ts';
import { MINUTE_MS, plus } from '#domain/base/instant.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseState } from '#domain/case/state.ts';
import { aContext, aReport, desk, morning } from '#tests/builders/cases.ts';
import { somePolicies, someRules } from '#tests/builders/rules.ts';
import { aTicket, type Act } from '#tests/builders/world.ts';

const ROUNDS = 7;
const ROUND_MS = 700;
const CASE = 'case-1';
const TICKET = 'ticket-1';
const OTHER = 'case-2';

/** One command of the story, with the world as the host would give it at that moment. */
interface Step {
  readonly command: CaseCommand;
  readonly context: DecideContext;
}

/**
 * `commandsPerSecond`: commands through `decide` and `evolve`, over the stories of domain.md §12 with a failed check, and
 * 延期, 挂账, 督办, 催办, 并案, 拆案 and 回退. `jsonPerSecond`: the events of those commands to JSON and back, in the same
 * rounds; `ratioToJson` is what the machine takes no part in. `commands` and `events` of the story are counted.
 */
export async function run(): Promise<Record<string, number>> {
  const story = steps();
  const events = play(story);
  const own: number[] = [];
  const json: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(perSecond(() => play(story).length, story.length, events.length));
    json.push(perSecond(() => roundTrips(events), events.length, events.length));
  }
  return {
    commandsPerSecond: median(own),
    jsonPerSecond: median(json),
    ratioToJson: median(own.map((value, at) => value / (json[at] ?? 1))),
    commands: story.length,
    events: events.length,
  };
}

/** Every command decided and folded, from an empty world. @throws Error when one is refused */
function play(story: readonly Step[]): readonly CaseEvent[] {
  const states = new Map<string, CaseState>();
  const world = { caseById: (id: string) => states.get(id) };
  const all: CaseEvent[] = [];
  for (const { command, context } of story) {
    const decided = decide(world, command, context);
    if (!decided.ok) throw new Error(`${command.body.type} was refused: ${decided.error.code}`);
    for (const state of statesAfter(decided.value, world.caseById)) states.set(state.id, state);
    for (const event of decided.value) all.push(event);
  }
  return all;
}

function roundTrips(events: readonly CaseEvent[]): number {
  let count = 0;
  for (const event of events) {
    const back: CaseEvent = JSON.parse(JSON.stringify(event));
    if (back.version > 0) count += 1;
  }
  return count;
}

function steps(): readonly Step[] {
  const rules = someRules({ policiesAt: () => somePolicies });
  const begin = [
    { id: CASE, body: aReport({ reporterId: 'caller-1' }) },
    { id: OTHER, body: aReport({ reporterId: 'caller-2' }) },
    { id: TICKET, body: aTicket() },
  ];
  const begun = begin.map(({ id, body }) => ({ body, context: { ...aContext(morning, rules), newCaseId: () => id } }));
  const acts = [
    ...caseStory.map((act) => ({ ...act, caseId: CASE })),
    ...ticketStory.map((act) => ({ ...act, caseId: TICKET })),
  ];
  const rest = acts.map((act, index) => {
    const context = { ...aContext(plus(morning, (index + 1) * MINUTE_MS), rules), newCaseId: () => 'none' };
    return { body: act as CaseCommand['body'], context };
  });
  return [...begun, ...rest].map(({ body, context }, index) => {
    return { command: { id: `command-${index}`, actor: desk, body }, context };
  });
}

const handling: readonly Act[] = [
  { type: 'accept', handlerId: 'cleaner-1' },
  { type: 'handle', result: '已清运' },
  { type: 'feed_back', opinion: '已处理' },
  { type: 'request_check', collectorId: 'grid-2' },
];

const caseStory: readonly Act[] = [
  { type: 'request_verify', collectorId: 'grid-1' },
  { type: 'verify', result: 'exists' },
  { type: 'register', condition: '满溢' },
  { type: 'merge', ids: [OTHER], reason: '同一处' },
  { type: 'dispatch', unit: '91', opinion: '请处理' },
  { type: 'sub_dispatch', unit: '911' },
  { type: 'return', reasonCode: 'R01', reason: '不属于本村' },
  { type: 'sub_dispatch', unit: '911', mode: 'joint', orders: [{ unit: '92', personId: null, role: 'co' }] },
  { type: 'accept_order', orderId: `${CASE}-1` },
  { type: 'answer_order', orderId: `${CASE}-1`, words: '已调车' },
  { type: 'request_extension', reason: '缺车' },
  { type: 'decide_extension', isGranted: true, opinion: '同意' },
  { type: 'supervise', kind: 'leader', level: 1, party: 'P1', reason: '重点', answerBy: null },
  { type: 'answer_supervision', supervisionId: `${CASE}-D1`, words: '已安排' },
  { type: 'urge', words: '请加快' },
  ...handling,
  { type: 'check', result: 'failed', opinion: '未清净' },
  { type: 'rework', reason: '未清净' },
  ...handling,
  { type: 'check', result: 'passed' },
  { type: 'unmerge', id: OTHER, reason: '另一处' },
  { type: 'close', condition: '已清运' },
];

const ticketStory: readonly Act[] = [
  { type: 'sign' },
  { type: 'start_endorsement', steps: [{ post: '领导', personId: null, limitMinutes: 10 }] },
  { type: 'endorse', decision: 'agree', opinion: '同意' },
  { type: 'assign', unit: '911', mode: 'joint', orders: [{ unit: '921', personId: 'secretary-1', role: 'main' }] },
  { type: 'accept', handlerId: 'cadre-1' },
  { type: 'contact', result: '先恢复供水' },
  { type: 'start_work' },
  { type: 'request_suspension', until: plus(morning, 3 * 86_400_000), reason: '等待配件' },
  { type: 'decide_suspension', isGranted: true, opinion: '同意' },
  { type: 'resume' },
  { type: 'whistle', orders: [{ unit: '92', personId: null, role: 'co' }], reason: '关阀' },
  { type: 'arrive', orderId: `${TICKET}-2` },
  { type: 'answer_order', orderId: `${TICKET}-2`, words: '已关阀' },
  { type: 'waive_order', orderId: `${TICKET}-1`, reason: '不需要' },
  { type: 'reply', reply: '已修复' },
  { type: 'begin_call_back' },
  { type: 'redo', reason: '仍漏水' },
  { type: 'reply', reply: '已换管' },
  { type: 'begin_call_back' },
  { type: 'conclude', solved: 'solved', satisfied: 'satisfied' },
];

/** Units of work a second; each call of `work` does `units` of them and says how many events it saw. */
function perSecond(work: () => number, units: number, expected: number): number {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < ROUND_MS) {
    if (work() !== expected) throw new Error('the story has changed');
    done += units;
  }
  return done / ((performance.now() - start) / 1_000);
}

function median(values: readonly number[]): number {
  return required([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)], 'there were rounds');
}
