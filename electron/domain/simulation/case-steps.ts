import type { Instant } from '#domain/base/instant.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { dispatchStep, notOursStep, recallStep, unitStep } from './dispatch-steps.ts';
import { endorse, startEndorsement } from './endorse-steps.ts';
import { intakeStep, mergeStep, unmergeStep, verifyStep } from './intake-steps.ts';
import { openOrderStep, orderStep, whistleStep } from './order-steps.ts';
import { Turn, type Offer, type Scene, type Step } from './scene.ts';
import {
  answerSupervision,
  decideExtension,
  decideSuspension,
  escalate,
  forceClose,
  requestExtension,
  requestSuspension,
  supervise,
  urge,
} from './side-steps.ts';
import {
  assignStep,
  callBackStep,
  concludeStep,
  contactStep,
  recallTicketStep,
  redoStep,
  replyStep,
  reviewReturnStep,
  signStep,
  startWorkStep,
} from './ticket-steps.ts';
import { appealStep, checkStep, closeStep, handleStep, requestCheckStep, resultStep } from './work-steps.ts';

type Offers = Partial<Readonly<Record<CaseStateName, readonly Offer[]>>>;

const asked: readonly Offer[] = [decideExtension, decideSuspension, answerSupervision];
const troubles: readonly Offer[] = [forceClose, urge, supervise, escalate, whistleStep, orderStep];
/** After everything that could put a refused one out of sight: see `lastAction`. */
const wishes: readonly Offer[] = [requestSuspension, requestExtension];

/** Who acts in a state, first come first served. */
const caseOffers: Offers = {
  reported: [mergeStep, unmergeStep, intakeStep],
  verifying: [verifyStep],
  pending_register: [mergeStep, unmergeStep, intakeStep],
  pending_dispatch: [unmergeStep, notOursStep, startEndorsement, endorse, dispatchStep],
  pending_handle: [unmergeStep, recallStep, ...asked, endorse, orderStep, unitStep],
  handling: [unmergeStep, ...asked, endorse, ...troubles, ...wishes, handleStep],
  handle_finished: [answerSupervision, openOrderStep, resultStep],
  pending_check: [requestCheckStep],
  checking: [checkStep],
  pending_close: [closeStep],
  closed: [appealStep],
};

const ticketOffers: Offers = {
  to_sign: [mergeStep, signStep],
  return_review: [reviewReturnStep],
  signed: [unmergeStep, startEndorsement, endorse, assignStep],
  assigned: [recallTicketStep, ...asked, endorse, contactStep],
  contacted: [...asked, startWorkStep],
  handling: [unmergeStep, ...asked, endorse, ...troubles, ...wishes, openOrderStep, replyStep],
  co_handling: [...asked, openOrderStep, replyStep],
  replied: [callBackStep],
  calling_back: [redoStep, concludeStep],
  done: [appealStep],
};

/**
 * The next step of a case or ticket; null when it is done with, when it waits for its end of a pause, or when nobody in the
 * simulated city would know what to do. It depends on seed, case and version alone, so a simulator that starts again goes
 * on as if it had not stopped; but for windows that have closed meanwhile (`now`), and for the case that a duplicate
 * belongs to.
 *
 * @param isLeft the desk's steps are left to people: units, townships and collectors go on without them
 */
export function nextStep(scene: Scene, found: CaseState, now: Instant, isLeft = false): Step | null {
  if (found.side.mergedInto !== null) return null;
  const turn = new Turn(scene, found, now);
  for (const offer of offersFor(found)) {
    const step = offer(turn);
    if (step !== null && !(isLeft && step.side === 'desk')) return step;
  }
  return null;
}

function offersFor(found: CaseState): readonly Offer[] {
  if (found.state === 'returned')
    return found.returnedTo === 'DEPT' ? [unitStep] : found.returnedTo === 'ACCEPTOR' ? [intakeStep] : [dispatchStep];
  return (found.record === 'case' ? caseOffers : ticketOffers)[found.state] ?? [];
}
