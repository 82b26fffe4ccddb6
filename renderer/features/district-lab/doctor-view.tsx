import { useState } from 'react';
import type { DistrictColumns, DistrictReport } from '#contract/district.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import type { LabFlow } from './use-lab.ts';
import { useSystemWords } from './use-system-words.ts';
import styles from './district-lab.module.css';

const NONE = '\u0000none';
const columnNames = ['code', 'name', 'parent', 'level'] as const satisfies readonly (keyof DistrictColumns)[];

/** What the file says of itself, which coordinate system fits by how much, and which columns are what: a person confirms. */
export function DoctorView({
  report,
  onAgain,
}: {
  readonly report: DistrictReport;
  readonly onAgain: LabFlow['examineAgain'];
}) {
  const { t } = useWords();
  const systemWords = useSystemWords();
  const { candidates, system, features, layers } = report;
  return (
    <div className={styles.body}>
      <p className={styles.quiet}>
        {t('lab.file.facts', { features: count(features) })}
        {layers.map(({ format, layer, encoding, stated }) => (
          <span key={layer} className={styles.line}>
            {t('lab.file.layer', { format, layer, encoding, stated: stated?.words ?? t('lab.file.notStated') })}
          </span>
        ))}
      </p>
      <Verdict report={report} />
      {candidates.length === 0 ? null : (
        <table className={styles.table}>
          <caption>{t('lab.doctor.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('lab.doctor.system')}</th>
              <th scope="col" className={styles.number}>
                {t('lab.doctor.mean')}
              </th>
              <th scope="col" className={styles.number}>
                {t('lab.doctor.max')}
              </th>
              <th scope="col" className={styles.number}>
                {t('lab.doctor.compared')}
              </th>
              <th scope="col">{t('lab.doctor.use')}</th>
            </tr>
          </thead>
          <tbody>
            {candidates.map((fit) => (
              <tr key={fit.name} data-chosen={fit.name === report.systemName}>
                <th scope="row">{systemWords(fit.system)}</th>
                <td className={styles.number}>{metres(fit.meanMetres)}</td>
                <td className={styles.number}>{metres(fit.maxMetres)}</td>
                <td className={styles.number}>{count(fit.compared)}</td>
                <td>
                  {fit.name === report.systemName ? (
                    t('lab.doctor.used')
                  ) : (
                    <Button
                      size="small"
                      aria-label={`${t('lab.doctor.use')} ${systemWords(fit.system)}`}
                      onPress={() => onAgain({ system: fit.system })}
                    >
                      {t('lab.doctor.use')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {system === null ? null : <Levels report={report} />}
      <Columns key={report.examinationId} report={report} onAgain={onAgain} />
    </div>
  );
}

function Verdict({ report: { verdict, candidates, system } }: { readonly report: DistrictReport }) {
  const { t } = useWords();
  const systemWords = useSystemWords();
  const [best] = candidates;
  if (verdict.kind === 'undecided') {
    return (
      <Notice kind="problem" title={t(`lab.doctor.undecided.${verdict.reason}`)}>
        {system === null ? t('lab.doctor.nothingChecked') : t('lab.doctor.checkedIn', { system: systemWords(system) })}
      </Notice>
    );
  }
  if (best === undefined) return null;
  const words = { system: systemWords(best.system), lead: metres(verdict.leadMetres ?? 0) };
  const isOther = system !== null && systemWords(system) !== words.system;
  return (
    <Notice
      kind="note"
      title={verdict.leadMetres === null ? t('lab.doctor.fitsAlone', words) : t('lab.doctor.fits', words)}
    >
      {isOther ? t('lab.doctor.checkedIn', { system: systemWords(system) }) : ''}
    </Notice>
  );
}

function Levels({ report }: { readonly report: DistrictReport }) {
  const { t } = useWords();
  return (
    <dl className={styles.facts} aria-label={t('lab.levels.title')}>
      {report.levels.map(({ level, areas }) => (
        <div key={level}>
          <dt>{t('lab.levels.level', { level })}</dt>
          <dd>{t('lab.levels.areas', { number: count(areas) })}</dd>
        </div>
      ))}
    </dl>
  );
}

function Columns({ report, onAgain }: { readonly report: DistrictReport; readonly onAgain: LabFlow['examineAgain'] }) {
  const { t } = useWords();
  const [columns, setColumns] = useState(report.columns);
  const items = [{ id: NONE, name: t('lab.columns.none') }, ...report.properties.map((name) => ({ id: name, name }))];
  const isChanged = columnNames.some((name) => columns[name] !== report.columns[name]);
  return (
    <fieldset className={styles.columns}>
      <legend>{t('lab.columns.title')}</legend>
      {columnNames.map((name) => (
        <Pick
          key={name}
          label={t(`lab.columns.${name}`)}
          items={items}
          value={columns[name] ?? NONE}
          onChange={(chosen) => setColumns((before) => ({ ...before, [name]: chosen === NONE ? null : chosen }))}
        />
      ))}
      <Button isDisabled={!isChanged} onPress={() => onAgain({ columns })}>
        {t('lab.columns.recheck')}
      </Button>
    </fieldset>
  );
}

function metres(value: number): string {
  return value >= 100 ? count(Math.round(value)) : value.toFixed(1);
}
