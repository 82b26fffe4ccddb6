import type { ReactNode } from 'react';
import { keyOf } from '#renderer/actions/commands.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import styles from './city-map.module.css';

/** From the whole district down to the area in focus; each step back is a click. */
export function Breadcrumb({
  area,
  onFocus,
  onZoom,
  children,
}: {
  readonly area: string | null;
  readonly onFocus: (code: string | null) => void;
  readonly onZoom: (steps: number) => void;
  /** Tools below the zoom. */
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  const { areas, district } = useDesk();
  const path = areas.path(area).filter(({ level }) => level >= areas.unitLevel);
  return (
    <div className={styles.corner} data-corner="top-left">
      <nav className={styles.crumbs} aria-label={t('map.breadcrumb')}>
        <Button kind="quiet" size="small" isDisabled={path.length === 0} onPress={() => onFocus(null)}>
          {district.name}
        </Button>
        {path.map(({ code, name }, index) => (
          <span key={code} className={styles.crumb}>
            <span aria-hidden="true">/</span>
            <Button kind="quiet" size="small" isDisabled={index === path.length - 1} onPress={() => onFocus(code)}>
              {name}
            </Button>
          </span>
        ))}
        {path.length === 0 ? null : (
          <Button
            kind="quiet"
            size="small"
            shortcut={keyOf('back')}
            onPress={() => onFocus(path.length > 1 ? (path.at(-2)?.code ?? null) : null)}
          >
            {t('map.up')}
          </Button>
        )}
      </nav>
      <div className={styles.zoom}>
        <Button size="small" aria-label={t('map.zoomIn')} onPress={() => onZoom(1)}>
          +
        </Button>
        <Button size="small" aria-label={t('map.zoomOut')} onPress={() => onZoom(-1)}>
          −
        </Button>
      </div>
      {children}
    </div>
  );
}
