import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/check/check.ts';
import { judgeFigures } from '../../functions/check/figures.ts';
import type { Figure, Figures } from '../../functions/compute/figures.ts';
import { parseEdition } from '../../functions/edition.ts';
import { emptyFigures } from '../publish/draft.ts';

const edition = parseEdition('2026-07');
const seal = 'b'.repeat(64);
const share: Figure = {
  value: 0.75,
  low: 0.7,
  high: 0.8,
  unit: 'share',
  subject: null,
  window: { from: '2026-07-01', to: '2026-07-31' },
  asOf: '2026-08-22',
  retrievedAt: '2026-08-22T00:05:21Z',
  classifiedAt: '2026-08-01',
  universe: 'all tokens',
  coverage: 0.9,
  status: 'measured',
  reason: null,
  method: 'usage@1',
  previous: null,
  direction: 'not comparable',
  origins: [
    {
      source: 'openrouter-usage',
      snapshot: 'snapshots/x/snapshot.json',
      sha256: seal,
      asOf: '2026-08-22',
      retrievedAt: '2026-08-22',
      transcribed: false,
    },
  ],
};

function figures(of: Record<string, Partial<Figure>>, more: Partial<Figures> = {}): Figures {
  const source = {
    source: 'openrouter-usage',
    producer: 'p',
    title: 't',
    url: 'https://openrouter.ai',
    licence: null,
    citation: 'c',
    asOf: 'x',
    retrievedAt: 'x',
    window: { from: '2026-07-01', to: '2026-07-31' },
    serves: 'edition' as const,
    universe: 'u',
    remarks: [],
    snapshot: 's',
    sha256: seal,
    bodies: [],
  };
  return {
    ...emptyFigures('2026-07'),
    kind: 'live',
    sources: [source],
    figures: Object.fromEntries(Object.entries(of).map(([id, one]) => [id, { ...share, ...one }])),
    ...more,
  };
}

function found(of: Figures): Record<string, string> {
  return Object.fromEntries(
    judgeFigures(of, edition)
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, outcome }) => [id, outcome]),
  );
}

describe('judging figures', () => {
  it('finds nothing wrong with a measured, sourced, ordered figure', () => {
    expect(found(figures({ 'usage.open-share': {} }))).toEqual({});
  });

  it('refuses another month’s figures', () => {
    expect(found(figures({ 'usage.open-share': {} }, { edition: '2026-06' }))).toEqual({
      'figures.right-month': 'refuse',
    });
  });

  it('refuses an edition with neither downloads nor usage, and only that', () => {
    const gap: Partial<Figure> = {
      status: 'missing',
      value: null,
      low: null,
      high: null,
      reason: 'the source did not answer',
      origins: [],
    };
    expect(found(figures({ 'usage.open-share': gap, 'capability.best.closed': {} }))).toEqual({
      'figures.something-to-say': 'refuse',
    });
    expect(found(figures({ 'usage.open-share': gap, 'downloads.language.community': {} }))).toEqual({});
  });

  it('refuses a value outside its bounds, also among counts too long for a float’s order', () => {
    expect(found(figures({ 'usage.open-share': { low: 0.8 } }))).toEqual({ 'figures.ordered': 'refuse' });
    expect(
      found(
        figures({
          'usage.tokens.total': {
            unit: 'tokens',
            value: '9007199254740993',
            low: '9007199254740993',
            high: '9007199254740992',
          },
        }),
      ),
    ).toEqual({ 'figures.ordered': 'refuse' });
  });

  it('refuses shares of usage that do not sum to exactly one', () => {
    const parts = {
      'usage.share.china-open': { value: 0.5, low: 0.5 },
      'usage.share.unknown': { value: 0.25, low: 0.25 },
    };
    expect(found(figures(parts))).toEqual({ 'figures.whole-shares': 'refuse' });
  });

  it.each([
    'usage.share',
    'usage.paid.share',
    'usage.vendor-share',
    'downloads.language.publisher-share',
    'downloads.language.lineage-share',
    'downloads.all.publisher-share',
    'derivatives.share',
    'licences.share.china',
    'licences.share.united-states',
  ])('refuses %s where its parts do not sum to exactly one, and passes it where they do', (family) => {
    const parts = (second: number) => ({
      'usage.open-share': {},
      [`${family}.china`]: { value: 0.5, low: 0.5, high: 0.5 },
      [`${family}.unknown`]: { value: second, low: second, high: second },
    });
    expect(found(figures(parts(0.5)))).toEqual({});
    expect(found(figures(parts(0.5 - 2 ** -40)))).toEqual({ 'figures.whole-shares': 'refuse' });
    expect(found(figures(parts(0.5 + 2 ** -40)))).toEqual({ 'figures.whole-shares': 'refuse' });
  });

  it('expects no whole of a family of which a part is withheld or missing, and judges the other families', () => {
    const gap: Partial<Figure> = { value: null, low: null, high: null, reason: 'too much is unknown' };
    const half = { value: 0.5, low: 0.5, high: 0.5 };
    const withheld = {
      'licences.share.china.apache-mit': half,
      'licences.share.china.custom': { ...gap, status: 'withheld' as const },
      'licences.share.united-states.apache-mit': half,
      'usage.open-share': {},
    };
    expect(
      judgeFigures(figures(withheld), edition).find(({ id }) => id === 'figures.whole-shares'),
    ).toMatchObject({ outcome: 'refuse', detail: 'licences.share.united-states.* sum to 0.5' });
  });

  it('expects no whole of shares that divide none: a panel of two sides, a camp without its largest lab', () => {
    expect(
      found(
        figures({
          'usage.open-share': {},
          'downloads.language.panel-share.china': { value: 0.75 },
          'downloads.language.without-largest-share.china': { value: 0.75 },
          'concentration.usage.without-largest-lab-share.china': { value: 0.75 },
          'derivatives.dependency.united-states-on-china': { value: 0.75 },
        }),
      ),
    ).toEqual({});
  });

  it('refuses a gap without its reason, and a gap with a value', () => {
    expect(
      found(
        figures({
          'usage.open-share': {},
          'usage.china-of-open': { status: 'withheld', value: null, low: null, high: null },
        }),
      ),
    ).toEqual({ 'figures.reasoned': 'refuse' });
    expect(
      found(figures({ 'usage.open-share': {}, 'usage.china-of-open': { status: 'missing', reason: 'x' } })),
    ).toEqual({ 'figures.reasoned': 'refuse' });
  });

  it('refuses a number without source, date or scope', () => {
    for (const lack of [{ origins: [] }, { asOf: null }, { universe: '' }, { window: null }])
      expect(found(figures({ 'usage.open-share': lack }))).toEqual({ 'figures.sourced': 'refuse' });
    expect(
      found(
        figures({
          'usage.open-share': {
            origins: [{ ...(share.origins[0] as Figure['origins'][number]), sha256: 'c'.repeat(64) }],
          },
        }),
      ),
    ).toEqual({ 'figures.sourced': 'refuse' });
  });

  it('warns of generated figures', () => {
    expect(found(figures({ 'usage.open-share': {} }, { kind: 'synthetic' }))).toEqual({
      'figures.not-synthetic': 'warning',
    });
  });
});

describe('the decision', () => {
  const reason = (outcome: 'passed' | 'warning' | 'hold' | 'refuse') => ({
    id: 'x',
    sentence: 's',
    outcome,
    detail: 'd',
  });

  it('is made by the gravest outcome', () => {
    expect(decide([])).toBe('publish');
    expect(decide([reason('passed'), reason('warning')])).toBe('publish with warnings');
    expect(decide([reason('warning'), reason('hold'), reason('passed')])).toBe('hold');
    expect(decide([reason('hold'), reason('refuse')])).toBe('refuse');
  });
});
