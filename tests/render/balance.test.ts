import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leader, leadOf, movementOf } from '../../functions/render/balance.ts';
import { figures } from './fixture.ts';

const some = figures().figures['usage.share.china-open'];
if (!some) throw new Error('the fixture has no usage.share.china-open');
const figure = (value: number, low: number, high: number) => ({ ...some, value, low, high });

const bounds = fc
  .tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map((three) => three.sort((a, b) => a - b))
  .map(([low = 0, value = 0, high = 0]) => figure(value, low, high));

describe('a lead', () => {
  it('is stated only if it holds wherever within the bounds the truth lies', () => {
    fc.assert(
      fc.property(bounds, bounds, (china, unitedStates) => {
        const who = leader(china, unitedStates);
        const always = china.low > unitedStates.high;
        const never = unitedStates.low > china.high;
        expect(who === 'china').toBe(always);
        expect(who === 'unitedStates').toBe(never);
      }),
    );
  });

  it('is nobody’s where both are the same to the last digit', () => {
    expect(leader(figure(0.3, 0.3, 0.3), figure(0.3, 0.3, 0.3))).toBe('level');
  });

  it('of counts beyond what a float holds is told exactly', () => {
    const count = (value: string) => ({ ...some, value, low: value, high: value });
    expect(leader(count('9007199254740993'), count('9007199254740992'))).toBe('china');
  });

  it('is not there where one side is withheld', () => {
    expect(leader({ ...some, status: 'withheld', value: null }, some)).toBe('missing');
  });

  it('moves only if it does at both bounds', () => {
    const at = (value: number, low: number, high: number) => ({ value, low, high });
    expect(movementOf(at(0.3, 0.2, 0.4), at(0.1, 0, 0.15))).toBe('up');
    expect(movementOf(at(0.3, 0.2, 0.4), at(0.1, 0, 0.25))).toBe('unclear');
    expect(movementOf(at(0.1, 0, 0.15), at(0.3, 0.2, 0.4))).toBe('down');
  });

  it('has as its low what is left when everything unknown is on the other side', () => {
    const lead = leadOf(figure(0.6, 0.6, 0.7), figure(0.1, 0.1, 0.2));
    expect(lead?.low).toBeCloseTo(0.4);
    expect(lead?.high).toBeCloseTo(0.6);
  });
});
