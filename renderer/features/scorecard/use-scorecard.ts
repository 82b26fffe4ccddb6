import { useEffect, useState } from 'react';
import type { FiguresCasesGot, FiguresTableGot } from '#contract/figures.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import type { Period } from './periods.ts';
import { askedIndicators, type ShownGroup, type ShownIndicator } from './score-columns.ts';

/** How often the host is asked again while it still counts, and while the scorecard is open. */
const COUNTING_MS = 1_000;
const FRESH_MS = 60_000;
const TREND_MONTHS = 12;
const MOST_CASES = 100;

/** What was asked for and came, or why not. `isOf` tells whether it still is of what is asked for now. */
interface Answer<Value> {
  readonly key: string;
  readonly value: Value | null;
  readonly error: WireError | null;
}

/** The scorecard of a group and period; asked again each minute, and each second while the host still counts. */
export function useScorecard(group: ShownGroup, period: Period): Omit<Answer<FiguresTableGot>, 'key'> {
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const [answer, setAnswer] = useState<Answer<FiguresTableGot>>({ key: '', value: null, error: null });
  const { from, to } = period;
  const key = `${group} ${from} ${to}`;
  useEffect(() => {
    if (!isOpen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = true;
    const ask = async () => {
      const outcome = await client.call('figures.table', {
        ...{ indicators: [...askedIndicators], group, from, to },
        trend: { indicator: 'ontime_close_rate', months: TREND_MONTHS },
      });
      if (!isLooking) return;
      setAnswer({ key, value: outcome.ok ? outcome.value : null, error: outcome.ok ? null : outcome.error });
      const isCounting = !outcome.ok && outcome.error.code === 'figures_counting';
      timer = setTimeout(() => void ask(), isCounting ? COUNTING_MS : FRESH_MS);
    };
    void ask();
    return () => {
      isLooking = false;
      clearTimeout(timer);
    };
  }, [client, isOpen, group, from, to, key]);
  return answer.key === key ? answer : { value: null, error: null };
}

/** A number whose cases are shown: an indicator of one group, `of` empty for the district. */
export interface ChosenNumber {
  readonly indicator: ShownIndicator;
  readonly part: 'n' | 'd' | 'rest';
  readonly of: string;
  readonly name: string;
}

/** The first cases behind a number; null until they are there, or nothing is chosen. */
export function useFigureCases(
  group: ShownGroup,
  period: Period,
  chosen: ChosenNumber | null,
): Omit<Answer<FiguresCasesGot>, 'key'> {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer<FiguresCasesGot>>({ key: '', value: null, error: null });
  const { from, to } = period;
  const key = chosen === null ? '' : `${group} ${from} ${to} ${chosen.of} ${chosen.indicator} ${chosen.part}`;
  useEffect(() => {
    if (chosen === null) return;
    const { indicator, part, of } = chosen;
    let isLooking = true;
    const whose = of === '' ? { group: 'district' as const } : { group, of };
    void client.call('figures.cases', { indicator, part, ...whose, from, to, limit: MOST_CASES }).then((outcome) => {
      if (!isLooking) return;
      setAnswer({ key, value: outcome.ok ? outcome.value : null, error: outcome.ok ? null : outcome.error });
    });
    return () => {
      isLooking = false;
    };
  }, [client, group, from, to, chosen, key]);
  return answer.key === key ? answer : { value: null, error: null };
}
