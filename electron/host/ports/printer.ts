import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';

/**
 * Prints pages of the briefing entry to PDF: A4 by the page's own style, tagged, with outline. One job at a time, each under a
 * time limit, after which whatever prints is ended. Refusals: `printer_missing`, `printer_failed` with `detail.reason`.
 */
export interface Printer {
  /** @param address of a page that marks its root element with `data-paper="ready"` once it is whole */
  print(address: string): Promise<Result<Uint8Array, WireError>>;
  /** Ends the job under way. */
  close(): Promise<void>;
}
