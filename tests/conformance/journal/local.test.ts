import { atOnce } from '#tests/support/at-once.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { describeJournal } from './describe-journal.ts';

describeJournal('segment files', async () => {
  const folder = await temporaryFolder();
  const open = async () => (await openJournal(folder)).journal;
  return { journal: await open(), reopen: open };
});

describeJournal('segment files that are full after 4 KiB', async () => {
  const folder = await temporaryFolder();
  const open = async () => (await openJournal(folder, { segmentBytes: 4 * 1024 })).journal;
  return { journal: await open(), reopen: open };
});

describeJournal('segment files that are full after 4 KiB and packed at once', async () => {
  const folder = await temporaryFolder();
  const open = async () => (await openJournal(folder, { segmentBytes: 4 * 1024, scheduler: atOnce })).journal;
  return { journal: await open(), reopen: open };
});
