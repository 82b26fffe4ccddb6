import { useState } from 'react';
import type { DisplayState } from '#contract/wall.ts';
import type { WallScene } from '#domain/wall/scene.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { useSceneWords } from './scene-words.ts';
import type { WallDesk } from './use-wall-desk.ts';
import { numberOf } from './wall-draft.ts';
import styles from './wall-desk.module.css';

/** 上墙: a scene, the chosen case, its class or its place, for some minutes. */
export function PushForm({ desk, display }: { readonly desk: WallDesk; readonly display: DisplayState }) {
  const { t } = useWords();
  const { live, areas } = useDesk();
  const selectedId = useChoice((state) => state.selectedId);
  const sceneName = useSceneWords();
  const row = selectedId === null ? undefined : live.rows.get(selectedId);
  const township = areas.path(row?.gridCode ?? null).find(({ level }) => level === areas.unitLevel)?.code ?? null;
  const scenes: readonly WallScene[] = [
    ...(row === undefined
      ? []
      : ([
          { kind: 'incident', caseId: row.id },
          { kind: 'topic', classCode: row.classCode, area: null },
          { kind: 'topic', classCode: null, area: township },
        ] as const)),
    { kind: 'watch' },
    { kind: 'night' },
    { kind: 'review' },
    { kind: 'incident', caseId: null },
  ];
  const [at, setAt] = useState('0');
  const [minutes, setMinutes] = useState('15');
  const wanted = numberOf(minutes, 1, 1_440);
  const scene = scenes[Number(at)];
  return (
    <form
      className={styles.form}
      aria-label={t('wallDesk.push')}
      onSubmit={(event) => {
        event.preventDefault();
        if (scene !== undefined && wanted !== undefined) {
          desk.push({ display: display.id, scene, minutes: Math.round(wanted) });
        }
      }}
    >
      <Pick
        label={t('wallDesk.scene')}
        items={scenes.map((one, index) => ({ id: String(index), name: sceneName(one) }))}
        value={at}
        onChange={setAt}
      />
      <Field
        label={t('wallDesk.minutes')}
        value={minutes}
        onChange={setMinutes}
        problem={wanted === undefined ? t('wallDesk.badMinutes') : null}
      />
      <Button type="submit" kind="primary">
        {t('wallDesk.push')}
      </Button>
    </form>
  );
}
