import { ok } from '#domain/base/result.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type ComponentMethods = 'components.import' | 'components.list' | 'components.open' | 'components.withdraw';

/** Inventories of components 部件; their bytes travel under one-time handles beside the wire. */
export function componentHandlers({
  components,
  componentImports,
  handles,
}: HostParts): Pick<Handlers, ComponentMethods> {
  const isKnown = (wanted: string) => components.list().some(({ version }) => version === wanted);
  return {
    'components.import': (request) => componentImports.run(request),

    'components.list': () => Promise.resolve(ok({ inventories: [...components.list()] })),

    'components.open': ({ version }, { principal }) => {
      if (!isKnown(version)) return Promise.resolve(refuse('not_found', { version }));
      return Promise.resolve(ok(handles.give({ kind: 'components', version }, principal)));
    },

    'components.withdraw': async ({ version }) => {
      if (!(await components.withdraw(version))) return refuse('not_found', { version });
      return ok({ inventories: [...components.list()] });
    },
  };
}
