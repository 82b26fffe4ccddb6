import { Instant, z } from './schema.ts';

/** A picture is at most this large, in bytes. */
export const maxPictureBytes = 20 * 1024 * 1024;

/** Where bytes travel, outside the wire: this and a handle, over HTTP or under the `app:` scheme. */
export const attachmentPath = '/attachments/';

/** How long a handle may wait for its one use, in milliseconds (security.md I6). */
export const handleLifeMs = 60_000;

/** SHA-256 of a picture's contents, in lower-case hexadecimal digits. */
export const AttachmentHash = z.string().regex(/^[0-9a-f]{64}$/);

/** `size` in bytes, as the sender knows it: what is too large is refused before a byte has travelled. */
export const AttachmentOffer = z.strictObject({ size: z.int().min(1) });

/** An address below our origin for one request: `POST` for an offer, `GET` to open. It ends with `expiresAt`. */
export const AttachmentHandle = z.object({ path: z.string(), expiresAt: Instant });

/** What the `POST` to an offered handle answers; a refusal is the error of the wire as JSON. */
export const StoredAttachment = z.object({
  hash: AttachmentHash,
  size: z.int(),
  type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
});
export type StoredAttachment = z.infer<typeof StoredAttachment>;
