import { refusalCodes } from '#domain/case/refusal.ts';

/** Everything the host can answer instead of a value: refusals of the domain, and faults of asking. A closed list. */
export const errorCodes = [
  ...refusalCodes,
  /** The input does not fit the method's schema; `detail` names the field. */
  'bad_input',
  'unknown_method',
  /** This principal may not call the method. */
  'forbidden',
  'bad_token',
  'protocol_mismatch',
  'cancelled',
  /** Part of the host is down or still starting; `detail.part` says which. */
  'unavailable',
  /** A case that ended long ago cannot be looked up now: the search tables are down or being made anew. Nothing was recorded. */
  'archive_unavailable',
  /** Ended cases are being put into the search tables again; `detail.behind` entries of the journal are missing. */
  'archive_rebuilding',
  /** The journal is being counted for figures; `detail.done` entries of `detail.of` are. */
  'figures_counting',
  /** Too much waits already; try again. */
  'busy',
  /** The disk of the journal is full: nothing was recorded. */
  'journal_full',
  /** The journal is damaged or not writable: nothing was recorded. */
  'journal_read_only',
  'file_unreadable',
  'bad_mapping',
  'import_running',
  /** One district file is examined at a time. */
  'examination_running',
  /** The examination's worker ended; `detail.reason` says why. */
  'examination_failed',
  /** Another file was examined since, or the host was started anew. */
  'examination_gone',
  /** No host could start on this district; `detail.problem` names the first obstacle. */
  'bad_district',
  /** A version takes effect today or later; `detail.today` is the day at the host. */
  'effective_day',
  /** A version that is or was in force can't be taken back: cases were filed in it. */
  'version_in_force',
  /** More bytes than a picture may have; `detail.most` says how many. */
  'attachment_too_large',
  /** Neither JPEG nor PNG nor WebP, whatever its name says. */
  'attachment_not_picture',
  'attachment_disk_full',
  /** No file of that hash is kept. */
  'attachment_missing',
  /** What is kept under that hash are other contents. */
  'attachment_damaged',
  /** An inventory of components whose bytes are not those that were kept. */
  'components_damaged',
  /** A one-time handle that was used, is late, or is not this principal's. */
  'handle_unknown',
  /** Who reports can't be kept or shown here; `detail.store` is the code of the health fact that says why. */
  'people_off',
  /** The record of a person is gone or damaged. */
  'person_unreadable',
  /** So many reveals an hour and account, `detail.most`. */
  'reveal_limit',
  /** The disk is full: a new record was not kept; an erased one goes at the next start. */
  'people_disk_full',
  /** A backup or a drill runs already. */
  'backup_running',
  /** Nobody has said where backups go. */
  'backup_not_set',
  /** The folder cannot take or give a backup; `detail.problem` says why. */
  'backup_folder',
  /** The backup before it is still whole; `detail.problem` and `detail.reason` say why. */
  'backup_failed',
  /** A base map in shifted coordinates, `detail.system`: it can't be laid under a true net. */
  'base_map_shifted',
  /** The base map can't be taken; `detail.problem` is one of `baseMapReasons`. */
  'base_map_unusable',
  /** The act does not fit how the alarm stands: acknowledged already, shelved, over. */
  'alarm_state',
  /** Level Ⅰ can't be shelved, nor what its type forbids. */
  'alarm_not_shelvable',
  /** A shelf ends later than now and within one shift: `detail.minutes`. */
  'shelf_too_long',
  /** The person has no post at the desk, by the table of people in force: `detail.person`. */
  'not_at_desk',
  /** The PIN does not fit; `detail.left` more tries. */
  'pin_wrong',
  /** Too many wrong PINs: none is looked at for `detail.minutes`. */
  'pin_blocked',
  /** The person has set no PIN yet. */
  'pin_unset',
  /** The person has a PIN already. */
  'pin_set',
  /** The site does without sign-on. */
  'sign_on_off',
  /** `detail.person` is on duty: the seat changes hands by a handover. */
  'seat_taken',
  /** Nobody is on duty. */
  'seat_empty',
  /** Not the person who is on duty, `detail.person`, signs as outgoing. */
  'not_on_duty',
  /** One person can't sign both sides of a handover. */
  'same_person',
  /** The handover is `detail.state`: signed, or not signed, by the outgoing person. */
  'handover_state',
  /** The incoming person read another form than the one that was signed. */
  'handover_changed',
  /** The outgoing person signed too long ago. */
  'handover_stale',
  /** The form that was signed is gone or changed on the disk. */
  'handover_damaged',
  /** Nobody of the district desk has that number today. */
  'person_unknown',
  /** Who drafted a briefing does not issue it. */
  'own_draft',
  /** A day that has not begun; `detail.today` is the day at the host. */
  'briefing_day',
  /** It was issued already: it never changes again. */
  'briefing_issued',
  /** Its bytes are not those that were written. */
  'briefing_damaged',
  /** No Chromium is installed that could print. */
  'printer_missing',
  /** The printer ended or hung, or the page was not whole; `detail.reason` says which. */
  'printer_failed',
  /** A table with faults was not taken; `detail` names the first, `detail.problems` has the first of them as JSON. */
  'bad_table',
  /** The desk shows the past, where nothing can be done. Said by the desk itself: nothing was sent. */
  'in_the_past',
  /** A fault of the program itself; logged on the host with its context. */
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error as it travels: a code and plain facts for its message in the catalog. Never personal data. */
export interface WireError {
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, string>>;
}
