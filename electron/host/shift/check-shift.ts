import type { ShiftRecord } from '#domain/shift/seat.ts';
import type { ShiftReport } from '#host/ports/verification.ts';
import { formName, FORMS, NO_HASH, readForm, readLines, shiftFiles, type ShiftHead } from './shift-lines.ts';

/**
 * Walks the record of shifts from its first line: the hash of each line, its place in the chain, and the form that was signed
 * for each handover. What stands behind the last whole line of a file is half-written and passed over. Null if there is no record.
 */
export async function checkShift(folder: string): Promise<ShiftReport | null> {
  const files = await shiftFiles(folder);
  if (files.length === 0) return null;
  const damaged: string[] = [];
  // Null behind a damaged line: nobody knows what follows it.
  let head: ShiftHead | null = { sequence: 0, hash: NO_HASH };
  // What was taken back is not kept.
  let signed: (ShiftRecord & { readonly kind: 'signed' }) | null = null;
  const forms: (ShiftRecord & { readonly kind: 'signed' })[] = [];
  for (const name of files) {
    const { lines, hashes } = await readLines(folder, name);
    let isWhole = true;
    for (const [index, line] of lines.entries()) {
      if (line === null) {
        isWhole = false;
        head = null;
        continue;
      }
      if (head !== null && (line.prev !== head.hash || line.sequence !== head.sequence + 1)) isWhole = false;
      head = { sequence: line.sequence, hash: hashes[index] ?? '' };
      if (line.kind === 'signed') signed = line;
      if (line.kind === 'handed_over' && signed !== null) forms.push(signed);
    }
    if (!isWhole) damaged.push(name);
  }
  for (const { form } of forms) {
    if ((await readForm(folder, form.number, form.hash)) === null) {
      damaged.push(`${FORMS}/${formName(form.number, form.hash)}`);
    }
  }
  return { files: files.length, handovers: forms.length, damaged };
}
