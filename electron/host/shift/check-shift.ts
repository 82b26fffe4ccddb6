import type { ShiftRecord } from '#domain/shift/seat.ts';
import { damagedFiles, lineFiles } from '#host/ports/chained-lines.ts';
import type { ShiftReport } from '#host/ports/verification.ts';
import { formName, FORMS, readForm } from './signed-forms.ts';

type Signed = ShiftRecord & { readonly kind: 'signed' };

/** Walks the record of shifts from its first line, and the form that was signed for each handover. Null if there is no record. */
export async function checkShift(folder: string): Promise<ShiftReport | null> {
  const files = await lineFiles(folder);
  if (files.length === 0) return null;
  // What was taken back is not kept.
  let signed: Signed | null = null;
  const forms: Signed[] = [];
  const damaged = await damagedFiles<ShiftRecord>(folder, files, (line) => {
    if (line.kind === 'signed') signed = line;
    if (line.kind === 'handed_over' && signed !== null) forms.push(signed);
  });
  for (const { form } of forms) {
    if ((await readForm(folder, form.number, form.hash)) === null) {
      damaged.push(`${FORMS}/${formName(form.number, form.hash)}`);
    }
  }
  return { files: files.length, handovers: forms.length, damaged };
}
