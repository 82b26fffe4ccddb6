import { createPortal } from 'react-dom';
import type { HandoverForm } from '#contract/shift.ts';
import { lineKinds } from '#domain/shift/handover-lines.ts';
import { fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { caseDigits, useLineWords } from './use-line-words.ts';
import styles from './slip.module.css';

/** The slip 值班交接单: nothing on the screen, the only thing on paper. Every line is on it, whatever the screen has unfolded. */
export function HandoverSlip({ form, seat }: { readonly form: HandoverForm; readonly seat: string }) {
  const { t } = useWords();
  const words = useLineWords();
  const known = new Set(form.known);
  const noteOf = new Map(form.notes.map(({ key, text }) => [key, text]));
  const isLine = new Set(form.lines.map(({ key }) => key));
  const others = form.notes.filter(({ key }) => !isLine.has(key));
  const signatures = [
    [t('shift.outgoing'), form.outgoing],
    [t('shift.incoming'), form.incoming],
  ] as const;
  return createPortal(
    <article className={styles.slip} data-testid="handover-slip">
      <h1>{t('shift.slip')}</h1>
      <p className={styles.meta}>
        {t('shift.seatName', { seat })} · {t('shift.number', { number: form.number })} ·{' '}
        {form.since === null
          ? t('shift.first')
          : t('shift.since', { time: fullTime(form.since), until: fullTime(form.at) })}
      </p>
      {form.outgoing === null || form.incoming === null ? <p className={styles.meta}>{t('shift.draft')}</p> : null}
      {lineKinds.map((kind) => {
        const lines = form.lines.filter((line) => line.kind === kind);
        const total = form.counts[kind] ?? 0;
        if (total === 0) return null;
        return (
          <section key={kind}>
            <h2>
              {t(`shift.kinds.${kind}`)} {total}
              {lines.length < total ? ` (${t('shift.listed', { listed: lines.length, total })})` : null}
            </h2>
            <table>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.key}>
                    <td>{line.level === null ? '' : t(`levels.level${line.level}`)}</td>
                    <td>{caseDigits(line.caseId)}</td>
                    <td>
                      {words.nameOf(line)}
                      {noteOf.has(line.key) ? ` — ${noteOf.get(line.key)}` : null}
                    </td>
                    <td>{words.placeOf(line)}</td>
                    <td>{words.whatOf(line)}</td>
                    <td>{words.timeOf(line, form)}</td>
                    <td>{known.has(line.key) ? t('shift.known') : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
      <section>
        <h2>{t('shift.notes')}</h2>
        {others.length === 0 ? <p>{t('shift.noNotes')}</p> : null}
        {others.map(({ key, text }) => (
          <p key={key}>
            {words.subjectOf(key, form)}: {text}
          </p>
        ))}
      </section>
      <table className={styles.signed}>
        <tbody>
          {signatures.map(([label, signature]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{signature === null ? '' : words.personOf(signature)}</td>
              <td>{signature === null ? '' : fullTime(signature.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.meta}>
        {t('shift.dataTime', { time: fullTime(form.at), sequence: form.sequence, head: form.head })}
        {form.hash === null ? null : ` · ${t('shift.formHash', { hash: form.hash })}`}
      </p>
    </article>,
    document.body,
  );
}
