import { one } from './no-circular.ts';

export const two = () => one;
export { two as one };
