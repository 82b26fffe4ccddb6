import type { StartFailure } from '#contract/host-process.ts';

/** Why a host can't start: something outside the program. The message says what, where and how to mend it. */
export class StartProblem extends Error {
  readonly code: StartFailure;

  constructor(code: StartFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
