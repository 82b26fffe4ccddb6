import { expect, test } from 'vitest';
import { ticketClasses } from './ticket-classes.ts';

test('the finest classes, with the way to them and the time class of the nearest above', () => {
  const rows = [
    { code: '02', name: '公共服务', time_class: 'livelihood' },
    { code: '0201', name: '供水', time_class: '' },
    { code: '020101', name: '管道破损', time_class: 'emergency' },
    { code: '020102', name: '停水', time_class: '' },
    { code: '03', name: '其他', time_class: '' },
  ];
  expect(ticketClasses(rows)).toEqual([
    { code: '020101', name: '供水/管道破损', path: '公共服务/供水/管道破损', initials: 'gdps', timeClass: 'emergency' },
    { code: '020102', name: '供水/停水', path: '公共服务/供水/停水', initials: 'ts', timeClass: 'livelihood' },
    { code: '03', name: '其他', path: '其他', initials: 'qt', timeClass: '' },
  ]);
});
