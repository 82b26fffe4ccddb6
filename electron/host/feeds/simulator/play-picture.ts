import type { WireError } from '#contract/errors.ts';
import { plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { Result } from '#domain/base/result.ts';
import { casesNamedBy } from '#domain/case/commands.ts';
import type { CaseState } from '#domain/case/state.ts';
import { nextStep } from '#domain/simulation/case-steps.ts';
import type { ChanceName } from '#domain/simulation/chances.ts';
import type { ReportStreamOptions } from '#domain/simulation/report-stream.ts';
import { reportCommand } from '#domain/simulation/reports.ts';
import type { Scene, Step } from '#domain/simulation/scene.ts';
import { seedOf } from '#domain/simulation/seed-of.ts';
import { isFulfilled, startingPicture, type PlannedCase } from '#domain/simulation/starting-picture.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Recorded } from '#host/ports/commands.ts';
import { reportId, stepCommand } from './command-ids.ts';
import type { Sent } from './sent.ts';

export interface PictureOptions {
  readonly stream: Omit<ReportStreamOptions, 'from'>;
  readonly scene: (wish?: ChanceName) => Scene;
  readonly clock: Clock;
  readonly cases: Pick<Cases, 'load'>;
  readonly run: number;
  readonly submit: (sent: Sent) => Promise<Result<Recorded, WireError>>;
  readonly mayGoOn: () => boolean;
}

/** Cases that are reported together, so that they share the journal's syncs. */
const TOGETHER = 150;
const MOST_STEPS = 60;

/** Acts beside the steps: they leave the case in its state. */
const beside: ReadonlySet<Step['action']> = new Set([
  'urge',
  'supervise',
  'answer_supervision',
  'whistle',
  'accept_order',
  'arrive',
  'answer_order',
  'request_extension',
  'pass_extension',
  'decide_extension',
  'start_endorsement',
  'endorse',
]);
const BESIDE_SHARE = 0.6;

/**
 * Records the picture of a running day into an empty journal: some 2,500 commands, about a second. All recorded times are
 * the host's; it may be broken off at any command.
 */
export async function playPicture(options: PictureOptions): Promise<void> {
  const { cases, duplicates } = startingPicture(options.stream, options.clock.now());
  // The first ones come whatever was paused meanwhile: a pause must not leave an empty map behind.
  for (let at = 0; at < cases.length && (at === 0 || options.mayGoOn()); at += TOGETHER) {
    await Promise.all(cases.slice(at, at + TOGETHER).map((one) => playCase(options, one)));
  }
  for (const duplicate of duplicates) if (options.mayGoOn()) await playCase(options, duplicate);
}

async function playCase(options: PictureOptions, planned: PlannedCase): Promise<void> {
  const { clock, cases, run, submit, mayGoOn, stream } = options;
  const scene = sceneOf(options, planned);
  const reportedAt = plus(clock.now(), -planned.ageMs);
  const id = reportId(run, `picture-${planned.report.key}`);
  let outcome = await submit({ command: reportCommand(planned.report, id, reportedAt, run, scene.photos), on: [] });
  const caseId = outcome.ok ? outcome.value.caseId : '';
  for (let taken = 0; taken < MOST_STEPS && outcome.ok && mayGoOn(); taken += 1) {
    const found = await cases.load(caseId);
    const step = found === undefined ? null : nextStep(scene, found, clock.now());
    if (found === undefined || step === null || isThere(found, planned, step, stream.seed)) return;
    const named = casesNamedBy(step.body).map((other) => ({ caseId: other, version: null }));
    outcome = await submit(stepCommand(step, found.id, found.version, [{ caseId: found.id, version: null }, ...named]));
  }
}

/** Cases that are played together must not meet: only the duplicates look for others. */
function sceneOf({ scene }: PictureOptions, { wish }: PlannedCase): Scene {
  const own = scene(wish ?? undefined);
  return wish === 'merged' ? own : { ...own, originalOf: () => null };
}

/** Half of those that wait for a unit wait further down its chain, and some acts beside a step have been done. */
function isThere(found: CaseState, { until, wish }: PlannedCase, step: Step, seed: number): boolean {
  if (found.state !== until || !isFulfilled(found, wish)) return false;
  const random = new Random(seedOf(seed, 'picture', found.id, found.version));
  if (beside.has(step.action) && until !== 'co_handling') return !random.chance(BESIDE_SHARE);
  const goesDown = until === 'pending_handle' && step.action === 'sub_dispatch';
  return !goesDown || random.chance(0.5);
}
