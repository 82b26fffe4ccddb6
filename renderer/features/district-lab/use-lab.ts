import { useEffect, useRef, useState } from 'react';
import type {
  CoordinateSystem,
  DistrictColumns,
  DistrictProgress,
  DistrictReport,
  TriedDistrict,
} from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { upload } from '#renderer/client/upload.ts';

/** A file in hand: where the host finds it, and the name that the person knows. */
export interface LabFile {
  readonly path: string;
  readonly name: string;
}

export type LabStep =
  | {
      readonly step: 'choose';
      readonly error: WireError | null;
      readonly problem: string | null;
      readonly note: boolean;
    }
  | { readonly step: 'uploading'; readonly name: string }
  | { readonly step: 'examining'; readonly file: LabFile }
  | {
      readonly step: 'report';
      readonly file: LabFile;
      readonly report: DistrictReport;
      readonly tried: TriedDistrict | null;
      readonly error: WireError | null;
    };

export interface LabFlow {
  readonly at: LabStep;
  readonly progress: DistrictProgress | null;
  /** A file of this machine, by its path. */
  open(path: string): void;
  /** A file that a person chose in the browser. */
  send(file: File): void;
  /** The same file, in a system or with columns that the person chose. */
  examineAgain(given: { readonly system?: CoordinateSystem; readonly columns?: DistrictColumns }): void;
  cancel(): void;
  restart(): void;
  tryOut(days: number): Promise<WireError | null>;
}

const atChoose = { step: 'choose', error: null, problem: null, note: false } as const;

/** The steps from a file to its report; the host does the work and goes on if this window closes. */
export function useLab(): LabFlow {
  const client = useClient();
  const [at, setAt] = useState<LabStep>(atChoose);
  const [progress, setProgress] = useState<DistrictProgress | null>(null);
  const sending = useRef<AbortController | null>(null);
  /** Which file the screen waits for; answers to an earlier one come too late. */
  const run = useRef(0);

  useEffect(
    () =>
      client.watch(
        'district.watch',
        {},
        {
          reset: () => setProgress(null),
          apply: (items) => setProgress((before) => items.at(-1) ?? before),
          failed: () => setProgress(null),
        },
      ),
    [client],
  );

  const examine = async (
    file: LabFile,
    given: { readonly system?: CoordinateSystem; readonly columns?: DistrictColumns },
    before: Extract<LabStep, { step: 'report' }> | null,
  ) => {
    run.current += 1;
    const mine = run.current;
    setProgress(null);
    setAt({ step: 'examining', file });
    const outcome = await client.call('district.examine', { path: file.path, ...given });
    if (mine !== run.current) return;
    if (!outcome.ok)
      return setAt(before === null ? { ...atChoose, error: outcome.error } : { ...before, error: outcome.error });
    const report = outcome.value;
    setAt(
      report.isCancelled ? { ...atChoose, note: true } : { step: 'report', file, report, tried: null, error: null },
    );
  };

  return {
    at,
    progress,
    open: (path) => void examine({ path, name: path.split(/[\\/]/).at(-1) ?? path }, {}, null),
    send: (file) => {
      run.current += 1;
      const mine = run.current;
      const stop = new AbortController();
      sending.current = stop;
      setAt({ step: 'uploading', name: file.name });
      upload(file, stop.signal).then(
        (path) => (mine === run.current ? examine({ path, name: file.name }, {}, null) : undefined),
        (cause: unknown) => {
          if (mine !== run.current) return;
          const problem = cause instanceof Error ? cause.message : String(cause);
          setAt(stop.signal.aborted ? { ...atChoose, note: true } : { ...atChoose, problem });
        },
      );
    },
    examineAgain: (given) => {
      if (at.step !== 'report') return;
      const { system, columns, verdict } = at.report;
      // Where the doctor has a verdict it may have another with other columns.
      const kept = { ...(system === null || verdict.kind === 'fits' ? {} : { system }), columns };
      void examine(at.file, { ...kept, ...given }, at);
    },
    cancel: () => {
      if (at.step === 'uploading') sending.current?.abort();
      if (at.step === 'examining' && progress !== null) {
        void client.call('district.cancel', { examinationId: progress.examinationId });
      }
    },
    restart: () => {
      run.current += 1;
      setAt(atChoose);
    },
    tryOut: async (days) => {
      if (at.step !== 'report') return null;
      const { examinationId } = at.report;
      const outcome = await client.call('district.tryOut', { examinationId, days });
      if (!outcome.ok) return outcome.error;
      setAt((now) =>
        now.step === 'report' && now.report.examinationId === examinationId ? { ...now, tried: outcome.value } : now,
      );
      return null;
    },
  };
}
