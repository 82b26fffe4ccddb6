import { useCallback, useEffect, useState } from 'react';
import type { DistrictVersion } from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count, fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import styles from './district-lab.module.css';

const headings = ['name', 'day', 'state', 'areas', 'accepted', 'note', 'problems'] as const;

/** Versions of the district with their days; one that never came into force can be taken back. */
export function VersionsView({ isShown }: { readonly isShown: boolean }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [versions, setVersions] = useState<readonly DistrictVersion[] | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [asked, setAsked] = useState<DistrictVersion | null>(null);
  const load = useCallback(async () => {
    const outcome = await client.call('district.versions', {});
    if (outcome.ok) setVersions(outcome.value.versions);
    setError(outcome.ok ? null : outcome.error);
  }, [client]);
  useEffect(() => {
    if (isShown) void load();
  }, [isShown, load]);
  const withdraw = async ({ version }: DistrictVersion) => {
    const outcome = await client.call('district.withdraw', { version });
    setAsked(null);
    if (outcome.ok) setVersions(outcome.value.versions);
    setError(outcome.ok ? null : outcome.error);
  };
  if (versions === null) {
    return error === null ? (
      <Empty title={t('lab.versions.loading')} />
    ) : (
      <Empty title={t('lab.versions.failed', { reason: errorWords(error).title })} hint={errorWords(error).remedy}>
        <Button onPress={() => void load()}>{t('lab.versions.retry')}</Button>
      </Empty>
    );
  }
  return (
    <>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      <table className={styles.table}>
        <caption>{t('lab.versions.title')}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {t(`lab.versions.${heading}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {versions.map((one) => (
            <tr key={one.version} data-chosen={one.state === 'in_force'}>
              <th scope="row" title={one.version}>
                {one.isBase ? t('lab.versions.base') : one.name === '' ? one.version : one.name}
              </th>
              <td className={styles.code}>{one.effectiveFrom ?? '–'}</td>
              <td>{t(`lab.versions.states.${one.state}`)}</td>
              <td className={styles.code}>{one.areas.map(count).join(' / ') || '–'}</td>
              <td>{one.acceptedAt === null ? '–' : `${fullTime(one.acceptedAt)} ${one.acceptedBy}`}</td>
              <td className={styles.words}>{one.note || '–'}</td>
              <td className={styles.number}>{one.isBase ? '–' : count(one.problems)}</td>
              <td>
                {one.state === 'waits' || one.state === 'due' || one.state === 'damaged' ? (
                  <Button
                    size="small"
                    aria-label={`${t('lab.versions.withdraw')} ${one.name}`}
                    onPress={() => setAsked(one)}
                  >
                    {t('lab.versions.withdraw')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked === null ? null : (
        <Dialog
          title={t('lab.versions.withdrawTitle', { name: asked.name === '' ? asked.version : asked.name })}
          onClose={() => setAsked(null)}
        >
          <p className={styles.quiet}>{t('lab.versions.withdrawHint')}</p>
          <div className={styles.buttons}>
            <Button autoFocus onPress={() => setAsked(null)}>
              {t('lab.accept.back')}
            </Button>
            <Button kind="primary" onPress={() => void withdraw(asked)}>
              {t('lab.versions.withdraw')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
