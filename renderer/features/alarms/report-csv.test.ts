import { expect, test } from 'vitest';
import { reportCsv } from './report-csv.ts';

test('UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would compute', () => {
  const rows = [
    ['类型', '次数'],
    ['=1+1', '+2'],
    ['-3', '@x'],
    ['a,b', 'c'],
  ];
  expect(reportCsv(rows)).toBe(`\uFEFF类型,次数\r\n"'=1+1","'+2"\r\n"'-3","'@x"\r\n"a,b",c\r\n`);
});
