import * as briefings from './briefings.ts';
import { method } from './method.ts';
import { NoInput } from './schema.ts';

const id = 'daily-2026-11-22-1';
const unreadable = ['not_found', 'briefing_damaged'] as const;
const printing = ['printer_missing', 'printer_failed', 'unavailable'] as const;

/** Briefings 简报 on paper. Part of the one table, `api`. */
export const briefingMethods = {
  'briefings.list': method({
    input: NoInput,
    output: briefings.BriefingList,
    errors: ['unavailable'],
    needs: 'briefing.read',
    about: 'drafts and issued briefings, newest first, and who may draft and issue',
    example: {},
  }),
  'briefings.page': method({
    input: briefings.BriefingRef,
    output: briefings.Briefing,
    errors: [...unreadable],
    needs: 'briefing.page',
    about: 'what stands on one briefing; a page that is being printed may read its own alone',
    example: { id },
  }),
  'briefings.create': method({
    input: briefings.BriefingCreate,
    output: briefings.Briefing,
    errors: ['figures_counting', 'briefing_day', 'person_unknown', 'busy', 'unavailable'],
    needs: 'briefing.edit',
    about: 'makes a draft out of the figures at the head of the journal',
    example: { kind: 'daily', day: '2026-11-22' },
  }),
  'briefings.issue': method({
    input: briefings.BriefingIssue,
    output: briefings.Briefing,
    errors: [...unreadable, 'briefing_issued', 'person_unknown', 'own_draft', 'wrong_role', ...printing],
    needs: 'briefing.edit',
    about: 'a second person issues a draft 审签印发: numbered, printed, frozen',
    example: { id, approvedBy: 'P0001' },
  }),
  'briefings.print': method({
    input: briefings.BriefingRef,
    output: briefings.PrintedBriefing,
    errors: [...unreadable, ...printing],
    needs: 'briefing.read',
    about: 'a one-time address of the PDF: of an issued one as it was issued, of a draft printed now with 草稿 on it',
    example: { id },
  }),
  'briefings.cases': method({
    input: briefings.BriefingFigureRef,
    output: briefings.BriefingCases,
    errors: [...unreadable, 'figures_counting'],
    needs: 'briefing.read',
    about: 'the cases behind a figure of a briefing, by the number that is printed beside it',
    example: { id, figure: 'D-01' },
  }),
} as const;
