import { pinyinInitials } from '#domain/base/pinyin-initials.ts';
import type { TableRecord } from '#renderer/state/reference.ts';

/** A demand class 诉求分类 of tickets as a form offers it. */
export interface TicketClass {
  readonly code: string;
  /** Its own name after that of the class above it. */
  readonly name: string;
  /** Names from the top down. */
  readonly path: string;
  /** Pinyin initials of the finest name. */
  readonly initials: string;
  /** Its own time class, or that of the nearest class above; empty if none has one. */
  readonly timeClass: string;
}

/** The finest classes of the table; two digits of the code are one level. */
export function ticketClasses(rows: readonly TableRecord[]): readonly TicketClass[] {
  const byCode = new Map(rows.map((row) => [row['code'] ?? '', row]));
  const codes = [...byCode.keys()];
  return codes
    .filter((code) => code !== '' && !codes.some((other) => other.length > code.length && other.startsWith(code)))
    .map((code) => {
      const way = Array.from({ length: code.length / 2 }, (_, index) => byCode.get(code.slice(0, (index + 1) * 2)));
      const names = way.map((row) => row?.['name'] ?? '').filter(Boolean);
      return {
        code,
        name: names.slice(-2).join('/'),
        path: names.join('/'),
        initials: pinyinInitials(names.at(-1) ?? ''),
        timeClass: way.findLast((row) => (row?.['time_class'] ?? '') !== '')?.['time_class'] ?? '',
      };
    });
}
