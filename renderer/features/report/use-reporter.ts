import { useState } from 'react';
import type { Reporter } from '#contract/people.ts';
import { normalPhone } from '#domain/access/phone.ts';

/** Who reports, while the form is filled in. */
export interface ReporterForm {
  readonly draft: Reporter;
  readonly isPhoneWrong: boolean;
  change(part: Partial<Reporter>): void;
  /** What goes with the report; empty if nothing was filled in. */
  input(isConfidential?: boolean): { readonly reporter?: Reporter };
}

const nobody: Reporter = { name: '', phone: '', note: '', isConfidential: false };

export function useReporter(): ReporterForm {
  const [draft, setDraft] = useState(nobody);
  const isEmpty = `${draft.name}${draft.phone}${draft.note}`.trim() === '';
  return {
    draft,
    isPhoneWrong: draft.phone.trim() !== '' && normalPhone(draft.phone) === null,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    input: (isConfidential = draft.isConfidential) => (isEmpty ? {} : { reporter: { ...draft, isConfidential } }),
  };
}
