import { expect, test } from 'vitest';
import { isOpen } from '#domain/case/lifecycle.ts';
import { caseActions } from '#domain/case/transitions.ts';
import { SimulatedDay, type Picture } from '#tests/builders/simulated-day.ts';

const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
day.play(72);
const states = [...day.states.values()];
console.log(day.commands, [...new Set(day.refusals)].slice(0,30), day.refusals.length);
const by: Record<string, number> = {};
for (const s of states) by[s.record+' '+s.state] = (by[s.record+' '+s.state] ?? 0) + 1;
console.log(by);
const ty: Record<string, number> = {};
for (const s of day.events) ty[s.type] = (ty[s.type] ?? 0) + 1;
console.log(ty, states.length, day.events.length / states.length);
console.log(day.pictures);
test('x', () => { expect(1).toBe(1); });
