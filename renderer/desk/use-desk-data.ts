import { useEffect, useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { ActGate } from '#renderer/actions/act-gate.ts';
import { largestCanvas } from '#renderer/map/largest-canvas.ts';
import type { Client } from '#renderer/client/client.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { Areas } from '#renderer/state/areas.ts';
import { CaseStage } from '#renderer/state/case-stage.ts';
import type { Desk } from '#renderer/state/desk-context.tsx';
import type { DeskStore } from '#renderer/state/desk-store.ts';
import { Directory } from '#renderer/state/directory.ts';
import { drawnTrace } from '#renderer/state/drawn-trace.ts';
import { dayText } from '#renderer/i18n/format.ts';
import { LiveCases } from '#renderer/state/live-cases.ts';
import { ReferenceTables } from '#renderer/state/reference.ts';
import { TimeMachine } from '#renderer/state/time-machine.ts';
import { DrawnBy, watchCases } from '#renderer/state/watch-cases.ts';
import { watchDistrict } from '#renderer/state/watch-district.ts';

export interface DeskData {
  readonly desk: Desk;
  readonly drawnBy: DrawnBy;
}

export interface DeskLoading {
  readonly data: DeskData | null;
  readonly error: WireError | null;
  retry(): void;
}

/** The fonts of map labels and figures: a canvas does not wait for them by itself. */
const fontWeights = [400, 500, 700] as const;

/**
 * Loads district and tables once there is a connection, and again when another version of the district comes into force;
 * follows the cases for as long as the page lives.
 */
export function useDeskData(store: DeskStore, gate: ActGate): DeskLoading {
  const client = useClient();
  const { state } = useConnection();
  const [data, setData] = useState<DeskData | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isOpen = state === 'open';

  useEffect(() => {
    if (!isOpen || data !== null) return;
    let isWanted = true;
    void loadDesk(client, store, gate).then((loaded) => {
      if (!isWanted) return;
      if ('code' in loaded) setError(loaded);
      else setData(loaded);
    });
    return () => {
      isWanted = false;
    };
  }, [client, store, gate, isOpen, data, attempt]);

  useEffect(() => {
    if (data === null) return;
    const { stage } = data.desk;
    return watchCases({ client, stage, failed: setError, drawn: drawnTrace(location.search) });
  }, [client, data]);

  useEffect(() => {
    if (data === null) return;
    const { district, machine } = data.desk;
    let isWanted = true;
    const renew = async () => {
      const loaded = await loadDesk(client, store, gate);
      if (!isWanted) return;
      if ('code' in loaded) setError(loaded);
      else setData(loaded);
    };
    const stop = watchDistrict({ client, shown: district.id, machine, changed: () => void renew() });
    return () => {
      isWanted = false;
      stop();
    };
  }, [client, store, gate, data]);

  return {
    data,
    error,
    retry: () => {
      setError(null);
      setAttempt((before) => before + 1);
    },
  };
}

async function loadDesk(client: Client, store: DeskStore, gate: ActGate): Promise<DeskData | WireError> {
  const fonts = fontWeights.map((weight) => document.fonts.load(`${weight} 14px "Noto Sans SC"`, '网格Ag0'));
  const asked = [client.call('district.get', {}), client.call('tables.get', {})] as const;
  largestCanvas();
  const [district, tables] = await Promise.all([...asked, ...fonts]);
  if (!district.ok) return district.error;
  if (!tables.ok) return tables.error;
  const areas = new Areas(district.value);
  const live = new LiveCases(areas);
  const drawnBy = new DrawnBy();
  const stage = new CaseStage(live, drawnBy, () => client.hostNow());
  const machine = new TimeMachine({
    ...{ client, stage, gate },
    elapsed: () => performance.now(),
    after: (delayMs, task) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    isCalm: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  return {
    desk: {
      district: district.value,
      areas,
      tables: tables.value,
      live,
      stage,
      machine,
      directory: new Directory(client),
      reference: new ReferenceTables(client, () => dayText(client.hostNow())),
      store,
      now: () => stage.now(),
    },
    drawnBy,
  };
}
