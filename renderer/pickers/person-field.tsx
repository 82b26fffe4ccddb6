import { useState } from 'react';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDirectory } from '#renderer/state/desk-context.tsx';
import type { PersonEntry } from '#renderer/state/directory.ts';
import { SearchCombo } from '#renderer/ui/search-combo.tsx';

/** A person: one of those in the posts of the units, or any staff number. `value` is the number, empty for none. */
export function PersonField({
  label,
  note,
  units,
  value,
  onChange,
  problem = null,
  autoFocus = false,
}: {
  readonly label: string;
  readonly note?: string;
  /** Whose people are offered, nearest first. */
  readonly units: readonly string[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly problem?: string | null;
  readonly autoFocus?: boolean;
}) {
  const { t } = useWords();
  const directory = useDirectory();
  const people = [...new Set(units.filter(Boolean))].flatMap((unit) => directory.people(unit));
  const [isTyping, setTyping] = useState(false);
  const chosen = people.find(({ id }) => id === value);
  const text = isTyping || chosen === undefined ? value : chosen.display;
  const typed = value.trim().toLowerCase();
  const offered = isTyping && typed !== '' ? people.filter((person) => textOf(person).includes(typed)) : people;
  return (
    <SearchCombo
      label={label}
      {...(note === undefined ? {} : { note })}
      items={offered.map((person) => ({
        id: person.id,
        name: person.display,
        note: `${postName(person.post)} ${person.id}`,
      }))}
      value={isTyping ? null : (chosen?.id ?? null)}
      text={text}
      onText={(changed) => {
        if (changed === text) return;
        setTyping(true);
        onChange(changed);
      }}
      onPick={(id) => {
        setTyping(false);
        onChange(id);
      }}
      emptyText={t('acts.peopleNone')}
      problem={problem}
      isFree
      autoFocus={autoFocus}
    />
  );

  function textOf({ id, display, post }: PersonEntry): string {
    return `${id} ${display} ${postName(post)}`.toLowerCase();
  }

  function postName(post: string): string {
    return t(`peoplePosts.${post}` as 'peoplePosts.handler');
  }
}
