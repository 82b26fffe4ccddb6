import { MINUTE_MS } from '#domain/base/instant.ts';
import type { CasePolicies, CaseRules, LimitQuery } from '#domain/case/rules.ts';
import type { TakenLimit } from '#domain/case/side.ts';
import { WorkCalendar } from '#domain/sla/work-calendar.ts';

/** The default policies of `resources/tables/policies.csv`, but that no act needs a photo: tests of these guards say so. */
export const somePolicies: CasePolicies = {
  recallWindowMs: MINUTE_MS,
  ticketReturnWindow: { value: 8, unit: 'work_hour' },
  appealWindow: { case: { value: 7, unit: 'natural_day' }, ticket: { value: 7, unit: 'natural_day' } },
  appealReviewers: 2,
  maxExtensions: 2,
  maxSuspensions: 1,
  maxSuspensionDays: 365,
  reworkDeadline: 'keep',
  urgentDispatchesFirst: true,
  adminMayForceClose: false,
  maxTicketRounds: 3,
  photoNeededAt: { report: false, verify: false, handle: false, check: false },
};

/** 国庆 2026 with its make-up days; the rest of 2025 to 2027 as plain weeks. */
export const someCalendar = new WorkCalendar({
  version: 'test-1',
  days: [
    ...['01', '02', '03', '04', '05', '06', '07'].map(
      (day) => ({ date: `2026-10-${day}`, kind: 'holiday', name: '国庆节' }) as const,
    ),
    { date: '2026-09-20', kind: 'workday', name: '国庆节' },
    { date: '2026-10-10', kind: 'workday', name: '国庆节' },
  ],
  years: [2025, 2026, 2027],
  hours: [
    {
      from: '2020-01-01',
      to: null,
      periods: [
        { startMinute: 480, endMinute: 720 },
        { startMinute: 840, endMinute: 1080 },
      ],
    },
  ],
  hoursPerWorkDay: 8,
  offsetMinutes: 480,
});

const stageMinutes = { register: 15, dispatch: 15, verify: 30, check: 30 } as const;
const ticketHours: Readonly<Record<string, number>> = { emergency: 2, livelihood: 24, general: 168, complex: 360 };

/** Limits of the tests: classes that begin with 01 have two hours, all others three work days. */
export function someLimit({ record, clock, classRef, timeClass }: LimitQuery): TakenLimit {
  if (record === 'ticket') {
    const hours = ticketHours[timeClass ?? 'general'] ?? 168;
    if (clock === 'handle') return { value: hours, unit: 'urgent_hour', basis: String(timeClass) };
    return { value: clock === 'contact' ? 30 : 60, unit: 'minute', basis: clock };
  }
  if (clock === 'handle') {
    const isShort = classRef.code.startsWith('01');
    return isShort ? { value: 2, unit: 'urgent_hour', basis: '01' } : { value: 3, unit: 'work_day', basis: '' };
  }
  return { value: clock === 'contact' ? 30 : stageMinutes[clock], unit: 'minute', basis: clock };
}

/** Rules for tests; `change` replaces policies, limits or anything else. */
export function someRules(change: Partial<CaseRules> & { readonly policies?: Partial<CasePolicies> } = {}): CaseRules {
  const { policies, ...rest } = change;
  return {
    calendar: someCalendar,
    policiesAt: () => ({ ...somePolicies, ...policies }),
    limitFor: someLimit,
    isReturnReason: (_, code) => /^R\d\d$/.test(code),
    isUrgent: ({ timeClass }) => timeClass === 'emergency',
    isSupervisingParty: (code) => code.startsWith('P'),
    isTimeClass: (code) => Object.hasOwn(ticketHours, code),
    isCallBackAnswer: (question, code) =>
      (question === 'solved'
        ? ['solved', 'unsolved', 'partly']
        : ['satisfied', 'unsatisfied', 'basic', 'none']
      ).includes(code),
    blackout: () => null,
    ...rest,
  };
}
