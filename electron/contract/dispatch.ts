import { handleModes } from '#domain/case/side.ts';
import { limitUnits } from '#domain/sla/limit.ts';
import { Code, z } from './schema.ts';

const SuggestedUnit = z.object({
  unit: z.string(),
  name: z.string(),
  /** The person the responsibility names 责任到人, and how the desk calls that person. */
  personId: z.string().nullable(),
  personDisplay: z.string().nullable(),
});

/**
 * Why a unit is suggested, as data for words: `duty` a row of the 权责清单 (its number) · `territory` 属地 · `history` it
 * handled so many of the last cases of this class here · `accuracy` 首派准确率 · `returned` it sent this very case back ·
 * `stands_in` for a unit that was dissolved or has no such office · `whole_class` nothing more exact fits.
 */
const Reason = z.object({
  kind: z.enum(['duty', 'territory', 'history', 'accuracy', 'returned', 'stands_in', 'whole_class']),
  detail: z.record(z.string(), z.string()),
});
export type SuggestionReason = z.infer<typeof Reason>;

const Suggestion = z.object({
  lead: SuggestedUnit,
  co: z.array(SuggestedUnit),
  mode: z.enum(handleModes),
  /** Handling limit that a dispatch now would start. */
  limit: z.object({ value: z.number(), unit: z.enum(limitUnits), basis: z.string(), isPlaceholder: z.boolean() }),
  /** Dispatches of this class to this unit that were not returned, of all of them in the last year 首派准确率. */
  accuracy: z.object({ right: z.int(), all: z.int() }),
  reasons: z.array(Reason),
  /** White-listed: the host may dispatch it without a person. */
  isAutomatic: z.boolean(),
  isPlaceholder: z.boolean(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** Best first; never empty for a place inside the district. */
export const DispatchSuggestions = z.object({
  id: z.string(),
  suggestions: z.array(Suggestion),
  /** Conditions 立案条件 for this class, with their limits; the default first. */
  conditions: z.array(
    z.object({
      condition: z.string(),
      closeCondition: z.string(),
      value: z.number(),
      unit: z.enum(limitUnits),
      isPlaceholder: z.boolean(),
    }),
  ),
});
export type DispatchSuggestions = z.infer<typeof DispatchSuggestions>;

export const UnitSearch = z.strictObject({ text: z.string().max(80), limit: z.int().min(1).max(100).default(20) });
/** Units in force that fit the text, and the people in their posts. */
export const FoundUnits = z.object({
  units: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      parent: z.string().nullable(),
      parentName: z.string().nullable(),
    }),
  ),
});
export const UnitRef = z.strictObject({ unit: Code });
export const UnitPeople = z.object({
  people: z.array(z.object({ id: z.string(), display: z.string(), post: z.string() })),
});
