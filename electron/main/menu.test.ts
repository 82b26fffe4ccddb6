import { expect, test } from 'vitest';
import { menuTemplate } from './menu.ts';

const labels = (locale: string, hasDevTools: boolean): string[] =>
  menuTemplate(locale, hasDevTools).flatMap(({ label = '', submenu }) => [
    label,
    ...(Array.isArray(submenu) ? submenu.flatMap((item) => item.label ?? []) : []),
  ]);

test('the menu speaks the language of the system', () => {
  expect(labels('zh-CN', false)).toContain('文件');
  expect(labels('en-GB', false)).toContain('File');
  expect(labels('zh-CN', true)).toHaveLength(labels('de', true).length);
});

test('developer tools are for developers', () => {
  expect(labels('en', true)).toContain('Developer tools');
  expect(labels('en', false)).not.toContain('Developer tools');
});
