import { briefingKinds, type BriefingDocument } from '#domain/briefing/document.ts';
import { indicatorIds } from '#domain/metrics/indicators.ts';
import { CaseRow } from './cases.ts';
import { Code, Instant, z } from './schema.ts';

const Day = z.iso.date();
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const BriefingKindName = z.enum(briefingKinds);

/** Names its files too: kind, day and a number that counts up, `daily-2026-11-22-1`. */
export const BriefingId = z.string().regex(/^[a-z]{3,20}-\d{4}-\d{2}-\d{2}-\d{1,4}$/);
const FigureId = z.string().regex(/^D-\d{2,3}$/);

function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}

const Query = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('indicator'),
    indicator: z.enum(indicatorIds),
    group: z.enum(['district', 'class']),
    of: z.string(),
    from: Day,
    to: Day,
  }),
  z.strictObject({ kind: z.literal('standing'), part: z.enum(['open', 'overdue']), at: Instant }),
  z.strictObject({ kind: z.literal('case'), id: Code }),
]);

const Figure = z.strictObject({ id: FigureId, label: z.string(), value: z.string(), query: Query });

const Sheet = z.strictObject({
  widthMm: z.number(),
  heightMm: z.number(),
  areas: list(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      path: z.string(),
      label: z.tuple([z.number(), z.number()]).readonly(),
    }),
  ),
  scale: z.strictObject({ km: z.number(), lengthMm: z.number() }),
  mark: z.string(),
});

const figures = list(FigureId);
const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('section'), title: z.string(), isOnNewPage: z.boolean() }),
  z.strictObject({ kind: z.literal('subsection'), title: z.string() }),
  z.strictObject({ kind: z.literal('sentence'), text: z.string(), figures }),
  z.strictObject({ kind: z.literal('note'), text: z.string() }),
  z.strictObject({
    kind: z.literal('table'),
    isOnNewPage: z.boolean(),
    caption: z.string(),
    figures,
    columns: list(z.strictObject({ title: z.string(), isNumber: z.boolean(), widthMm: z.number().nullable() })),
    rows: list(
      z.strictObject({
        cells: list(z.string()),
        isSum: z.boolean(),
        level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable(),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal('lines'),
    caption: z.string(),
    hint: z.string(),
    figures,
    finding: z.string(),
    series: list(
      z.strictObject({
        name: z.string(),
        values: list(z.number()),
        band: z.tuple([z.number(), z.number()]).readonly().nullable(),
      }),
    ),
    days: list(z.string()),
  }),
  z.strictObject({
    kind: z.literal('map'),
    caption: z.string(),
    hint: z.string(),
    figures,
    finding: z.string(),
    sheet: Sheet,
    values: z.record(z.string(), z.number()),
    steps: list(z.number()),
    unit: z.string(),
  }),
  z.strictObject({ kind: z.literal('facts'), rows: list(z.strictObject({ name: z.string(), text: z.string() })) }),
]);

const Document: z.ZodType<BriefingDocument> = z.strictObject({
  kind: BriefingKindName,
  day: Day,
  masthead: z.string(),
  unit: z.string(),
  title: z.string(),
  blocks: list(Block),
  figures: list(Figure),
});

/** A person by the number of the post, with the name that is printed. */
const Signer = z.strictObject({ id: z.string(), display: z.string() });

/** What issuing 印发 adds. `serial` is 第 n 期 of its kind and year; the same day again keeps it, with the next `version`. */
const Issue = z.strictObject({
  year: z.int(),
  serial: z.int().min(1),
  version: z.int().min(1),
  at: Instant,
  approvedBy: Signer,
});

/**
 * A briefing: what is printed, and what it was made of. `dataTime` is when the host was looked at, `sequence` the last entry of the journal that counts,
 * `journalHash` its head then (security.md L4), `inputsHash` the SHA-256 of the document. `draftedBy` null: made by a job.
 */
export const Briefing = z.strictObject({
  id: BriefingId,
  document: Document,
  createdAt: Instant,
  draftedBy: Signer.nullable(),
  dataTime: Instant,
  sequence: z.int().min(0),
  journalHash: z.string(),
  inputsHash: Hash,
  issue: Issue.nullable(),
  /** Of the issued PDF, beside it in the folder; null of a draft. */
  pdfHash: Hash.nullable(),
});
export type Briefing = z.infer<typeof Briefing>;

const Entry = z.object({
  id: BriefingId,
  kind: BriefingKindName,
  day: Day,
  title: z.string(),
  createdAt: Instant,
  draftedBy: z.string().nullable(),
  sequence: z.int(),
  state: z.enum(['draft', 'issued', 'damaged']),
  issue: Issue.nullable(),
});
export type BriefingEntry = z.infer<typeof Entry>;

/** Newest first. A damaged one cannot be opened; it is said which. `approvers` may issue today: leaders of the district desk. */
export const BriefingList = z.object({
  briefings: z.array(Entry),
  approvers: z.array(Signer),
  drafters: z.array(Signer),
});
export type BriefingList = z.infer<typeof BriefingList>;

/** A day in Beijing that is not after today. `draftedBy`: a person of the district desk; left out: a job. */
export const BriefingCreate = z.strictObject({ kind: BriefingKindName, day: Day, draftedBy: Code.optional() });
export const BriefingRef = z.strictObject({ id: BriefingId });
export const BriefingIssue = z.strictObject({ id: BriefingId, approvedBy: Code });

/** Where the bytes of a PDF are fetched, once. */
export const PrintedBriefing = z.object({ path: z.string(), expiresAt: Instant, bytes: z.int(), fileName: z.string() });

export const BriefingFigureRef = z.strictObject({
  id: BriefingId,
  figure: FigureId,
  limit: z.int().min(1).max(200).default(50),
});

/** The cases behind a figure as counted now, and how many they were on paper; they differ where later entries told more. */
export const BriefingCases = z.object({
  label: z.string(),
  printed: z.string(),
  count: z.int(),
  rows: z.array(z.object({ id: z.string(), row: CaseRow.nullable() })),
});
export type BriefingCases = z.infer<typeof BriefingCases>;
