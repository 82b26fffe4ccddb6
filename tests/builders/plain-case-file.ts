/** A CSV file of so many open cases in the default district; ids begin with `name`. A guessed mapping fits it. */
export function plainCaseFile(rows: number, name: string, words = '路边有垃圾'): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `${name}-${row},2026-11-23 08:00:00,暴露垃圾,${words},116.65,40.13`,
  );
  return ['id,createdAt,category,description,lon,lat', ...lines, ''].join('\n');
}
