import type { i18n } from 'i18next';
import type { DeskState, DeskStore } from '#renderer/state/desk-store.ts';

/** Keeps the page's language and theme in step with what the person chose. */
export function applyChoices(store: DeskStore, catalog: i18n): void {
  const apply = ({ language, theme }: DeskState) => {
    document.documentElement.lang = language;
    document.documentElement.dataset['theme'] = theme;
    document.title = catalog.t('app.name', { lng: language });
    if (catalog.language !== language) void catalog.changeLanguage(language);
  };
  apply(store.getState());
  store.subscribe(apply);
}
