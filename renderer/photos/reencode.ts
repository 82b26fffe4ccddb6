import { maxPictureBytes } from '#contract/attachments.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';

/** The longer side of what is sent, in pixels; a larger picture is made smaller. */
const LONGEST_SIDE = 2_048;
const QUALITY = 0.88;

/**
 * A picture drawn anew as JPEG: pixels alone travel, and with EXIF the place, time and device of whoever took it stay here
 * (security.md F4). Only the way up, by which the browser turns the picture, is used.
 */
export async function reencoded(file: Blob): Promise<Result<Blob, WireError>> {
  if (file.size > maxPictureBytes) return refused({ code: 'attachment_too_large', detail: {} });
  const picture = await decoded(file);
  if (picture === null) return refused({ code: 'attachment_not_picture', detail: {} });
  const blob = await drawn(picture, LONGEST_SIDE, QUALITY);
  picture.close();
  return ok(blob);
}

/** Width of a thumbnail's longer side, in pixels: sharp on a screen of twice the density. */
const THUMBNAIL_SIDE = 320;

/** A small copy of a picture; null for what cannot be drawn. */
export async function thumbnailOf(file: Blob): Promise<Blob | null> {
  const picture = await decoded(file);
  if (picture === null) return null;
  const blob = await drawn(picture, THUMBNAIL_SIDE, QUALITY);
  picture.close();
  return blob;
}

async function decoded(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    // Whatever it is called, the browser cannot draw it.
    return null;
  }
}

function drawn(picture: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const share = Math.min(1, longest / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * share)));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('a canvas without a context');
  // What is transparent becomes paper, not black.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
