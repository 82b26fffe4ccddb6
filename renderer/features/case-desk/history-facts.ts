import type { HistoryStep } from '#contract/cases.ts';

/** How the screen says units, moments and words; the catalog and the directory answer. */
export interface FactSpeech {
  unit(code: string | null): string;
  moment(at: number): string;
  /** A text of the catalog under a key of `factWords`. */
  word(key: string, values?: Readonly<Record<string, string>>): string;
  /** A code of the trade in words: a mode, a post, a result, a time class …; undefined if it has none. */
  name(kind: FactName, code: string): string | undefined;
}

/** Kinds of codes that stand in events. */
export type FactName =
  | 'mode'
  | 'checkResult'
  | 'verifyResult'
  | 'supervisionKind'
  | 'appealKind'
  | 'appealResult'
  | 'endorsementPost'
  | 'post'
  | 'clock'
  | 'orderRole'
  | 'reason'
  | 'party'
  | 'timeClass'
  | 'solved'
  | 'satisfied';

type Facts = HistoryStep['facts'];
type Say = (speech: FactSpeech, facts: Facts, step: HistoryStep) => string;

/** Facts that are told by another one, or that the screen shows elsewhere. */
export const silentFacts: ReadonlySet<string> = new Set([
  'source',
  'classRef',
  'place',
  'extra',
  'isDemo',
  'state',
  'to',
  'returnedTo',
  'recallUntil',
  'clock',
  'before',
  'handle',
  'limit',
  'mayDispatchFirst',
  'isConfidential',
  'reporterId',
  'ref',
  'reportedAt',
]);

/** How each fact of an event is told, in the order of telling. */
export const factSpeech: Readonly<Record<string, Say>> = {
  unit: (speech, { unit }, { type }) => {
    if (unit === null && type === 'ticket.return_reviewed.v1') return speech.word('noChange');
    if (unit === null && type !== 'case.escalated.v1' && type !== 'case.returned.v2') return '';
    return `→ ${speech.unit(textOrNull(unit))}`;
  },
  personId: (_, { personId }) => text(personId),
  handlerId: (_, { handlerId }) => text(handlerId),
  collectorId: (_, { collectorId }) => text(collectorId),
  orderId: (_, { orderId }) => text(orderId).replace(/^.*-/, '#'),
  mode: (speech, { mode }) => named(speech, 'mode', mode),
  orders: (speech, { orders }) => {
    const told = listOf(orders).map(
      ({ unit, role }) => `${speech.unit(text(unit))} ${named(speech, 'orderRole', role)}`,
    );
    return told.length === 0 ? '' : speech.word('orders', { units: told.join('、') });
  },
  steps: (speech, { steps, mayDispatchFirst }) => {
    const told = listOf(steps).map(({ post }) => named(speech, 'endorsementPost', post));
    const first = mayDispatchFirst === true ? ` · ${speech.word('dispatchFirst')}` : '';
    return speech.word('steps', { steps: told.join(' → ') }) + first;
  },
  decision: (speech, { decision }) => speech.word(text(decision)),
  isGranted: (speech, { isGranted }) => speech.word(isGranted === true ? 'granted' : 'refused'),
  result: (speech, { result }, { type }) => {
    if (type.startsWith('case.checked.')) return named(speech, 'checkResult', result);
    if (type.startsWith('case.verified.')) return named(speech, 'verifyResult', result);
    return type === 'case.appeal_reviewed.v1' ? named(speech, 'appealResult', result) : text(result);
  },
  kind: (speech, { kind }, { type }) =>
    named(speech, type === 'case.appealed.v1' ? 'appealKind' : 'supervisionKind', kind),
  level: (speech, { level }) => speech.word('level', { level: String(Number(level)) }),
  party: (speech, { party }) => speech.word('party', { party: named(speech, 'party', party) }),
  supervisionId: (_, { supervisionId }) => text(supervisionId).replace(/^.*-/, '#'),
  waitsFor: (speech, { waitsFor }) => speech.word('waitsFor', { post: named(speech, 'post', waitsFor) }),
  timeClass: (speech, { timeClass }) => named(speech, 'timeClass', timeClass),
  issuedAt: (speech, { issuedAt }) => speech.word('issued', { time: speech.moment(Number(issuedAt)) }),
  contactDueAt: (speech, { contactDueAt }) => speech.word('contactBy', { time: speech.moment(Number(contactDueAt)) }),
  reports: (speech, { reports }) =>
    speech.word('reports', {
      ids: listOf(reports)
        .map(({ caseId }) => text(caseId).slice(-4))
        .join(' '),
    }),
  into: (speech, { into }) => speech.word('caseNumber', { id: text(into) }),
  from: (speech, { from }) => speech.word('caseNumber', { id: text(from) }),
  id: (speech, { id }) => speech.word('caseNumber', { id: text(id) }),
  external: (speech, { external }) =>
    external === null ? '' : speech.word('external', { id: text(record(external)['id']) }),
  solved: (speech, { solved }) => named(speech, 'solved', solved),
  satisfied: (speech, { satisfied }) => named(speech, 'satisfied', satisfied),
  photos: (speech, { photos }) => {
    const { length } = listOf(photos);
    return length === 0 ? '' : speech.word('photos', { count: String(length) });
  },
  isHardCase: (speech, { isHardCase }) => (isHardCase === true ? speech.word('hardCase') : ''),
  reasonCode: (speech, { reasonCode }) => {
    const code = text(reasonCode);
    return [code, speech.name('reason', code)].filter(Boolean).join(' ');
  },
  condition: (_, { condition }) => text(condition),
  reason: (_, { reason }) => text(reason),
  opinion: (_, { opinion }) => text(opinion),
  words: (_, { words }) => text(words),
  reply: (_, { reply }) => text(reply),
  description: (_, { description }) => text(description),
  until: (speech, { until }) => speech.word('until', { time: speech.moment(Number(until)) }),
  answerBy: (speech, { answerBy }) =>
    answerBy === null ? '' : speech.word('answerBy', { time: speech.moment(Number(answerBy)) }),
  deadline: (speech, { deadline }) =>
    deadline === null ? '' : speech.word('due', { time: speech.moment(Number(record(deadline)['dueAt'])) }),
  dueAt: (speech, { dueAt }, { type }) => {
    if (dueAt === null) return '';
    const isMoved = /extended|resumed|redone|reworked/.test(type);
    return speech.word(isMoved ? 'newDue' : 'due', { time: speech.moment(Number(dueAt)) });
  },
  after: (speech, { before, after }) =>
    speech.word('dueFrom', { before: speech.moment(Number(before)), after: speech.moment(Number(after)) }),
  closedAt: (speech, { closedAt }) => (closedAt === null ? '' : speech.moment(Number(closedAt))),
  isProvisional: (speech, { isProvisional }) => (isProvisional === true ? speech.word('provisional') : ''),
};

/** The facts of a step in words, in one order for all types; what is empty is left out. */
export function factsOf(step: HistoryStep, speech: FactSpeech): readonly string[] {
  return Object.entries(factSpeech)
    .filter(([name]) => Object.hasOwn(step.facts, name))
    .map(([, say]) => say(speech, step.facts, step))
    .filter((part) => part !== '');
}

function named(speech: FactSpeech, kind: FactName, value: unknown): string {
  const code = text(value);
  return code === '' ? '' : (speech.name(kind, code) ?? code);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map((item) => record(item)) : [];
}
