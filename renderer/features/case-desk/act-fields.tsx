import type { CaseDetail } from '#contract/cases.ts';
import { handleModes, supervisionKinds, verificationResults } from '#domain/case/side.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { PhotoField } from '#renderer/photos/photo-field.tsx';
import type { PhotoDrafts } from '#renderer/photos/use-photo-drafts.ts';
import { PersonField } from '#renderer/pickers/person-field.tsx';
import { UnitField } from '#renderer/pickers/unit-field.tsx';
import { useDesk, useTable } from '#renderer/state/desk-context.tsx';
import { asChoice } from '#renderer/state/reference.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import { SearchCombo } from '#renderer/ui/search-combo.tsx';
import { DESK, isNeededNow, textOf, withLead, withMode, type Draft, type FieldSpec } from '#renderer/acts/act-draft.ts';
import { answerTimes, appealKinds, checkResults, decisions } from '#renderer/acts/act-payloads.ts';
import { ordersFor, type CaseAct } from '#renderer/acts/next-actions.ts';
import { OrdersField } from './orders-field.tsx';
import { StepsField } from './steps-field.tsx';
import { useNames } from '#renderer/acts/use-names.ts';
import type { Suggested } from '#renderer/acts/use-suggestions.ts';
import styles from './act-form.module.css';

interface FieldProps {
  readonly detail: CaseDetail;
  readonly action: CaseAct;
  readonly spec: FieldSpec;
  readonly draft: Draft;
  readonly suggested: Suggested;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly problem: string | null;
  readonly autoFocus: boolean;
  readonly photos: PhotoDrafts;
}

/** One part of a short form, by its name. */
export function ActField(props: FieldProps) {
  const { spec, draft, detail, problem, onChange } = props;
  switch (spec.name) {
    case 'orders':
      if (props.action !== 'whistle' && textOf(draft, 'mode') === 'frontline') return null;
      return <OrdersField orders={draft.orders} onChange={(orders) => onChange({ orders })} problem={problem} />;
    case 'steps':
      return (
        <StepsField
          steps={draft.steps}
          units={[detail.holderUnit ?? '']}
          onChange={(steps) => onChange({ steps })}
          problem={problem}
        />
      );
    case 'photos':
      return <PhotoField photos={props.photos} need={draft.photoNeed} problem={problem} />;
    case 'unit':
    case 'redirect':
    case 'personId':
    case 'handlerId':
    case 'collectorId':
    case 'endorser':
      return <WhoField {...props} />;
    case 'order':
    case 'supervision':
    case 'party':
    case 'reasonCode':
    case 'target':
    case 'mergedId':
      return <PickField {...props} />;
    case 'condition':
    case 'result':
    case 'contactResult':
    case 'reply':
    case 'reason':
    case 'opinion':
    case 'words':
    case 'ids':
    case 'until':
      return <WordsField {...props} />;
    default:
      return <ChoiceField {...props} />;
  }
}

function useField({ spec, draft, action, onChange }: FieldProps) {
  const { t } = useWords();
  const { name } = spec;
  const isNeeded = spec.isNeeded || isNeededNow(action, name, draft);
  return {
    t,
    name,
    label: t(`acts.fields.${name}`),
    value: textOf(draft, name),
    raw: draft.text[name] ?? '',
    note: isNeeded ? {} : { note: t('acts.optional') },
    set: (text: string) => onChange({ text: { ...draft.text, [name]: text } }),
  };
}

function WhoField(props: FieldProps) {
  const { areas } = useDesk();
  const { detail, draft, problem, autoFocus, onChange } = props;
  const { name, label, note, value, set } = useField(props);
  const common = { label, ...note, problem, autoFocus };
  if (name === 'unit' || name === 'redirect') {
    const change = (unit: string) => (name === 'redirect' ? set(unit) : onChange(withLead(draft, unit)));
    return <UnitField {...common} value={value} onChange={change} />;
  }
  const holder = detail.holderUnit ?? '';
  const grid = areas.path(detail.gridCode).map(({ code }) => code);
  const orderUnit = detail.orders.find(({ id }) => id === textOf(draft, 'order'))?.unit ?? '';
  const units = {
    personId: [textOf(draft, 'unit')],
    handlerId: [orderUnit, holder],
    // Collectors work where the case lies: its grid's people first, then the village's, then the township's.
    collectorId: grid.slice(1).toReversed(),
    endorser: [holder, grid[0] ?? ''],
  }[name as 'personId' | 'handlerId' | 'collectorId' | 'endorser'];
  return <PersonField {...common} units={units} value={value} onChange={set} />;
}

function PickField(props: FieldProps) {
  const { t, language } = useWords();
  const { areas } = useDesk();
  const { unit, person } = useNames();
  const { detail, action, draft, problem, autoFocus, onChange } = props;
  const { name, label, value, set } = useField(props);
  const parties = useTable('supervising-parties').map((row) => asChoice(row, language));
  const wanted = action === 'request_return' ? 'return_ticket' : 'return';
  const reasons = useTable('return-reasons')
    .filter((row) => row['action'] === wanted)
    .map((row) => asChoice(row, language));
  const items = itemsOf();
  const change = (id: string) => {
    if (name !== 'reasonCode') return set(id);
    // The words of the code are the usual reason; what a person wrote stays.
    const written = textOf(draft, 'reason');
    const isOwn = written !== '' && !reasons.some((row) => row.name === written);
    const words = reasons.find((row) => row.id === id)?.name ?? '';
    onChange({ text: { ...draft.text, reasonCode: id, reason: isOwn ? written : words } });
  };
  return (
    <div className={styles.part}>
      <Pick label={label} items={items} value={value} onChange={change} autoFocus={autoFocus} />
      {problem === null ? null : <span className={styles.problem}>{problem}</span>}
    </div>
  );

  function itemsOf(): readonly { readonly id: string; readonly name: string; readonly note?: string }[] {
    switch (name) {
      case 'order':
        return ordersFor(action, detail).map(({ id, unit: code, personId, role, state }) => ({
          id,
          name: [unit(code), personId === null ? '' : person(code, personId)].filter(Boolean).join(' '),
          note: `${t(`orderRoles.${role}`)} ${t(`orderStates.${state}`)}`,
        }));
      case 'supervision':
        return detail.supervisions
          .filter(({ answer }) => answer === null)
          .map(({ id, level, kind, party, reason }) => ({
            id,
            name: `${t('side.supervision', { level, kind: t(`supervisionKinds.${kind}`), party: partyName(party) })} ${reason}`,
          }));
      case 'party':
        return parties;
      case 'reasonCode':
        return reasons.map((row) => ({ ...row, note: row.id }));
      case 'mergedId':
        return detail.merged.map(({ caseId, description }) => ({ id: caseId, name: `${caseId} ${description}` }));
      default: {
        const above = areas.path(detail.holderUnit).filter(({ level }) => level >= areas.unitLevel);
        const units = above.slice(0, -1).toReversed();
        return [
          { id: DESK, name: t('acts.toDesk') },
          ...units.map(({ code, name: area }) => ({ id: code, name: area })),
        ];
      }
    }
  }

  function partyName(code: string): string {
    return parties.find(({ id }) => id === code)?.name ?? code;
  }
}

function WordsField(props: FieldProps) {
  const { t } = useWords();
  const { detail, action, suggested, problem, autoFocus } = props;
  const { name, label, note, raw, set } = useField(props);
  const conditions = action === 'register' ? suggested.conditions.filter(({ condition }) => condition !== '') : [];
  if (conditions.length > 0) {
    return (
      <SearchCombo
        label={label}
        items={conditions.map(({ condition, value, unit }) => ({
          id: condition,
          name: condition,
          note: t(`acts.suggestions.units.${unit}` as 'acts.suggestions.units.minute', { value }),
        }))}
        value={conditions.some(({ condition }) => condition === raw) ? raw : null}
        text={raw}
        onText={set}
        onPick={set}
        emptyText=""
        problem={problem}
        isFree
        autoFocus={autoFocus}
      />
    );
  }
  return (
    <Field
      label={label}
      {...note}
      value={raw}
      onChange={set}
      problem={problem}
      autoFocus={autoFocus}
      maxLength={2_000}
      {...(name === 'until' ? { type: 'date' } : {})}
      {...(name === 'ids' ? { placeholder: detail.id.slice(0, 8) } : {})}
    />
  );
}

function ChoiceField(props: FieldProps) {
  const { t, language } = useWords();
  const { draft, problem, autoFocus, onChange } = props;
  const { name, label, value, set } = useField(props);
  const answers = useTable('callback-answers')
    .filter((row) => row['question'] === name)
    .map((row) => asChoice(row, language));
  if (name === 'isHardCase') {
    return (
      <span>
        <Button size="small" isPressed={value === 'yes'} onPress={() => set(value === 'yes' ? '' : 'yes')}>
          {label}
        </Button>
      </span>
    );
  }
  const items = itemsOf();
  const change = (id: string) => (name === 'mode' ? onChange(withMode(draft, id)) : set(id));
  return (
    <div className={styles.part}>
      <RadioChoice label={label} items={items} value={value} onChange={change} autoFocus={autoFocus} />
      {problem === null ? null : <span className={styles.problem}>{problem}</span>}
    </div>
  );

  function itemsOf(): readonly { readonly id: string; readonly name: string }[] {
    switch (name) {
      case 'mode':
        return handleModes.map((id) => ({ id, name: t(`modes.${id}`) }));
      case 'verifyResult':
        return verificationResults.map((id) => ({ id, name: t(`verifyResults.${id}`) }));
      case 'checkResult':
        return checkResults.map((id) => ({ id, name: t(`case.checkResults.${id}`) }));
      case 'decision':
        return decisions.map((id) => ({ id, name: t(`acts.decisions.${id}`) }));
      case 'isGranted':
        return (['yes', 'no'] as const).map((id) => ({ id, name: t(`acts.granted.${id}`) }));
      case 'kind':
        return supervisionKinds.map((id) => ({ id, name: t(`supervisionKinds.${id}`) }));
      case 'level':
        return (['1', '2', '3'] as const).map((id) => ({ id, name: t(`acts.levels.level${id}`) }));
      case 'answerBy':
        return answerTimes.map((id) => ({ id, name: t(`acts.answerIn.${id}`) }));
      case 'appealKind':
        return appealKinds.map((id) => ({ id, name: t(`acts.appealKinds.${id}`) }));
      default:
        return answers;
    }
  }
}
