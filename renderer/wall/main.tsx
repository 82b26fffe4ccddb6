import '#renderer/styles/tokens.css';
import '#renderer/styles/fonts.css';
import '#renderer/styles/base.css';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { required } from '#domain/base/assert-never.ts';
import { connectTransport, uploadToken } from '#renderer/client/connect.ts';
import { createClient } from '#renderer/client/create-client.ts';
import { ClientProvider } from '#renderer/client/hooks.tsx';
import { createI18n } from '#renderer/i18n/setup.ts';
import { App } from './app.tsx';
import { beatFrames } from './beat-frames.ts';
import { ShellNotice } from './shell-notice.tsx';

const asked = new URLSearchParams(location.search);
const display = /^[\p{L}\p{N}_-]{1,40}$/u.exec(asked.get('display') ?? '')?.[0] ?? 'wall-1';
const i18n = createI18n(asked.get('lang') === 'en' ? 'en' : 'zh-CN');
document.documentElement.lang = i18n.language;

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

beatFrames();
createRoot(required(document.getElementById('root'), 'the page has a root element')).render(
  <I18nextProvider i18n={i18n}>
    <ClientProvider client={client}>
      <App display={display} />
      <ShellNotice />
    </ClientProvider>
  </I18nextProvider>,
);
