import { StoredAttachment } from '#contract/attachments.ts';

/** Sends a picture to the host under an offered handle, as a page does. @throws Error with the host's answer */
export async function sendPicture(
  to: { readonly address: string; readonly token: string; readonly path: string },
  picture: Uint8Array<ArrayBuffer>,
): Promise<StoredAttachment> {
  const answer = await fetch(to.address + to.path, {
    method: 'POST',
    body: picture,
    headers: { authorization: `Bearer ${to.token}` },
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return StoredAttachment.parse(await answer.json());
}
