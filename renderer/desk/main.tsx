import '#renderer/styles/tokens.css';
import '#renderer/styles/fonts.css';
import '#renderer/styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { required } from '#domain/base/assert-never.ts';
import { ActGate } from '#renderer/actions/act-gate.ts';
import { CommandProvider } from '#renderer/actions/use-command.tsx';
import { connectTransport, uploadToken } from '#renderer/client/connect.ts';
import { createClient } from '#renderer/client/create-client.ts';
import { gateActs } from '#renderer/client/gate-acts.ts';
import { ClientProvider } from '#renderer/client/hooks.tsx';
import { createI18n } from '#renderer/i18n/setup.ts';
import { createDeskStore } from '#renderer/state/desk-store.ts';
import { App } from './app.tsx';
import { applyChoices } from './apply-choices.ts';

const gate = new ActGate();
const ungated = createClient({
  connect: connectTransport,
  token: uploadToken(),
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
});
const client = gateActs(ungated, gate);
const store = createDeskStore(localStorage, navigator.language);
const i18n = createI18n(store.getState().language);
applyChoices(store, i18n);

createRoot(required(document.getElementById('root'), 'the page has a root element')).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <ClientProvider client={client}>
        <CommandProvider gate={gate}>
          <App store={store} gate={gate} />
        </CommandProvider>
      </ClientProvider>
    </I18nextProvider>
  </StrictMode>,
);
