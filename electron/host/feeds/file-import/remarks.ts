/**
 * Why a row was refused or is doubtful. Codes are stable: message catalogs and scripts use them. Refusals of the domain
 * (`reported_in_future`, `description_missing`) come as they are.
 */
export const rowReasons = [
  /** Refused: the row has more or fewer fields than the head row. */
  'field_count',
  /** Refused: no outside number. */
  'id_missing',
  /** Refused: this outside number stood further up in the same file. */
  'id_repeated',
  /** Refused: no time of the report, or none that can be read. */
  'date_missing',
  'date_unreadable',
  /** Doubtful: closed before it was opened; kept with the dates as given. */
  'closed_before_opened',
  /** Doubtful: the time of closing can't be read; kept without it. */
  'closed_unreadable',
  /** Doubtful: closed, but nothing says when. */
  'closed_time_missing',
  /** Doubtful: a state that the mapping does not know; kept as open. */
  'state_unknown',
  /** Doubtful: no number or not on earth; kept without a point. */
  'position_unreadable',
  /** Doubtful: outside the district; kept with its point, without a grid. */
  'outside_district',
] as const;
export type RowReason = (typeof rowReasons)[number];
