import type { Problem } from './record-walk.ts';

/** Where the journal is damaged (JN3): the file, the byte, the first entry that cannot be trusted. */
export interface Damage extends Pick<Problem, 'offset' | 'sequence' | 'reason'> {
  readonly segment: string;
}

/** Entries could not be read because of damage. The journal has become read-only, its reason says the same. */
export class JournalDamaged extends Error {
  readonly damage: Damage;

  constructor(damage: Damage) {
    super(damageText(damage));
    this.damage = damage;
  }
}

export function damageText({ segment, offset, sequence, reason }: Damage): string {
  return `segment ${segment}, offset ${offset}, entry ${sequence}: ${reason}`;
}
