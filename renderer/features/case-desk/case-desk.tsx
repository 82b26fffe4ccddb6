import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { shortTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { CasePhotos } from '#renderer/photos/case-photos.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { emptyDraft } from '#renderer/acts/act-draft.ts';
import { ActForm } from './act-form.tsx';
import { ActionBar } from './action-bar.tsx';
import { CaseChain } from './chain.tsx';
import { EraseForm } from './erase-form.tsx';
import { CaseFacts } from './facts.tsx';
import { CaseHead } from './head.tsx';
import { nextActions, type CaseAct } from '#renderer/acts/next-actions.ts';
import { CaseRecord } from './record.tsx';
import { sendAct } from '#renderer/acts/send-act.ts';
import { SideFacts, useSideLines } from './side-facts.tsx';
import { useCase, type CaseView, type LoadedCase } from './use-case.ts';
import { useChain } from './use-chain.ts';
import { useSuggestions } from '#renderer/acts/use-suggestions.ts';
import styles from './case-desk.module.css';

/** A section that the desk puts into the panel from another feature. */
export type PanelSlot = (detail: CaseDetail) => ReactNode;

interface Outside {
  /** Brings the case into view on the map. */
  readonly onShowOnMap: () => void;
  /** Beneath the chain: the ledger of the clocks 时限账本. */
  readonly clock: PanelSlot;
  /** Beneath the clocks: what else happened at this spot 此处历史. */
  readonly below: PanelSlot;
}

/** The panel of the selected case or ticket. */
export function CaseDesk(outside: Outside) {
  const { t } = useWords();
  const selectedId = useChoice((state) => state.selectedId);
  const isPast = useIsPast();
  return (
    <section className={styles.desk} aria-label={t('case.region')} id="case-desk" tabIndex={-1}>
      {selectedId === null ? (
        <Empty title={t('case.none')} hint={t('case.noneHint')} />
      ) : (
        <SelectedCase key={`${selectedId} ${isPast}`} id={selectedId} outside={outside} />
      )}
    </section>
  );
}

function SelectedCase({ id, outside }: { readonly id: string; readonly outside: Outside }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const view = useCase(id);
  const isPast = useIsPast();
  // A key that is quicker than the host is kept until the case is there.
  const [early, setEarly] = useState<EarlyKey | null>(null);
  const keep = (key: EarlyKey) => {
    if (view.loaded === null) setEarly(key);
    return view.loaded === null;
  };
  const [isFocusWanted, setFocusWanted] = useState(false);
  useCommand('focus_case', () => {
    if (view.loaded === null) setFocusWanted(true);
    return view.loaded === null;
  });
  useCommand('next_step', () => keep('next_step'));
  useCommand('press_unit', () => keep('press_unit'));
  if (view.loaded === null) {
    if (view.error === null) return <Empty title={t('case.loading')} />;
    if (isPast && view.error.code === 'not_found') {
      return <Empty title={t('past.notYet')} hint={t('past.notYetHint')} />;
    }
    const { title, remedy } = errorWords(view.error);
    return (
      <Empty title={t('case.failed', { reason: title })} hint={remedy}>
        <Button onPress={view.reload}>{t('case.retry')}</Button>
      </Empty>
    );
  }
  return <LoadedDesk loaded={view.loaded} {...{ view, early, isFocusWanted, outside }} />;
}

type EarlyKey = 'next_step' | 'press_unit';

function LoadedDesk({
  loaded,
  view,
  early,
  isFocusWanted,
  outside,
}: {
  readonly loaded: LoadedCase;
  readonly view: CaseView;
  readonly early: EarlyKey | null;
  /** The keyboard was sent here before the case was. */
  readonly isFocusWanted: boolean;
  readonly outside: Outside;
}) {
  const { t } = useWords();
  const { areas, store } = useDesk();
  const isPast = useIsPast();
  const client = useClient();
  const errorWords = useErrorWords();
  const { detail } = loaded;
  const next = nextActions(detail, areas);
  const suggested = useSuggestions(detail, next);
  const [act, setAct] = useState<CaseAct | null>(() =>
    early === null ? null : early === 'next_step' ? next.primary : next.press,
  );
  const [isErasing, setErasing] = useState(false);
  const [status, setStatus] = useState('');
  const barRef = useRef<HTMLDivElement>(null);
  const hadForm = useRef(false);

  const begin = (action: CaseAct | null) => {
    if (action === null) return false;
    setStatus('');
    setErasing(false);
    setAct(action);
    return true;
  };
  // What was recorded last; until the panel shows it, keys wait: a form on the step before would only be refused.
  const [recorded, setRecorded] = useState(0);
  const [waiting, setWaiting] = useState<EarlyKey | null>(null);
  const isBehind = detail.version < recorded;
  const beginBy = (key: EarlyKey) => {
    if (!isBehind) return begin(key === 'next_step' ? next.primary : next.press);
    setWaiting(key);
    return true;
  };
  useEffect(() => {
    if (isBehind || waiting === null) return;
    setWaiting(null);
    const action = waiting === 'next_step' ? next.primary : next.press;
    if (action === null) return;
    setStatus('');
    setAct(action);
  }, [isBehind, waiting, next.primary, next.press]);
  useCommand('next_step', () => beginBy('next_step'));
  useCommand('press_unit', () => beginBy('press_unit'));
  useCommand('focus_case', () => barRef.current?.querySelector('button')?.focus());
  useEffect(() => {
    if (isFocusWanted) barRef.current?.querySelector('button')?.focus();
  }, [isFocusWanted]);
  const askedAct = useChoice((state) => state.askedAct);
  useEffect(() => {
    if (askedAct === null || askedAct.id !== detail.id) return;
    store.setState({ askedAct: null });
    setStatus('');
    setErasing(false);
    setAct(askedAct.action);
  }, [askedAct, detail.id, store]);
  useCommand('back', () => {
    if (act === null) return false;
    setAct(null);
    return true;
  });
  const recall = async () => {
    setStatus(t('acts.sending'));
    const on = { id: detail.id, expectedVersion: detail.version, commandId: crypto.randomUUID() };
    const outcome = await sendAct(client, 'recall', on, emptyDraft);
    setStatus(outcome.ok ? t('case.recorded', { sequence: outcome.value.sequence }) : sentenceOf(outcome.error));
    view.reload();
  };

  // After a form the keyboard is at the next step again, unless somebody went on elsewhere before the answer came.
  useEffect(() => {
    const { activeElement, body } = document;
    const isHere = activeElement === body || activeElement?.closest('#case-desk') !== null;
    if (hadForm.current && act === null && isHere) barRef.current?.querySelector('button')?.focus();
    hadForm.current = act !== null;
  }, [act]);

  return (
    <>
      <CaseHead detail={detail} steps={loaded.history.steps} />
      <PanelBody loaded={loaded} error={view.error} outside={outside} />
      <div ref={barRef}>
        {isPast ? (
          <p className={styles.bar}>{t('past.actsOff')}</p>
        ) : isErasing ? (
          <EraseForm
            caseId={detail.id}
            onCancel={() => setErasing(false)}
            onDone={({ version, sequence }) => {
              setErasing(false);
              setRecorded(version);
              setStatus(t('reporter.erasedNow', { sequence }));
              view.reload();
            }}
          />
        ) : act === null ? (
          <ActionBar
            {...{ detail, next, suggested, status }}
            onAct={begin}
            onRecall={() => void recall()}
            onErase={() => setErasing(true)}
            onStatus={setStatus}
          />
        ) : (
          <ActForm
            key={act}
            detail={detail}
            action={act}
            suggested={suggested}
            onCancel={() => setAct(null)}
            onDone={(receipt) => {
              setAct(null);
              setRecorded(receipt.version);
              setStatus(t('case.recorded', { sequence: receipt.sequence }));
              view.reload();
            }}
          />
        )}
      </div>
    </>
  );

  function sentenceOf(error: WireError): string {
    const { title, remedy } = errorWords(error);
    return `${title} ${remedy}`;
  }
}

function PanelBody({
  loaded,
  error,
  outside,
}: {
  readonly loaded: LoadedCase;
  readonly error: WireError | null;
  readonly outside: Outside;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { store } = useDesk();
  const { detail, history } = loaded;
  const chain = useChain(detail, history.steps);
  const sideLines = useSideLines(detail);
  const main = detail.mergedInto;
  return (
    <div className={styles.body} tabIndex={0} role="group" aria-label={t('case.sections.facts')}>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {t('case.stale', { time: shortTime(loaded.at) })}
        </Notice>
      )}
      {main === null ? null : (
        <Notice kind="note" title={t('case.mergedIntoNote', { id: main })}>
          <Button size="small" onPress={() => store.setState({ selectedId: main })}>
            {t('case.openMain')}
          </Button>
        </Notice>
      )}
      <div className={styles.top}>
        <div className={styles.topFacts}>
          <CaseFacts detail={detail} onShowOnMap={outside.onShowOnMap} />
        </div>
        {detail.photos.length === 0 ? null : <CasePhotos detail={detail} />}
      </div>
      {sideLines.length === 0 ? null : (
        <Section title={t('case.sections.side')}>
          <SideFacts lines={sideLines} />
        </Section>
      )}
      <Section title={t('case.sections.chain')} note={chain.note} end={chain.longest}>
        <CaseChain detail={detail} rows={chain.rows} totals={chain.totals} />
      </Section>
      {outside.clock(detail)}
      {outside.below(detail)}
      <Section title={t('case.sections.history')} note={t('case.steps', { count: history.steps.length })}>
        <CaseRecord steps={history.steps} />
      </Section>
    </div>
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
