import { useCallback, useEffect, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Receipt } from '#contract/cases.ts';
import { emptyDraft } from '#renderer/acts/act-draft.ts';
import { sendAct } from '#renderer/acts/send-act.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { clockTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LineBox } from './line-box.tsx';
import type { Effect } from './use-plan.ts';
import styles from './command-line.module.css';

/** What the last line did. `recallUntil`: it can be taken back until then; epoch milliseconds. */
interface Done {
  readonly id: string;
  readonly text: string;
  readonly recallUntil: number | null;
}

/**
 * The command line 命令行 (K3): a verb, a case, words; what Enter would do is told while one types. It opens above any form,
 * acts on one case while another stays open, and gives the keyboard back where it was.
 */
export function CommandLine() {
  const { t } = useWords();
  const { store } = useDesk();
  const act = useSendLine();
  const [text, setText] = useState('');
  const [isFloating, setFloating] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const inputRef = useRef<HTMLInputElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const history = useRef<string[]>([]);
  /** A line that the host has not answered. */
  const onTheWay = useRef<string | null>(null);

  const open = (begin: string) => {
    const active = document.activeElement;
    if (active !== inputRef.current && active instanceof HTMLElement) cameFrom.current = active;
    if (onTheWay.current !== null) setText('');
    if (begin !== '') setText((before) => (before.startsWith(begin) ? before : begin));
    // What lies above the desk keeps the keyboard to itself, so the line comes to it.
    if (active?.closest('[role=dialog], [role=alertdialog]') !== null && active !== inputRef.current) setFloating(true);
    else inputRef.current?.focus();
  };
  useCommand('command_line', () => open(''));
  useCommand('palette', () => open('>'));
  useEffect(() => {
    if (isFloating) inputRef.current?.focus();
  }, [isFloating]);

  const leave = useCallback(() => {
    setFloating(false);
    const target = cameFrom.current;
    cameFrom.current = null;
    // A line that was answered late takes the keyboard from nobody who went on meanwhile.
    const { activeElement } = document;
    if (activeElement !== inputRef.current && activeElement !== document.body) return;
    // An element that is gone gives the keyboard to the list, not to nobody.
    if (target?.isConnected === true && target !== document.body) target.focus();
    else document.querySelector<HTMLElement>('#queue [role=listbox]')?.focus();
  }, []);

  const remember = (line: string) => {
    history.current = [...history.current.filter((one) => one !== line), line].slice(-50);
  };
  const run = async (effect: Effect, line: string): Promise<string | null> => {
    let isWritingOn = false;
    if (effect.kind === 'search') store.setState(({ filter }) => ({ filter: { ...filter, text: effect.text } }));
    if (effect.kind === 'open') store.setState({ selectedId: effect.id });
    if (effect.kind === 'form') {
      cameFrom.current = null;
      setFloating(false);
      store.setState({ dialog: null, selectedId: effect.id, askedAct: { id: effect.id, action: effect.action } });
    }
    if (effect.kind === 'act') {
      onTheWay.current = line;
      const outcome = await act.send(effect);
      onTheWay.current = null;
      isWritingOn = inputRef.current?.value !== line;
      if (!outcome.ok) {
        if (!isWritingOn) return outcome.problem;
        remember(line);
        return t('commandLine.notDone', { line, problem: outcome.problem });
      }
      setDone({ id: effect.detail.id, text: outcome.text, recallUntil: outcome.recallUntil });
    }
    remember(line);
    // The next line, written meanwhile, stays, and so does the keyboard.
    if (isWritingOn) return null;
    setText('');
    if (effect.kind !== 'form') leave();
    return null;
  };

  const box = (
    <LineBox
      text={text}
      onText={setText}
      inputRef={inputRef}
      history={history}
      isAbove={!isFloating}
      onRun={run}
      onLeave={leave}
    />
  );
  return (
    <section className={styles.bar} aria-label={t('commandLine.label')}>
      {isFloating ? <span className={styles.rest} /> : box}
      {done === null ? null : <LastLine key={done.text} done={done} onRecall={() => act.recall(done.id)} />}
      <ModalOverlay
        className={styles.overlay ?? ''}
        isOpen={isFloating}
        isDismissable
        onOpenChange={(isOpen) => {
          if (!isOpen) setFloating(false);
        }}
      >
        <Modal className={styles.floating ?? ''}>
          <Dialog className={styles.floatingBox ?? ''} aria-label={t('commandLine.label')}>
            {box}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </section>
  );
}

type Sent =
  | { readonly ok: true; readonly text: string; readonly recallUntil: number | null }
  | { readonly ok: false; readonly problem: string };

/** Sends acts of the line, and takes the last one back. */
function useSendLine() {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  // The same line sent again after an answer that never came is the same command.
  const pending = useRef<{ readonly key: string; readonly commandId: string } | null>(null);
  return { send, recall };

  async function send({ action, detail, draft }: Extract<Effect, { kind: 'act' }>): Promise<Sent> {
    const key = JSON.stringify([action, detail.id, detail.version, draft]);
    const commandId = pending.current?.key === key ? pending.current.commandId : crypto.randomUUID();
    pending.current = { key, commandId };
    const on = { id: detail.id, expectedVersion: detail.version, commandId };
    const outcome = await sendAct(client, action, on, draft);
    if (!outcome.ok) {
      const { title, remedy } = errorWords(outcome.error);
      return {
        ok: false,
        problem: `${title} ${outcome.error.code === 'unavailable' ? t('case.unknownOutcome') : remedy}`,
      };
    }
    pending.current = null;
    return { ok: true, ...(await told(action, outcome.value)) };
  }

  async function told(action: Extract<Effect, { kind: 'act' }>['action'], { caseId, sequence }: Receipt) {
    const after = await client.call('case.get', { id: caseId });
    const name = `${caseId.slice(-4)} ${t(`actions.${action}`)}`;
    const text = `${name} ${clockTime(client.hostNow())} · ${t('case.recorded', { sequence })}`;
    return { text, recallUntil: after.ok ? after.value.recallUntil : null };
  }

  async function recall(id: string): Promise<string> {
    const now = await client.call('case.get', { id });
    if (!now.ok) return errorWords(now.error).title;
    const on = { id, expectedVersion: now.value.version, commandId: crypto.randomUUID() };
    const outcome = await sendAct(client, 'recall', on, emptyDraft);
    if (!outcome.ok) return errorWords(outcome.error).title;
    return `${id.slice(-4)} ${t('actions.recall')} · ${t('case.recorded', { sequence: outcome.value.sequence })}`;
  }
}

/** What the last line did, with 撤回 while that is possible. */
function LastLine({ done, onRecall }: { readonly done: Done; readonly onRecall: () => Promise<string> }) {
  const { t } = useWords();
  const now = useNow(1_000);
  const [recalled, setRecalled] = useState<string | null>(null);
  const seconds = done.recallUntil === null ? 0 : Math.ceil((done.recallUntil - now) / 1_000);
  return (
    <span className={styles.last}>
      <span className={styles.lastName}>{t('commandLine.last')}</span>
      <span role="status">{recalled ?? done.text}</span>
      {seconds <= 0 || recalled !== null ? null : (
        <Button size="small" onPress={() => void onRecall().then(setRecalled)}>
          {t('acts.recall', { seconds })}
        </Button>
      )}
    </span>
  );
}
