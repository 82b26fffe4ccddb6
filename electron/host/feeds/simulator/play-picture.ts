import type { WireError } from '#contract/errors.ts';
import { plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { Result } from '#domain/base/result.ts';
import type { CaseState } from '#domain/case/state.ts';
import { nextStep, type Step } from '#domain/simulation/case-steps.ts';
import type { ReportStreamOptions } from '#domain/simulation/report-stream.ts';
import { reportCommand } from '#domain/simulation/reports.ts';
import { seedOf } from '#domain/simulation/seed-of.ts';
import { startingPicture, type PlannedCase } from '#domain/simulation/starting-picture.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Recorded } from '#host/ports/commands.ts';
import { reportId, stepCommand } from './command-ids.ts';
import type { Sent } from './sent.ts';

export interface PictureOptions {
  readonly stream: Omit<ReportStreamOptions, 'from'>;
  readonly clock: Clock;
  readonly cases: Pick<Cases, 'load'>;
  readonly run: number;
  readonly submit: (sent: Sent) => Promise<Result<Recorded, WireError>>;
  readonly mayGoOn: () => boolean;
}

/** Cases that are reported together, so that they share the journal's syncs. */
const TOGETHER = 50;
const MOST_STEPS = 40;

/**
 * Records the picture of a running day into an empty journal: some 1,500 commands, about a second. All recorded times are
 * the host's; it may be broken off at any command.
 */
export async function playPicture(options: PictureOptions): Promise<void> {
  const planned = startingPicture(options.stream, options.clock.now());
  for (let at = 0; at < planned.length && options.mayGoOn(); at += TOGETHER) {
    await Promise.all(planned.slice(at, at + TOGETHER).map((one) => playCase(options, one)));
  }
}

async function playCase(options: PictureOptions, planned: PlannedCase): Promise<void> {
  const { clock, cases, run, submit, mayGoOn, stream } = options;
  const reportedAt = plus(clock.now(), -planned.ageMs);
  const id = reportId(run, `picture-${planned.report.key}`);
  let outcome = await submit({ command: reportCommand(planned.report, id, reportedAt), on: null });
  for (let taken = 0; taken < MOST_STEPS && outcome.ok && mayGoOn(); taken += 1) {
    const found = await cases.load(outcome.value.caseId);
    const step = found === undefined ? null : nextStep(stream.city, found, stream.seed);
    if (found === undefined || step === null || isThere(found, planned, step, stream.seed)) return;
    outcome = await submit(stepCommand(step, found.id, found.version));
  }
}

/** Some cases stay returned, and half of those that wait for a unit wait further down its chain. */
function isThere(found: CaseState, { until }: PlannedCase, step: Step, seed: number): boolean {
  const waitsForUnit = until === 'pending_handle' || until === 'handling';
  if (found.state === 'returned' && waitsForUnit) return true;
  if (found.state !== until) return false;
  const goesDown = until === 'pending_handle' && step.action === 'sub_dispatch';
  return !goesDown || new Random(seedOf(seed, 'picture', found.id, found.version)).chance(0.5);
}
