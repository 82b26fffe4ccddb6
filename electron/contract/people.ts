import { Code, Instant, Words, z } from './schema.ts';

/**
 * Whether names and numbers of reporters can be kept (decision 12). `no_secret`: the headless host was given no pass-phrase;
 * `no_key_store`: the system has no key store that encrypts. Then nothing was ever kept here. `locked`: something was, and
 * what opens it was not given; `other_key`: what was given is another key, after the key store changed, say; `damaged`: the
 * wrapped key is gone or unreadable. Only `open` keeps and shows; the others are health facts `people_…`.
 */
export const peopleStates = ['open', 'no_secret', 'no_key_store', 'locked', 'other_key', 'damaged'] as const;
export type PeopleState = (typeof peopleStates)[number];

/** How long a desk may show what `person.reveal` answered, in milliseconds (security.md D2). */
export const revealedForMs = 60_000;

/**
 * Who reports, as the desk writes it down. It is put into the side store before anything is recorded; the journal gets a
 * random reference. Left out or blank altogether: nothing is kept. `phone` is a number of 5 to 15 digits, written with
 * blanks, hyphens or +86 or without.
 */
export const Reporter = z.strictObject({
  name: z.string().trim().max(80).default(''),
  phone: z.string().trim().max(40).default(''),
  /** What else tells who it is: an address, a relation, a second number. */
  note: z.string().trim().max(500).default(''),
  isConfidential: z.boolean().default(false),
});
export type Reporter = z.infer<typeof Reporter>;

/**
 * Who reported, masked: 王**, 138****1234; null where nothing was given. `erased`: by `person.erase`. `unreadable`: the
 * record is gone or damaged. `off`: the store is not open.
 */
export const MaskedReporter = z.object({
  state: z.enum(['kept', 'erased', 'unreadable', 'off']),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  hasNote: z.boolean(),
  isConfidential: z.boolean(),
  erasedAt: Instant.nullable(),
});
export type MaskedReporter = z.infer<typeof MaskedReporter>;

/** `reason` is recorded with the act. */
export const PersonAct = z.strictObject({ caseId: Code, reason: Words });

/** Who reported, in plain words, to be shown until `until` and not longer. Texts are empty where nothing was given. */
export const RevealedPerson = z.object({
  name: z.string(),
  phone: z.string(),
  note: z.string(),
  until: Instant,
});
export type RevealedPerson = z.infer<typeof RevealedPerson>;
