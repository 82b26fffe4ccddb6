import '#renderer/styles/fonts.css';
import '#renderer/paper/paper-fonts.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import type { Briefing } from '#contract/briefings.ts';
import { required } from '#domain/base/assert-never.ts';
import { connectTransport, uploadToken } from '#renderer/client/connect.ts';
import { createClient } from '#renderer/client/create-client.ts';
import { Paper } from '#renderer/paper/paper.tsx';
import { pageFurniture } from './page-furniture.ts';

/** What the printer waits for: `ready`, or why this page is not whole. */
function tell(state: string): void {
  document.documentElement.dataset['paper'] = state;
}

const id = new URLSearchParams(location.search).get('id') ?? '';
const client = createClient({
  connect: connectTransport,
  token: uploadToken(),
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
});

const fonts = [
  ['Paper Serif', 400],
  ['Paper Serif', 700],
  ['Noto Sans SC', 400],
  ['Noto Sans SC', 500],
] as const;

/** Loads every face by all signs that the document uses. @throws Error naming the font that is gone */
async function loadFonts(signs: string): Promise<void> {
  for (const [family, weight] of fonts) {
    const wanted = `${weight} 16px "${family}"`;
    const faces = await document.fonts.load(wanted, signs).catch(() => []);
    if (faces.length === 0 || !document.fonts.check(wanted, signs)) throw new Error(`font ${family} ${weight} is gone`);
  }
}

/** @throws Error with the code of the refusal */
function opened(): Promise<void> {
  return new Promise((settle, fail) => {
    const look = ({ state, error }: ReturnType<typeof client.connection>) => {
      if (state === 'open') settle();
      if (state === 'rejected') fail(new Error(error?.code ?? state));
    };
    client.onConnection(look);
    look(client.connection());
  });
}

async function show(): Promise<void> {
  await opened();
  const answer = await client.call('briefings.page', { id });
  if (!answer.ok) return tell(answer.error.code);
  const briefing: Briefing = answer.value;
  document.title = `${briefing.document.masthead} ${briefing.document.day} ${briefing.document.title}`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(pageFurniture(briefing));
  document.adoptedStyleSheets = [sheet];
  const root = required(document.getElementById('root'), 'the page has a root element');
  flushSync(() => createRoot(root).render(<Paper briefing={briefing} />));
  await loadFonts([...new Set(root.textContent)].join(''));
  client.close();
  tell('ready');
}

show().catch((cause: unknown) => tell(cause instanceof Error ? cause.message : String(cause)));
