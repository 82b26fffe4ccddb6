import type { ForesightGot, ForesightItem } from '#contract/foresight.ts';
import { SECOND_MS } from '#domain/base/instant.ts';
import { monthDay, span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { chanceText, expectedText, type Line } from './foresight-lines.ts';

/** A line in words. */
export interface LineWords {
  /** Where: an area, two units, a way. */
  readonly where: string;
  /** What: a class, a step; empty where the place says it all. */
  readonly what: string;
  /** At the right of the line. */
  readonly figure: string;
  /** Why it is listed, one sentence each. */
  readonly why: readonly string[];
}

/** Words for lines of what was foreseen. */
export function useLineWords(): (line: Line, foreseen: ForesightGot) => LineWords {
  const { t, language } = useWords();
  const time = (seconds: number) => span(seconds * SECOND_MS, language);
  const day = (text: string) => monthDay(Date.parse(`${text}T00:00:00+08:00`));
  const areaName = ({ code, name }: { readonly code: string; readonly name: string }) =>
    code === '' ? t('foresight.district') : name;
  const unitName = ({ code, name }: { readonly code: string; readonly name: string }) =>
    code === '' ? t('foresight.desk') : name;
  const ofItem = (item: ForesightItem, foreseen: ForesightGot): LineWords => {
    switch (item.kind) {
      case 'burst': {
        const { seen, expected, chance, backTest } = item;
        const from = day(foreseen.burstsFrom);
        return {
          ...{ where: areaName(item.area), what: item.class.name, figure: `${seen} / ${expectedText(expected)}` },
          why: [
            t('foresight.burstWhy', { from, seen, expected: expectedText(expected), chance: chanceText(chance) }),
            backTest === null
              ? t('foresight.noBackTest')
              : t('foresight.backTest', {
                  ...{ weeks: backTest.weeks, mean: backTest.mean.toFixed(1), error: backTest.error.toFixed(1) },
                  naive: backTest.naiveError.toFixed(1),
                }),
          ],
        };
      }
      case 'spot': {
        const { areas, seen, expected, z, windows, classes } = item;
        const name = areas[0]?.name ?? '';
        const list = classes.map((one) => `${one.name} ${one.count}`).join(' · ');
        return {
          where: areas.length > 1 ? t('foresight.andMore', { name, count: areas.length }) : name,
          ...{ what: classes[0]?.name ?? '', figure: `${seen} / ${expectedText(expected)}` },
          why: [
            t('foresight.spotWhy', {
              ...{ from: day(foreseen.spotsFrom), seen, expected: expectedText(expected), z: z.toFixed(1) },
            }),
            windows > 1 ? t('foresight.spotStays', { count: windows }) : t('foresight.spotNew'),
            t('foresight.spotClasses', { classes: list }),
          ],
        };
      }
      case 'repeat': {
        const { repeatDays: days, repeatMetres: metres } = foreseen.rules;
        return {
          ...{ where: item.area.name, what: item.class.name, figure: t('foresight.countOf', { count: item.count }) },
          why: [t('foresight.repeatWhy', { days, metres, count: item.count })],
        };
      }
      case 'ping_pong':
        return {
          ...{ where: `${unitName(item.a)} ⇄ ${unitName(item.b)}`, what: '' },
          figure: t('foresight.countOf', { count: item.count }),
          why: [t('foresight.pingPongWhy', { count: item.count, times: item.times })],
        };
      case 'worst_hop':
        return {
          ...{ where: unitName(item.unit), what: t(`foresight.steps.${item.step}`), figure: time(item.lostSeconds) },
          why: [
            t('foresight.worstHopWhy', {
              ...{ median: time(item.medianSeconds), usual: time(item.usualSeconds) },
              ...{ longest: time(item.longestSeconds), lost: time(item.lostSeconds) },
            }),
          ],
        };
    }
  };
  return (line, foreseen) => {
    if (line.kind !== 'variant') return ofItem(line.item, foreseen);
    const { path, medianSeconds } = line.variant;
    const share = Math.round(line.share * 100);
    return {
      where: path.map((kind) => t(`rules.choices.${kind}`)).join(' › '),
      ...{ what: '', figure: `${share} %` },
      why: [
        medianSeconds === null
          ? t('foresight.variantOpen', { count: line.count, share })
          : t('foresight.variantWhy', { count: line.count, share, median: time(medianSeconds) }),
      ],
    };
  };
}
