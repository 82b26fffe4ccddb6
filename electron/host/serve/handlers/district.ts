import { ok } from '#domain/base/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type DistrictHandlers = Pick<
  Handlers,
  | 'district.examine'
  | 'district.cancel'
  | 'district.place'
  | 'district.difference'
  | 'district.changePlace'
  | 'district.tryOut'
  | 'district.accept'
  | 'district.versions'
  | 'district.withdraw'
>;

/** The lab for district files, and the versions that came out of it. */
export function districtHandlers({ lab }: Pick<HostParts, 'lab'>): DistrictHandlers {
  return {
    // A caller that goes away stops nothing: an examination is cancelled by its id, from any window.
    'district.examine': (request) => lab.examine(request),
    'district.cancel': ({ examinationId }) => Promise.resolve(ok({ isCancelled: lab.cancel(examinationId) })),
    'district.place': ({ examinationId, level, problem }) => lab.place(examinationId, level, problem),
    'district.difference': ({ examinationId }) => lab.difference(examinationId),
    'district.changePlace': ({ examinationId, level, change }) => lab.changePlace(examinationId, level, change),
    'district.tryOut': ({ examinationId, days }) => lab.tryOut(examinationId, days),
    'district.accept': (request, { principal }) => lab.accept(request, principal.id),
    'district.versions': () => Promise.resolve(ok({ versions: [...lab.versions()] })),
    'district.withdraw': async ({ version }) => {
      const outcome = await lab.withdraw(version);
      return outcome.ok ? ok({ versions: [...outcome.value] }) : outcome;
    },
  };
}
