import type { WireError } from '#contract/errors.ts';
import { refused } from '#domain/base/result.ts';
import { photosOf, type CaseCommand } from '#domain/case/commands.ts';
import type { Attachments } from '#host/ports/attachments.ts';
import type { Commands } from '#host/ports/commands.ts';

/**
 * Commands whose photos are in the store: one that names another is refused as `attachment_missing`, whoever sends it. The
 * photos are claimed before the command is decided, so that what an entry names is never swept. A command without photos
 * goes straight on, so that those sent together still share a batch.
 */
export function commandsWithPhotos(commands: Commands, attachments: Pick<Attachments, 'has' | 'claim'>): Commands {
  return {
    submit: (command) => {
      const photos = photosOf(command.body);
      if (photos.length === 0) return commands.submit(command);
      return attachments
        .claim(photos.map(({ hash }) => hash))
        .then((claimed) => (claimed.ok ? commands.submit(command) : claimed));
    },
    wouldAccept: async (command) => {
      const error = await missingIn(command);
      return error === null ? commands.wouldAccept(command) : refused(error);
    },
    drained: () => commands.drained(),
  };

  async function missingIn({ body }: CaseCommand): Promise<WireError | null> {
    for (const { hash } of photosOf(body)) {
      if (!(await attachments.has(hash))) return { code: 'attachment_missing', detail: { hash } };
    }
    return null;
  }
}
