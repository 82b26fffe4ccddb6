import { maxPictureBytes } from '#contract/attachments.ts';
import { ok } from '#domain/base/result.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

/** One-time handles for photos; their bytes travel outside the wire (serve/attachment-bytes.ts). */
export function attachmentHandlers({
  attachments,
  handles,
}: HostParts): Pick<Handlers, 'attachment.offer' | 'attachment.open'> {
  return {
    'attachment.offer': ({ size }, { principal }) =>
      Promise.resolve(
        size > maxPictureBytes
          ? refuse('attachment_too_large', { size: String(size), most: String(maxPictureBytes) })
          : ok(handles.give({ kind: 'put' }, principal)),
      ),

    'attachment.open': async ({ hash }, { principal }) => {
      const found = await attachments.check(hash);
      if (found !== 'present') return refuse(`attachment_${found}`, { hash });
      return ok(handles.give({ kind: 'get', hash }, principal));
    },
  };
}
