import { describe, expect, it } from 'vitest';
import { judgeWeb } from '../../functions/check/web.ts';
import type { Figure, Figures } from '../../functions/compute/figures.ts';
import { render } from '../../functions/render/render.ts';
import { figures, templates } from './fixture.ts';

const each =
  (change: (figure: Figure, id: string) => Partial<Figure>) =>
  (figures: Figures): Figures => ({
    ...figures,
    figures: Object.fromEntries(
      Object.entries(figures.figures).map(([id, figure]) => [id, { ...figure, ...change(figure, id) }]),
    ),
  });
const gap = (status: Figure['status']): Partial<Figure> => ({
  status,
  value: null,
  low: null,
  high: null,
  reason: 'For a reason.',
});
const of = (value: number, count: string) => (figure: Figure) => {
  const to = typeof figure.value === 'number' ? value : figure.value === null ? null : count;
  return { value: to, low: to, high: to };
};

/** Months as they may come, told as changes of the recorded one. */
const MONTHS: Record<string, (figures: Figures) => Figures> = {
  'in which the United States lead everywhere': (figures) => ({
    ...figures,
    figures: Object.fromEntries(
      Object.entries(figures.figures).map(([id, figure]) => {
        const other = id.includes('china')
          ? id.replace('china', 'united-states')
          : id.replace('united-states', 'china');
        return [id, figures.figures[other] ?? figure];
      }),
    ),
  }),
  'in which both sides are level': each(of(0.25, '250')),
  'in which nothing was counted': each(of(0, '0')),
  'with counts near the end of 64 bits': each(of(0.5, '9223372036854775807')),
  'in which everything rose': each(() => ({ direction: 'up' })),
  'in which everything fell': each(() => ({ direction: 'down' })),
  'with no month before': each(() => ({ previous: null, direction: 'not comparable' })),
  'with days missing': each((figure) =>
    figure.value === null ? {} : { status: 'partial', reason: 'Days 3 to 5 are missing.' },
  ),
  'whose usage is withheld': each((_, id) => (id.startsWith('usage.') ? gap('withheld') : {})),
  'without the best American model': each((_, id) =>
    id === 'capability.best.united-states-open' ? gap('missing') : {},
  ),
  'without the best closed model': each((_, id) => (id === 'capability.best.closed' ? gap('missing') : {})),
  'with empty tables': (figures) => ({
    ...figures,
    tables: Object.fromEntries(
      Object.entries(figures.tables).map(([id, table]) => [id, { ...table, rows: [] }]),
    ),
    series: Object.fromEntries(
      Object.entries(figures.series).map(([id, table]) => [id, { ...table, rows: [] }]),
    ),
  }),
  'of which nothing is known': (figures) => ({ ...each(() => gap('missing'))(figures), sources: [] }),
  'of February in a leap year': (figures) => ({ ...figures, edition: '2028-02' }),
  'pulled live': (figures) => ({ ...figures, kind: 'live' }),
};

describe('the report of a month', () => {
  it.each(Object.entries(MONTHS))('%s is written without a hole', async (_, change) => {
    const { web, report } = await render(change(figures()), templates, 'en', []);
    for (const page of [web, report])
      expect(judgeWeb(page).filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it('in which the United States lead says so wherever it said China', async () => {
    const { web } = await render(
      (MONTHS['in which the United States lead everywhere'] as (of: Figures) => Figures)(figures()),
      templates,
      'en',
      [],
    );
    expect(web).toContain('American makers lead in downloads');
    expect(web).toContain('Chinese open models are behind American ones');
  });
});
