import type { ReactNode } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { moment, span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useTable } from '#renderer/state/desk-context.tsx';
import { asChoice, type TableRecord } from '#renderer/state/reference.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import styles from './case-desk.module.css';

/** One line of the compact list: what it is, the facts, and what somebody wrote. */
interface SideLine {
  readonly key: string;
  readonly name: string;
  readonly facts: string;
  readonly words: string;
  /** Waits for somebody. */
  readonly isOpen: boolean;
}

/** 督办, requests, pauses, appeals and merges of a case; null when it has none. */
export function useSideLines(detail: CaseDetail): readonly SideLine[] {
  const { t, language } = useWords();
  const { unit } = useNames();
  const now = useNow(60_000);
  const parties = useTable('supervising-parties');
  const lines: (SideLine | null)[] = [
    ...detail.supervisions.map(({ id, kind, level, party, reason, answerBy, answer }): SideLine => {
      const due = answerBy === null ? '' : t('side.supervisionBy', { time: moment(answerBy, now) });
      const facts =
        answer === null
          ? [t('side.supervisionWaits'), due]
          : [t('side.supervisionAnswered', { time: moment(answer.at, now) })];
      return {
        key: id,
        name: t('side.supervision', { level, kind: t(`supervisionKinds.${kind}`), party: nameOf(parties, party) }),
        facts: facts.filter(Boolean).join(' · '),
        words: answer === null ? reason : `${reason} → ${answer.words}`,
        isOpen: answer === null,
      };
    }),
    countLine('urges', detail.urgeCount, t('side.urges', { count: detail.urgeCount })),
    countLine('escalations', detail.escalationCount, t('side.escalations', { count: detail.escalationCount })),
    detail.isHardCase ? plain('hard', t('side.hardCase')) : null,
    detail.extensionRequest === null
      ? null
      : {
          ...{ key: 'extension', name: t('side.extension'), words: detail.extensionRequest.reason, isOpen: true },
          facts: t('side.waitsFor', { post: t(`posts.${detail.extensionRequest.waitsFor}`) }),
        },
    countLine('extensions', detail.extensionCount, t('side.extensions', { count: detail.extensionCount })),
    detail.suspensionRequest === null
      ? null
      : {
          ...{ key: 'asked', name: t('side.suspensionRequest'), words: detail.suspensionRequest.reason, isOpen: true },
          facts: t('side.until', { time: moment(detail.suspensionRequest.until, now) }),
        },
    detail.suspension === null
      ? null
      : {
          ...{ key: 'suspension', name: t('side.suspension'), words: detail.suspension.reason, isOpen: true },
          facts: `${t('side.since', { since: moment(detail.suspension.since, now) })} ${t('side.until', { time: moment(detail.suspension.until, now) })}`,
        },
    detail.appeal === null
      ? null
      : {
          key: 'appeal',
          name: t(`acts.appealKinds.${detail.appeal.kind}`),
          facts: [
            t(`side.appealResults.${detail.appeal.result}`),
            detail.appeal.reviews.length === 0 ? '' : t('side.reviews', { count: detail.appeal.reviews.length }),
          ]
            .filter(Boolean)
            .join(' · '),
          words: [detail.appeal.reason, ...detail.appeal.reviews.map(({ opinion }) => opinion)].join(' → '),
          isOpen: detail.appeal.result === 'pending',
        },
    detail.verification === null
      ? null
      : {
          key: 'verification',
          name: t('side.verification'),
          facts:
            detail.verification.result === null
              ? t('side.verificationWaits', { collector: detail.verification.collectorId })
              : t(`verifyResults.${detail.verification.result}`),
          words: detail.verification.opinion ?? '',
          isOpen: detail.verification.result === null,
        },
    detail.lastCheck === null || detail.lastCheck === 'passed'
      ? null
      : plain('check', t('side.lastCheck'), t(`case.checkResults.${detail.lastCheck}`)),
    detail.redispatchTo === null ? null : plain('redispatch', t('side.redispatchTo'), unit(detail.redispatchTo)),
    detail.mode === 'frontline' ? null : plain('mode', t('side.mode'), modeFacts()),
    ...ticketLines(),
  ];
  return lines.filter((line) => line !== null);

  function modeFacts(): string {
    const first = detail.firstReceiver === null ? '' : `${t('side.firstReceiver')} ${unit(detail.firstReceiver)}`;
    return [t(`modes.${detail.mode}`), first].filter(Boolean).join(' · ');
  }

  function ticketLines(): readonly (SideLine | null)[] {
    const { ticket } = detail;
    if (ticket === null) return [];
    return [
      ticket.returnRequest === null
        ? null
        : {
            ...{ key: 'return', facts: t('states.return_review'), words: ticket.returnRequest.reason, isOpen: true },
            name: t('side.returnRequest', { code: ticket.returnRequest.reasonCode }),
          },
      ticket.round > 1 ? plain('round', t('side.round', { round: ticket.round })) : null,
    ];
  }

  function countLine(key: string, count: number, name: string): SideLine | null {
    return count === 0 ? null : plain(key, name);
  }

  function plain(key: string, name: string, facts = ''): SideLine {
    return { key, name, facts, words: '', isOpen: false };
  }

  function nameOf(rows: readonly TableRecord[], code: string): string {
    const row = rows.find((found) => found['code'] === code);
    return row === undefined ? code : asChoice(row, language).name;
  }
}

/** The compact list; what waits for somebody is bold. */
export function SideFacts({ lines }: { readonly lines: readonly SideLine[] }): ReactNode {
  return (
    <ul className={styles.side}>
      {lines.map(({ key, name, facts, words, isOpen }) => (
        <li key={key}>
          <span className={styles.sideName} data-open={isOpen}>
            {name}
          </span>
          <span className={styles.sideFacts}>{facts}</span>
          <span className={styles.sideWords}>{words}</span>
        </li>
      ))}
    </ul>
  );
}

/** What only a ticket has, as further lines of the facts. */
export function TicketFacts({ detail }: { readonly detail: CaseDetail }) {
  const { t, language } = useWords();
  const now = useNow(60_000);
  const classes = useTable('time-classes');
  const answers = useTable('callback-answers');
  const { ticket } = detail;
  if (ticket === null) return null;
  const timeClass = classes.find((row) => row['code'] === ticket.timeClass);
  const contact =
    ticket.firstContactAt === null
      ? t('side.contactWait', { time: moment(ticket.contactDueAt, now) })
      : t('side.contactIn', {
          time: moment(ticket.firstContactAt, now),
          span: span(ticket.firstContactAt - ticket.issuedAt, language),
        });
  return (
    <>
      <dt>{t('side.timeClass')}</dt>
      <dd>
        {timeClass === undefined ? ticket.timeClass : asChoice(timeClass, language).name}
        {' · '}
        {t('side.issued')} {moment(ticket.issuedAt, now)}
        {ticket.isConfidential ? ` · ${t('side.confidential')}` : ''}
      </dd>
      <dt>{t('side.firstContact')}</dt>
      <dd>
        {contact}
        {ticket.contactResult === null ? '' : ` · ${ticket.contactResult}`}
      </dd>
      {ticket.reply === null ? null : (
        <>
          <dt>{t('side.reply')}</dt>
          <dd>{ticket.reply}</dd>
        </>
      )}
      {ticket.solved === null && ticket.satisfied === null ? null : (
        <>
          <dt>{t('side.callBack')}</dt>
          <dd>
            {t('side.solvedIs', {
              solved: answerName('solved', ticket.solved),
              satisfied: answerName('satisfied', ticket.satisfied),
            })}
          </dd>
        </>
      )}
    </>
  );

  function answerName(question: string, code: string | null): string {
    if (code === null) return '–';
    const row = answers.find((found) => found['question'] === question && found['code'] === code);
    return row === undefined ? code : asChoice(row, language).name;
  }
}
