/** Tables that are kept in versions, by the names of their files and folders. */
export const tableNames = [
  'classes-local',
  'limits',
  'time-classes',
  'ticket-classes',
  'units',
  'people',
  'duties',
  'return-reasons',
  'callback-answers',
  'supervising-parties',
  'endorsement-chains',
  'blackouts',
  'alarm-types',
  'policies',
  'scoring',
  'calendar',
  'work-hours',
] as const;
export type TableName = (typeof tableNames)[number];

export function isTableName(name: string): name is TableName {
  return (tableNames as readonly string[]).includes(name);
}
