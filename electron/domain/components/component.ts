/** A component 管理部件 of the city as an inventory file has it; WGS-84 degrees. */
export interface Component {
  /** 部件标识码, 17 digits: 6 of the division, 5 of the class, 6 running (GB/T 47678.5-2026). */
  readonly id: string;
  readonly name: string;
  /** Who looks after it, in the file's words; empty where it says nothing. */
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
}

const pattern = /^\d{17}$/;

export function isComponentId(text: string): boolean {
  return pattern.test(text);
}

/** Class 大类 + 小类, 5 digits, of a 部件标识码. */
export function classCodeOf(id: string): string {
  return id.slice(6, 11);
}
