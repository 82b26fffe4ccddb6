import { Receipt } from './cases.ts';
import { method } from './method.ts';
import { PersonAct, RevealedPerson } from './people.ts';

const onRecord = ['journal_full', 'journal_read_only', 'busy'] as const;

/** Who reported 来电人: shown in plain words, or erased. Part of the one table, `api`. */
export const personMethods = {
  'person.reveal': method({
    input: PersonAct,
    output: RevealedPerson,
    errors: [
      ...(['not_found', 'reporter_unknown', 'reporter_erased', 'reporter_confidential', 'archived'] as const),
      ...(['people_off', 'person_unreadable', 'reveal_limit', 'wrong_role', ...onRecord] as const),
    ],
    needs: 'person.reveal',
    about: 'who reported a case, in plain words for a minute; recorded with the reason first, so many an hour',
    example: { caseId: '20261124000001', reason: '回访' },
  }),
  'person.erase': method({
    input: PersonAct,
    output: Receipt,
    errors: [
      ...(['not_found', 'reporter_unknown', 'reporter_erased', 'archived', 'people_off', 'wrong_role'] as const),
      ...(['people_disk_full', ...onRecord] as const),
    ],
    needs: 'person.erase',
    about: 'erases for good who reported a case; the case stays',
    example: { caseId: '20261124000001', reason: '本人要求' },
  }),
} as const;
