import { useEffect, useMemo, useState } from 'react';
import { ComponentFileProblem, unpackComponents, type ComponentColumns } from '#contract/component-file.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { askByHandle } from '#renderer/client/ask-by-handle.ts';
import type { Client } from '#renderer/client/client.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { count, dayText } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { shelfOf, type ComponentShelf } from '#renderer/state/component-shelf.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';

/** What became of fetching the inventories. `at`: when the newest of them was imported. */
type Loaded =
  | { readonly state: 'off' | 'loading' }
  | { readonly state: 'failed'; readonly error: WireError }
  | { readonly state: 'here'; readonly shelf: ComponentShelf; readonly at: number | null; readonly damaged: number };

export interface ComponentView {
  readonly shelf: ComponentShelf | null;
  /** Notes under the switch and in the legend. */
  readonly notes: readonly string[];
}

/** Fetches the inventories when components are switched on, and gives them to the map. */
export function useComponents(map: CityMap | null): ComponentView {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const isPast = useIsPast();
  const { tables } = useDesk();
  const isOn = useChoice((state) => state.layers.components);
  // A dialog that was open may have imported some.
  const dialog = useChoice((state) => state.dialog);
  const [loaded, setLoaded] = useState<Loaded>({ state: 'off' });
  const classNames = useMemo(
    () => new Map(tables.classes.rows.filter(({ kind }) => kind === 'component').map(({ code, name }) => [code, name])),
    [tables],
  );
  const rest = t('components.otherClasses');

  useEffect(() => {
    if (!isOn || !isOpen || dialog === 'components') return;
    let isWanted = true;
    setLoaded((before) => (before.state === 'here' ? before : { state: 'loading' }));
    void load(client).then((outcome) => {
      if (!isWanted) return;
      if (!outcome.ok) return setLoaded({ state: 'failed', error: outcome.error });
      const { columns, at, damaged } = outcome.value;
      const shelf = shelfOf(columns, (code) => classNames.get(code) ?? code, rest);
      setLoaded({ state: 'here', shelf, at, damaged });
    });
    return () => {
      isWanted = false;
    };
  }, [client, isOn, isOpen, dialog, classNames, rest]);

  const shelf = isOn && loaded.state === 'here' ? loaded.shelf : null;
  useEffect(() => {
    if (map === null || shelf === null || shelf.count === 0) return;
    map.setComponents(shelf);
    return () => map.setComponents(null);
  }, [map, shelf]);

  return { shelf, notes: isOn ? notesOf() : [] };

  function notesOf(): readonly string[] {
    switch (loaded.state) {
      case 'off':
        return [];
      case 'loading':
        return [t('components.loading')];
      case 'failed':
        return [errorWords(loaded.error).title];
      case 'here': {
        const { at, damaged } = loaded;
        const state = at === null ? [t('components.none')] : [t('components.asOf', { day: dayText(at) })];
        const lost = damaged === 0 ? [] : [t('components.damaged', { number: count(damaged) })];
        // Inventories have no history: what stands there is as of now.
        return [...state, ...lost, ...(isPast ? [t('components.inPast')] : [])];
      }
    }
  }
}

/** The component at a place of the map's field, in one line. */
export function useComponentTip({ shelf }: ComponentView): (index: number) => string | null {
  return (index) => {
    if (shelf === null || index >= shelf.count) return null;
    const { id, name, unit } = shelf.at(index);
    return [name, id, unit].filter((part) => part !== '').join(' · ');
  };
}

interface Fetched {
  readonly columns: readonly ComponentColumns[];
  readonly at: number | null;
  readonly damaged: number;
}

async function load(client: Client): Promise<Result<Fetched, WireError>> {
  const listed = await client.call('components.list', {});
  if (!listed.ok) return listed;
  const { inventories } = listed.value;
  const columns: ComponentColumns[] = [];
  let damaged = inventories.filter(({ state }) => state === 'damaged').length;
  for (const { version } of inventories.filter(({ state }) => state === 'whole')) {
    const fetched = await inventoryOf(client, version);
    if (fetched.ok) columns.push(fetched.value);
    else if (fetched.error.code === 'components_damaged') damaged += 1;
    // Taken off meanwhile: it is not to be drawn.
    else if (fetched.error.code !== 'not_found') return fetched;
  }
  return ok({ columns, at: inventories.at(-1)?.importedAt ?? null, damaged });
}

async function inventoryOf(client: Client, version: string): Promise<Result<ComponentColumns, WireError>> {
  const opened = await client.call('components.open', { version });
  if (!opened.ok) return opened;
  const answer = await askByHandle(opened.value.path);
  if (!answer.ok) return answer;
  try {
    return ok(unpackComponents(new Uint8Array(await answer.value.arrayBuffer())));
  } catch (cause) {
    // Cut off on the way, or the connection ended while it came.
    if (cause instanceof ComponentFileProblem) return refused({ code: 'components_damaged', detail: {} });
    if (cause instanceof TypeError) return refused({ code: 'unavailable', detail: { part: 'connection' } });
    throw cause;
  }
}
