import { describe, expect, it } from 'vitest';
import type { Figures } from '../../functions/compute/figures.ts';
import { render } from '../../functions/render/render.ts';
import { figures, section, templates, textOf } from './fixture.ts';

/** The recorded month with an axis-history of editions before it: China's and America's usage, month by month. */
function withHistory(past: readonly (readonly [string, number | null, number | null])[]): Figures {
  const all = figures();
  const history = all.series['axis-history'];
  if (!history) throw new Error('the fixture has no axis-history');
  const rows = past.flatMap(([edition, china, unitedStates]) =>
    (
      [
        ['china', china],
        ['united-states', unitedStates],
      ] as const
    ).map(([side, value]) => ({
      edition,
      axis: 'usage',
      side,
      value,
      low: value,
      high: value,
      leader: value === null ? 'missing' : 'china',
    })),
  );
  return {
    ...all,
    series: { ...all.series, 'axis-history': { ...history, rows: [...rows, ...history.rows] } },
  };
}

async function month(of: Figures) {
  const { report } = await render(of, templates, 'en', []);
  return section(report, 'month');
}

describe('the line of the last editions', () => {
  it('is a dash in a first edition', async () => {
    expect(await month(figures())).not.toContain('class="sparkline"');
  });

  it('is drawn from two editions on, with a text that tells it', async () => {
    const page = await month(withHistory([['2026-06', 0.55, 0.06]]));
    expect(page.match(/class="sparkline"/g)).toHaveLength(1);
    expect(page).toContain('The axis over 2 editions, June 2026 to July 2026');
  });

  it('has a gap where an edition did not measure the axis', async () => {
    const page = await month(
      withHistory([
        ['2026-04', 0.4, 0.1],
        ['2026-05', null, null],
        ['2026-06', 0.55, 0.06],
      ]),
    );
    expect(page.match(/<polyline/g)).toHaveLength(4);
  });
});

describe('the change on the year', () => {
  it('is how the lead moved since the same month a year ago', async () => {
    const text = textOf(await month(withHistory([['2025-07', 0.1, 0.2]])));
    expect(text).toContain('+61.6 pp, China’s way');
  });

  it('is a dash where that month has no edition', async () => {
    expect(textOf(await month(withHistory([['2025-08', 0.1, 0.2]])))).not.toContain('pp, China’s way');
  });
});

describe('the ledger', () => {
  it('says that it begins with a first edition', async () => {
    const { report } = await render(figures(), templates, 'en', []);
    expect(textOf(section(report, 'changes'))).toMatch(/This is the first edition: the ledger begins here/);
  });

  it('names what changed hands and what is restated, in the units of the figures', async () => {
    const all = figures();
    const table = (id: string, rows: Record<string, string | null>[]) => {
      const there = all.tables[id];
      if (!there) throw new Error(`the fixture has no ${id}`);
      return { [id]: { ...there, rows } };
    };
    const changed: Figures = {
      ...all,
      tables: {
        ...all.tables,
        ...table('lead-changes', [
          {
            axis: 'usage',
            edition: '2026-07',
            revision: null,
            from: 'unitedStates',
            to: 'china',
            contestedSince: '2026-05',
          },
        ]),
        ...table('restatements', [
          {
            edition: '2026-06',
            revision: 'r1',
            figure: 'usage.open-share',
            unit: 'share',
            published: '0.671',
            restated: '0.6735',
            why: 'registry',
          },
          {
            edition: '2026-06',
            revision: 'r1',
            figure: 'usage.tokens.total',
            unit: 'tokens',
            published: '188390000000000',
            restated: '188400000000000',
            why: 'source',
          },
        ]),
      },
    };
    const { report } = await render(changed, templates, 'en', []);
    const text = textOf(section(report, 'changes'));
    expect(text).toMatch(
      /One lead changed hands in this edition; 2 figures of the last edition are restated/,
    );
    expect(text).toMatch(/July 2026\s+Usage\s+United States\s+China\s+May 2026/);
    expect(text).toMatch(
      /usage\.open-share\s+June 2026, r1\s+67\.1%\s+67\.4%\s+makers or models classified anew/,
    );
    expect(text).toMatch(/188\.4/);
  });
});

describe('a corrected edition', () => {
  it('says on its cover and on the web page what was corrected, and which revision it corrects', async () => {
    const corrections = [
      { corrects: 'r1', because: 'Two days of June were counted twice.', at: '2026-08-30T10:00:00Z' },
    ];
    const { report, web } = await render(figures(), templates, 'en', [], corrections);
    for (const page of [report, web])
      expect(textOf(section(page, 'cover'))).toMatch(
        /Corrected on August 30, 2026\. Two days of June were counted twice\. The revision before, r1, stays where it was\./,
      );
  });
});
