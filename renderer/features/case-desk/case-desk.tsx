import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { shortTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { ActForm } from './act-form.tsx';
import { ActionBar } from './action-bar.tsx';
import { CaseChain, useChainNote } from './chain.tsx';
import { ClockBar } from './clock-bar.tsx';
import { CaseFacts } from './facts.tsx';
import { CaseHead } from './head.tsx';
import { nextActions, type CaseAct } from './next-actions.ts';
import { CaseRecord } from './record.tsx';
import { useCase, type CaseView, type LoadedCase } from './use-case.ts';
import styles from './case-desk.module.css';

/** The panel of the selected case. `onShowOnMap` brings it into view on the map. */
export function CaseDesk({ onShowOnMap }: { readonly onShowOnMap: () => void }) {
  const { t } = useWords();
  const selectedId = useChoice((state) => state.selectedId);
  return (
    <section className={styles.desk} aria-label={t('case.region')} id="case-desk" tabIndex={-1}>
      {selectedId === null ? (
        <Empty title={t('case.none')} hint={t('case.noneHint')} />
      ) : (
        <SelectedCase key={selectedId} id={selectedId} onShowOnMap={onShowOnMap} />
      )}
    </section>
  );
}

function SelectedCase({ id, onShowOnMap }: { readonly id: string; readonly onShowOnMap: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const view = useCase(id);
  // A key that is quicker than the host is kept until the case is there.
  const [early, setEarly] = useState<EarlyKey | null>(null);
  const keep = (key: EarlyKey) => {
    if (view.loaded === null) setEarly(key);
    return view.loaded === null;
  };
  useCommand('next_step', () => keep('next_step'));
  useCommand('send_back', () => keep('send_back'));
  if (view.loaded === null) {
    if (view.error === null) return <Empty title={t('case.loading')} />;
    const { title, remedy } = errorWords(view.error);
    return (
      <Empty title={t('case.failed', { reason: title })} hint={remedy}>
        <Button onPress={view.reload}>{t('case.retry')}</Button>
      </Empty>
    );
  }
  return <LoadedDesk loaded={view.loaded} view={view} early={early} onShowOnMap={onShowOnMap} />;
}

type EarlyKey = 'next_step' | 'send_back';

function LoadedDesk({
  loaded,
  view,
  early,
  onShowOnMap,
}: {
  readonly loaded: LoadedCase;
  readonly view: CaseView;
  readonly early: EarlyKey | null;
  readonly onShowOnMap: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { areas } = useDesk();
  const { detail, history } = loaded;
  const next = nextActions(detail, areas);
  const [act, setAct] = useState<CaseAct | null>(() =>
    early === null ? null : early === 'next_step' ? next.primary : next.sendBack,
  );
  const [status, setStatus] = useState('');
  const note = useChainNote(detail);
  const barRef = useRef<HTMLDivElement>(null);
  const hadForm = useRef(false);

  const begin = (action: CaseAct | null) => {
    if (action === null) return false;
    setStatus('');
    setAct(action);
    return true;
  };
  useCommand('next_step', () => begin(next.primary));
  useCommand('send_back', () => begin(next.sendBack));
  useCommand('focus_case', () => barRef.current?.querySelector('button')?.focus());
  useCommand('back', () => {
    if (act === null) return false;
    setAct(null);
    return true;
  });

  // After a form the keyboard is at the next step again.
  useEffect(() => {
    if (hadForm.current && act === null) barRef.current?.querySelector('button')?.focus();
    hadForm.current = act !== null;
  }, [act]);

  return (
    <>
      <CaseHead detail={detail} steps={history.steps} />
      <div className={styles.body} tabIndex={0} role="group" aria-label={t('case.sections.facts')}>
        {view.error === null ? null : (
          <Notice kind="problem" title={errorWords(view.error).title}>
            {t('case.stale', { time: shortTime(loaded.at) })}
          </Notice>
        )}
        <CaseFacts detail={detail} onShowOnMap={onShowOnMap} />
        <Section title={t('case.sections.chain')} note={note.count} end={note.longest}>
          <CaseChain detail={detail} />
        </Section>
        <Section title={t('case.sections.clock')}>
          <ClockBar detail={detail} />
        </Section>
        <Section title={t('case.sections.history')} note={t('case.steps', { count: history.steps.length })}>
          <CaseRecord steps={history.steps} />
        </Section>
      </div>
      <div ref={barRef}>
        {act === null ? (
          <ActionBar detail={detail} next={next} status={status} onAct={setAct} />
        ) : (
          <ActForm
            key={act}
            detail={detail}
            action={act}
            onCancel={() => setAct(null)}
            onDone={(receipt) => {
              setAct(null);
              setStatus(t('case.recorded', { sequence: receipt.sequence }));
              view.reload();
            }}
          />
        )}
      </div>
    </>
  );
}

function Section({
  title,
  note = '',
  end = '',
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly end?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.sectionHead}>
        <b>{title}</b>
        <span>{note}</span>
        <span className={styles.sectionEnd}>{end}</span>
      </h3>
      {children}
    </section>
  );
}
