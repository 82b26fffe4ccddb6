import { useEffect, useRef, useState } from 'react';
import { useClient } from '#renderer/client/hooks.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useDirectory } from '#renderer/state/desk-context.tsx';
import type { UnitEntry } from '#renderer/state/directory.ts';
import { SearchCombo } from '#renderer/ui/search-combo.tsx';

/** A unit, found by name, initials or code. `value` is its code, empty for none. */
export function UnitField({
  label,
  note,
  value,
  onChange,
  problem = null,
  autoFocus = false,
}: {
  readonly label: string;
  readonly note?: string;
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly problem?: string | null;
  readonly autoFocus?: boolean;
}) {
  const { t } = useWords();
  const { areas } = useDesk();
  const directory = useDirectory();
  const name = value === '' ? '' : (areas.area(value)?.name ?? directory.unit(value)?.name ?? value);
  const [text, setText] = useState(name);
  const found = useFoundUnits(text === name ? '' : text);
  // A value that another part of the form sets, or a name that becomes known, replaces the text.
  const shown = useRef(name);
  useEffect(() => {
    if (shown.current === name) return;
    shown.current = name;
    if (name !== '') setText(name);
  }, [name]);

  return (
    <SearchCombo
      label={label}
      {...(note === undefined ? {} : { note })}
      items={found.map(({ code, name: unitName, parentName }) => ({
        id: code,
        name: unitName,
        note: [parentName, code].filter(Boolean).join(' '),
      }))}
      value={value === '' ? null : value}
      text={text}
      onText={(typed) => {
        setText(typed);
        if (typed !== name && value !== '' && typed.trim() === '') onChange('');
      }}
      onPick={(code) => {
        const unit = found.find((entry) => entry.code === code);
        if (unit === undefined) return;
        directory.learn([unit]);
        shown.current = unit.name;
        setText(unit.name);
        onChange(code);
      }}
      placeholder={t('acts.unitHint')}
      emptyText={t('acts.unitNone')}
      problem={problem}
      autoFocus={autoFocus}
    />
  );
}

const SEARCH_PAUSE_MS = 80;

/** Units that fit the text, as the host finds them; the last answer stays until the next one. */
function useFoundUnits(text: string): readonly UnitEntry[] {
  const client = useClient();
  const [found, setFound] = useState<readonly UnitEntry[]>([]);
  useEffect(() => {
    const wanted = text.trim();
    const controller = new AbortController();
    const timer = setTimeout(() => {
      void client.call('units.find', { text: wanted, limit: 20 }, controller).then((outcome) => {
        if (outcome.ok && !controller.signal.aborted) setFound(outcome.value.units);
      });
    }, SEARCH_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, text]);
  return found;
}
