import { indexComponents, type IndexOrder } from './index-components.ts';

/** Away from the page: a million points take a good second. */
self.addEventListener('message', ({ data }: MessageEvent<IndexOrder>) => {
  for (const part of indexComponents(data)) {
    const buffers = part.kind === 'tree' ? [part.tree] : [];
    (self as unknown as Worker).postMessage(part, buffers);
  }
});
