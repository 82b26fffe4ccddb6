/**
 * Why a command on a case was refused. A closed list: each has its own words in the message catalog and its own test.
 */
export const refusalCodes = [
  'not_found',
  'already_exists',
  'wrong_state',
  'wrong_role',
  'not_holder',
  'stale',
  'archived',
  'reason_missing',
  'condition_missing',
  'result_missing',
  'description_missing',
  'unit_unknown',
  'unit_not_below',
  'finder_is_handler',
  'handler_is_checker',
  'not_the_collector',
  'returned_to_other_post',
  'reported_in_future',
  'place_incomplete',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A refusal is a value, never an exception. `detail` holds plain facts for the message (state, unit, post …). */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, string>>;
}
