import { roles, type Actor } from '#domain/access/roles.ts';
import { DAY_MS, plus } from '#domain/base/instant.ts';
import type { Random } from '#domain/base/random.ts';
import type { NewOrder } from '#domain/case/commands.ts';
import { rowsFor, caseActions, type CaseAction } from '#domain/case/transitions.ts';
import { verificationResults } from '#domain/case/side.ts';
import type { CaseState } from '#domain/case/state.ts';
import { photoKinds, type Photo } from '#domain/case/photos.ts';
import { anActor, desk } from './cases.ts';
import { aPhoto } from './photos.ts';
import type { Act, World } from './world.ts';

const units = ['91', '911', '9111', '9112', '92', '921', '9', 'nowhere'] as const;
const people = ['finder-1', 'handler-1', 'handler-2', 'collector-1', 'collector-2', 'leader-1'] as const;
const ends: readonly CaseAction[] = ['force_close', 'void', 'reject'];
const asides: readonly CaseAction[] = [
  'urge',
  'supervise',
  'answer_supervision',
  'redate',
  'start_endorsement',
  'reveal_reporter',
  'erase_reporter',
];
const onward: readonly CaseAction[] = [
  ...(['register', 'dispatch', 'sub_dispatch', 'accept', 'handle', 'feed_back', 'request_check', 'check'] as const),
  ...(['close', 'rework', 'sign', 'assign', 'contact', 'start_work', 'reply', 'begin_call_back', 'conclude'] as const),
  ...(['redo', 'hand_over', 'fail_close', 'resume', 'unmerge', 'verify', 'answer_order', 'skip_endorsement'] as const),
  ...(['request_extension', 'pass_extension', 'decide_extension', 'request_suspension', 'decide_suspension'] as const),
];

/** An action that is mostly one of the state's own, often one that leads on, rarely one that ends the case. */
export function someAction(found: CaseState, random: Random): CaseAction {
  if (random.chance(0.05)) return random.pick(caseActions.slice(1));
  const offered = caseActions.filter((action) => rowsFor(found.record, found.state, action).length > 0);
  const leading = offered.filter((action) => onward.includes(action));
  const action = offered.length === 0 ? 'urge' : random.pick(offered);
  const isDull = (ends.includes(action) && random.chance(0.9)) || (asides.includes(action) && random.chance(0.7));
  return leading.length > 0 && (isDull || random.chance(0.5)) ? random.pick(leading) : action;
}

/** Somebody who mostly holds a post of the action, in the unit that has the case, above it or elsewhere. */
export function someActor(found: CaseState, action: CaseAction, random: Random): Actor {
  if (random.chance(0.45)) return desk;
  const posts = rowsFor(found.record, found.state, action).flatMap(({ by }) => by);
  const role = posts.length > 0 && random.chance(0.9) ? random.pick(posts) : random.pick(roles);
  const holder = found.holder?.unit ?? null;
  const unit = random.chance(0.7) ? holder : random.pick([null, ...units.slice(0, 6)]);
  return anActor(role, unit, random.chance(0.6) ? (found.handlerId ?? random.pick(people)) : random.pick(people));
}

/** What the form of an action is filled in with: mostly right, sometimes not. */
export function someAct(
  action: Exclude<CaseAction, 'report' | 'receive'>,
  found: CaseState,
  world: World,
  random: Random,
): Act {
  const words = random.chance(0.97) ? '已办' : ' ';
  const unit = random.pick(random.chance(0.9) ? units.slice(0, 6) : units);
  const person = random.pick(people);
  const isGranted = random.chance(0.7);
  const orderId = random.chance(0.9) && found.side.orders.length > 0 ? random.pick(found.side.orders).id : 'nothing';
  const others = [...world.states.keys()];
  const expectedVersion = random.chance(0.03) ? { expectedVersion: random.integer(1, found.version) } : {};
  switch (action) {
    case 'dispatch':
    case 'sub_dispatch':
    case 'assign': {
      const target = found.side.redispatchTo ?? unit;
      return { type: action, unit: target, personId: person, ...someOrders(random), ...expectedVersion };
    }
    case 'return':
      return { type: action, reasonCode: random.chance(0.95) ? 'R01' : 'no', reason: words };
    case 'accept':
      return { type: action, handlerId: person, ...expectedVersion };
    case 'contact':
      return { type: action, result: words, ...(random.chance(0.5) ? { handlerId: person } : {}) };
    case 'request_verify':
    case 'request_check':
      return { type: action, collectorId: person };
    case 'verify':
      return { type: action, result: random.pick(verificationResults), opinion: words, photos: somePhotos(random) };
    case 'check':
      return {
        type: action,
        result: random.pick(['passed', 'failed', 'unable'] as const),
        opinion: words,
        photos: somePhotos(random),
      };
    case 'register':
    case 'close':
      return { type: action, condition: words, ...expectedVersion };
    case 'handle':
      return { type: action, result: words, photos: somePhotos(random) };
    case 'reply':
      return { type: action, reply: words };
    case 'feed_back':
    case 'recall':
    case 'sign':
    case 'start_work':
    case 'begin_call_back':
    case 'pass_extension':
    case 'resume':
      return { type: action };
    case 'escalate': {
      const target = random.pick(['next', null, unit]);
      return { type: action, reason: words, isHardCase: isGranted, ...(target === 'next' ? {} : { unit: target }) };
    }
    case 'hand_over':
    case 'urge':
      return { type: action, words };
    case 'request_return':
      return { type: action, reasonCode: 'R01', reason: words };
    case 'review_return':
      return { type: action, unit: random.chance(0.5) ? unit : null, opinion: words };
    case 'whistle':
      return { type: action, orders: someOrders(random).orders ?? [], reason: words };
    case 'conclude':
      return {
        type: action,
        solved: random.pick(['solved', 'unsolved', 'x']),
        satisfied: random.pick(['basic', 'none']),
      };
    case 'start_endorsement':
      return {
        type: action,
        steps: people.slice(0, random.integer(0, 3)).map((personId) => {
          return { post: '领导', personId: random.chance(0.5) ? personId : null, limitMinutes: 10 };
        }),
      };
    case 'endorse':
      return { type: action, decision: random.chance(0.8) ? 'agree' : 'send_back', opinion: words };
    case 'delegate_endorsement':
      return { type: action, personId: person, reason: words };
    case 'accept_order':
      return { type: action, orderId, handlerId: person };
    case 'arrive':
      return { type: action, orderId };
    case 'answer_order':
      return { type: action, orderId, words };
    case 'waive_order':
      return { type: action, orderId, reason: words };
    case 'decide_extension':
    case 'decide_suspension':
    case 'review_appeal':
      return { type: action, isGranted, opinion: words };
    case 'request_suspension':
      return { type: action, until: plus(world.now, Math.trunc(random.exponential(3) * DAY_MS)), reason: words };
    case 'supervise':
      return { type: action, kind: 'leader', level: 1, party: 'P1', reason: words, answerBy: null };
    case 'answer_supervision':
      return { type: action, supervisionId: `${found.id}-D${random.integer(1, 2)}`, words };
    case 'appeal':
      return { type: action, kind: random.chance(0.7) ? 'overdue' : 'exclude', reason: words };
    case 'merge':
      return {
        type: action,
        ids: [random.pick(others), random.pick(others)].slice(0, random.integer(0, 2)),
        reason: words,
      };
    case 'unmerge': {
      const merged = found.side.merged.map(({ caseId }) => caseId);
      return { type: action, id: random.pick([...merged, ...merged, ...others]), reason: words };
    }
    case 'reject':
    case 'void':
    case 'rework':
    case 'fail_close':
    case 'force_close':
    case 'redo':
    case 'skip_endorsement':
    case 'request_extension':
    case 'redate':
    case 'reveal_reporter':
    case 'erase_reporter':
      return { type: action, reason: words };
  }
}

function somePhotos(random: Random): readonly Photo[] {
  if (random.chance(0.1)) return [];
  return [aPhoto(random.pick(photoKinds), random.integer(1, 99)), aPhoto('after', random.integer(1, 99))];
}

function someOrders(random: Random): { mode?: 'joint' | 'relay'; orders?: readonly NewOrder[] } {
  if (random.chance(0.6)) return {};
  const orders = units.slice(0, 6).filter(() => random.chance(0.3));
  return {
    mode: random.pick(['joint', 'relay'] as const),
    orders: orders.map((unit) => ({ unit, personId: random.pick(people), role: random.pick(['co', 'main'] as const) })),
  };
}
