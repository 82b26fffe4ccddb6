import { expect } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import type { CommandHistory } from './command-history.ts';
import type { HostProcess } from './start-host.ts';

export type Receipt = OutputOf<'case.report'>;

export interface Reporting {
  /** Begins the command ids; must not have been used before. */
  readonly name: string;
  readonly history: CommandHistory;
  readonly onReceipt: (receipt: Receipt) => void;
  readonly onRefusal?: (code: string) => void;
  /** Codes of refusals that may come; after one the client goes on. */
  readonly mayBe?: readonly string[];
  /** Asked before each turn of a client; left out, clients go on until the connection ends. */
  readonly isOver?: () => boolean;
}

const CLIENTS = 4;
const REPORTS_TOGETHER = 8;

/**
 * Several clients that report as fast as receipts come back, several at a time each. What they hear goes into the history;
 * what was sent and never answered is unknown.
 */
export async function reportTogether(host: HostProcess, reporting: Reporting): Promise<void> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => host.connect()));
  await Promise.all(clients.map((client, index) => report(client, `${reporting.name}-${index}`, reporting)));
  reporting.history.lineBroke();
}

async function report(
  client: Awaited<ReturnType<HostProcess['connect']>>,
  name: string,
  { history, onReceipt, onRefusal, mayBe = [], isOver = () => false }: Reporting,
): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    const ids = Array.from({ length: REPORTS_TOGETHER }, (_, index) => `${name}-${turn}-${index}`);
    const codes = await Promise.all(
      ids.map(async (commandId) => {
        history.sent(commandId);
        const outcome = await client.call('case.report', { ...aReportInput(), commandId });
        if (!outcome.ok) {
          const { code } = outcome.error;
          if (code === 'unavailable') return code;
          history.refused(commandId);
          onRefusal?.(code);
          return code;
        }
        history.acknowledged(commandId, outcome.value.sequence);
        onReceipt(outcome.value);
        return null;
      }),
    );
    const refusals = codes.filter((code) => code !== null);
    expect(refusals.filter((code) => code !== 'unavailable' && !mayBe.includes(code))).toEqual([]);
    if (refusals.includes('unavailable')) return;
  }
}
