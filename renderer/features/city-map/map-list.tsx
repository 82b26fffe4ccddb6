import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useRunCommand } from '#renderer/actions/use-command.tsx';
import type { CaseRow } from '#contract/cases.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { MapView } from '#renderer/map/map-events.ts';
import type { MapPosition } from '#renderer/map/region.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { listTarget } from '#renderer/ui/list-target.ts';
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts';
import { listOrders, listSorter, type ListOrder } from './list-order.ts';
import { MapListRow } from './map-list-row.tsx';
import { useUnitName } from './use-unit-name.ts';
import styles from './map-list.module.css';

const ROW_HEIGHT = 42;
const PAGE_ROWS = 8;
/** The camera has stood still for this long before what it sees is listed. */
const STILL_MS = 150;
const CHANGES_EVERY_MS = 2_000;

/**
 * What the map shows as a list with the same selection: the cases in view, or those in the region that was drawn. It
 * never moves under the hand: while pointer or focus is in it, changes wait behind a button (K6).
 */
export function MapList({
  map,
  view,
  region,
  onClearRegion,
  onClose,
}: {
  readonly map: CityMap;
  readonly view: MapView | null;
  readonly region: readonly MapPosition[] | null;
  readonly onClearRegion: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { store, live, now } = useDesk();
  const unitName = useUnitName();
  const run = useRunCommand();
  const selectedId = useChoice((state) => state.selectedId);
  const filter = useChoice((state) => state.filter);
  const ticking = useNow(5_000);
  const version = useLiveVersion(CHANGES_EVERY_MS);
  const [order, setOrder] = useState<ListOrder>('urgent');
  const [rows, setRows] = useState<readonly CaseRow[]>([]);
  const [shownVersion, setShownVersion] = useState(-1);
  const [hold, setHold] = useState({ pointer: false, focus: false });
  const scroll = useRef<HTMLDivElement>(null);
  const isHeld = hold.pointer || hold.focus;
  const latest = useRef({ isHeld, version, unitName });
  latest.current = { isHeld, version, unitName };

  const refresh = useMemo(
    () => () => {
      const found = region === null ? map.casesInView() : map.casesWithin(region);
      const names = latest.current.unitName;
      const compare = listSorter(order, now(), (unit) => (unit === null ? '' : names(unit)));
      setRows(found.toSorted(compare));
      setShownVersion(latest.current.version);
    },
    [map, region, order, now],
  );
  const bounds = view?.bounds.join(' ');
  useEffect(() => {
    const timer = setTimeout(refresh, region === null ? STILL_MS : 0);
    return () => clearTimeout(timer);
  }, [refresh, region, bounds, filter]);
  useEffect(() => {
    if (!latest.current.isHeld) refresh();
  }, [refresh, version, isHeld]);

  const virtual = useVirtualRows({ count: rows.length, rowHeight: ROW_HEIGHT, scrollRef: scroll });
  const selectedIndex = rows.findIndex(({ id }) => id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollTo(selectedIndex);
    // Only a new selection scrolls.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selectedId]);

  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = listTarget(event.key, selectedIndex, rows.length, PAGE_ROWS);
    const row = target === null ? undefined : rows[target];
    if (row !== undefined) store.setState({ selectedId: row.id });
    else if (event.key === 'Enter' && selectedIndex >= 0) run('focus_case');
    else return;
    event.preventDefault();
  };
  const isChanged = isHeld && shownVersion !== version;
  const countText = t(region === null ? 'mapTools.list.inView' : 'mapTools.list.inRegion', {
    number: count(rows.length),
  });

  return (
    <section className={styles.panel} aria-label={t('mapTools.list.title')}>
      <header className={styles.head}>
        <output className={styles.count}>{countText}</output>
        {isChanged ? (
          <Button size="small" onPress={refresh}>
            {t('mapTools.list.changed')}
          </Button>
        ) : null}
        <span className={styles.gap} />
        <Pick
          label={t('mapTools.list.order')}
          isLabelHidden
          size="small"
          items={listOrders.map((id) => ({ id, name: t(`mapTools.list.orders.${id}`) }))}
          value={order}
          onChange={setOrder}
        />
        {region === null ? null : (
          <Button size="small" onPress={onClearRegion}>
            {t('mapTools.list.clear')}
          </Button>
        )}
        <Button size="small" onPress={onClose}>
          {t('mapTools.list.close')}
        </Button>
      </header>
      {rows.length === 0 ? (
        <p className={styles.empty}>{t(region === null ? 'mapTools.list.emptyView' : 'mapTools.list.emptyRegion')}</p>
      ) : (
        <div
          ref={scroll}
          className={styles.list}
          role="listbox"
          tabIndex={0}
          aria-label={`${t('mapTools.list.title')} ${countText}`}
          {...(selectedIndex < 0 ? {} : { 'aria-activedescendant': optionId(selectedId ?? '') })}
          onKeyDown={keyDown}
          onPointerEnter={() => setHold((before) => ({ ...before, pointer: true }))}
          onPointerLeave={() => setHold((before) => ({ ...before, pointer: false }))}
          onFocus={() => setHold((before) => ({ ...before, focus: true }))}
          onBlur={() => setHold((before) => ({ ...before, focus: false }))}
        >
          <div role="presentation" className={styles.sheet} style={{ height: virtual.totalHeight }}>
            {virtual.items.map(({ index, top }) => {
              const listed = rows[index];
              if (listed === undefined) return null;
              const row = live.rows.get(listed.id);
              return (
                <div
                  key={listed.id}
                  id={optionId(listed.id)}
                  role="option"
                  aria-selected={listed.id === selectedId}
                  aria-setsize={rows.length}
                  aria-posinset={index + 1}
                  data-gone={row === undefined}
                  className={styles.row}
                  style={{ transform: `translate3d(0, ${top}px, 0)`, height: ROW_HEIGHT }}
                  onClick={() => store.setState({ selectedId: listed.id })}
                  onDoubleClick={() => run('focus_case')}
                >
                  <MapListRow row={row ?? listed} isGone={row === undefined} now={ticking} />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}

function optionId(caseId: string): string {
  return `map-option-${caseId}`;
}
