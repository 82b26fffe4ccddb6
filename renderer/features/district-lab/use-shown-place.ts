import { useEffect, useRef, useState } from 'react';
import type { DistrictPlace } from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';

/** What the map is to show. */
export type ShownPlace = DistrictPlace;

/** The place of what was chosen last, on the map as long as the list is there. */
export interface ShownPlaces {
  /** What a footer says: shown, without a place, or why not. */
  readonly status: string;
  show(place: ShownPlace): void;
  /** Asks the host first; what was chosen meanwhile wins. */
  ask(place: () => Promise<Result<ShownPlace, WireError>>): Promise<void>;
  /** Takes the place away and says something, or nothing. */
  clear(words: string): void;
}

export function useShownPlace(onPlace: (place: ShownPlace | null) => void): ShownPlaces {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [status, setStatus] = useState('');
  const asked = useRef(0);
  const showPlace = useRef(onPlace);
  useEffect(() => {
    showPlace.current = onPlace;
  });
  // Another view tells of something else than the map would show.
  useEffect(() => {
    const counter = asked;
    return () => {
      counter.current += 1;
      showPlace.current(null);
    };
  }, []);
  const put = (place: ShownPlace | null, words: string) => {
    onPlace(place);
    setStatus(words);
  };
  const show = (place: ShownPlace) => {
    const hasPlace = place.at !== null || place.areas.some(({ rings }) => rings.length > 0);
    put(hasPlace ? place : null, t(hasPlace ? 'lab.problems.onMap' : 'lab.problems.noPlace'));
  };
  return {
    status,
    show: (place) => {
      asked.current += 1;
      show(place);
    },
    ask: async (place) => {
      asked.current += 1;
      const mine = asked.current;
      const outcome = await place();
      if (mine !== asked.current) return;
      if (outcome.ok) return show(outcome.value);
      put(null, t('lab.problems.placeFailed', { reason: errorWords(outcome.error).title }));
    },
    clear: (words) => {
      asked.current += 1;
      put(null, words);
    },
  };
}
