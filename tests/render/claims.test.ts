import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../functions/render/claims.ts';
import { type Claim, settings } from '../../functions/render/settings.ts';
import { figures, templates, withFigures } from './fixture.ts';

const { claims } = settings.claims(templates.files);
const claim = (id: string): Claim => {
  const found = claims.find((one) => one.id === id);
  if (!found) throw new Error(`there is no claim ${id}`);
  return found;
};
const range = (low: number, value: number, high: number) => ({ low, value, high });

describe('a statement of the past', () => {
  it('has no verdict where window or scope are another, whatever our figure', () => {
    for (const id of ['downloads', 'share-of-all', 'open-share'])
      expect(verdictOn(claim(id), figures())).toBe('notComparable');
  });

  it('of a level holds within it, no longer beyond it, and is too close across its edge', () => {
    const at = (low: number, value: number, high: number) =>
      verdictOn(claim('half-of-open'), withFigures({ 'usage.china-of-open': range(low, value, high) }));
    expect(at(0.47, 0.5, 0.54)).toBe('holds');
    expect(at(0.8, 0.87, 0.88)).toBe('noLonger');
    expect(at(0.4, 0.5, 0.6)).toBe('close');
  });

  it('of an order holds, is reversed, or too close to tell', () => {
    const order: Claim = { ...claim('downloads'), comparable: true };
    const [first, second] = [
      'downloads.all.publisher-share.china',
      'downloads.all.publisher-share.united-states',
    ];
    const at = (a: [number, number, number], b: [number, number, number]) =>
      verdictOn(order, withFigures({ [first]: range(...a), [second]: range(...b) }));
    expect(at([0.5, 0.5, 0.6], [0.2, 0.3, 0.4])).toBe('holds');
    expect(at([0.2, 0.3, 0.4], [0.5, 0.5, 0.6])).toBe('reversed');
    expect(at([0.2, 0.3, 0.5], [0.4, 0.5, 0.6])).toBe('close');
  });

  it('of the largest holds for the three that are, in any order', () => {
    expect(verdictOn(claim('vendors'), figures())).toBe('holds');
    const others: Claim = {
      ...claim('vendors'),
      test: { kind: 'largest', table: 'usage-makers', column: 'closedTokens', makers: ['xai'] },
    };
    expect(verdictOn(others, figures())).toBe('noLonger');
  });

  it('is not measured where its figure is not', () => {
    const gone = { value: null, low: null, high: null, status: 'missing' as const, reason: 'gone' };
    expect(verdictOn(claim('half-of-open'), withFigures({ 'usage.china-of-open': gone }))).toBe(
      'notMeasured',
    );
  });
});
