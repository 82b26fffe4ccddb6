import { useMemo } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import { figureKinds } from '#domain/wall/day-figures.ts';
import type { WallScene } from '#domain/wall/scene.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Figures } from './figures.tsx';
import { UnitTable, UrgentList } from './lists.tsx';
import { useWall } from './wall-context.tsx';
import type { WallFit } from '#domain/wall/wall-fit.ts';
import { WallMap } from './wall-map.tsx';
import styles from './wall.module.css';

/** 日常监控: is anything wrong, and where? */
export function WatchScene({ fit }: { readonly fit: WallFit }) {
  const { t } = useWords();
  const map = <WallMap unit={fit.unit} place={whole} title={t('wall.openCases')} />;
  const list = fit.rows === 0 ? null : <UrgentList rows={fit.rows} has={fit.listHas} />;
  const units = fit.hasUnits ? <UnitTable /> : null;
  const columns = fit.form === 'wide' ? 4 : 2;
  const figures = <Figures kinds={figureKinds} columns={columns} hasLines={fit.hasLines} />;
  if (fit.form === 'panorama') {
    return (
      <Body fit={fit} columns="minmax(0, 1fr) minmax(0, 1.3fr) minmax(0, 1.2fr)">
        <div className={styles.column}>
          {figures}
          {units}
        </div>
        {map}
        <div className={styles.column}>{list}</div>
      </Body>
    );
  }
  return (
    <Body fit={fit} columns={`minmax(0, ${fit.mapShare}fr) minmax(0, ${1 - fit.mapShare}fr)`}>
      {map}
      <div className={styles.column}>
        {figures}
        {fit.form === 'wide' && units !== null ? (
          <div className={styles.halves}>
            {list}
            {units}
          </div>
        ) : (
          <>
            {list}
            {units}
          </>
        )}
      </div>
    </Body>
  );
}

/** 夜间: the same question with half as many figures, dimmed. */
export function NightScene({ fit }: { readonly fit: WallFit }) {
  const { t } = useWords();
  return (
    <Body fit={fit} columns={`minmax(0, ${fit.mapShare}fr) minmax(0, ${1 - fit.mapShare}fr)`}>
      <WallMap unit={fit.unit} place={whole} title={t('wall.openCases')} />
      <div className={styles.column}>
        <Figures kinds={['open', 'overdue']} columns={2} hasLines={false} isLarge={fit.hasLines} />
        {fit.rows === 0 ? null : <UrgentList rows={fit.rows} has={fit.listHas} />}
      </div>
    </Body>
  );
}

/** 专题: one class, one area, or one class in one area. */
export function TopicScene({
  fit,
  scene,
}: {
  readonly fit: WallFit;
  readonly scene: Extract<WallScene, { kind: 'topic' }>;
}) {
  const { t } = useWords();
  const { areas } = useWall();
  const { classCode, area } = scene;
  const only = useMemo(
    () => (row: CaseRow) =>
      (classCode === null || row.classCode === classCode) &&
      (area === null || areas.path(row.gridCode).some(({ code }) => code === area)),
    [areas, classCode, area],
  );
  return (
    <Body fit={fit} columns={`minmax(0, ${fit.mapShare}fr) minmax(0, ${1 - fit.mapShare}fr)`}>
      <WallMap unit={fit.unit} place={{ area, caseId: null }} only={only} title={t('wall.openCases')} />
      <div className={styles.column}>
        <UrgentList rows={Math.max(4, fit.rows)} has={fit.listHas} only={only} />
      </div>
    </Body>
  );
}

const whole = { area: null, caseId: null } as const;

/** The room below the head: side by side, or one above the other. */
export function Body({
  fit,
  columns,
  children,
}: {
  readonly fit: WallFit;
  /** Of a wall that is wider than high. */
  readonly columns: string;
  readonly children: React.ReactNode;
}) {
  const template =
    fit.form === 'tall'
      ? { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'minmax(0, 1fr) auto' }
      : { gridTemplateColumns: columns };
  return (
    <main className={styles.body} data-form={fit.form} style={template}>
      {children}
    </main>
  );
}
