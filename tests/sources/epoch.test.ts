import { describe, expect, it } from 'vitest';
import { epoch } from '../../functions/sources/epoch.ts';
import { raw, retrieved } from './retrieved.ts';
import { startSources } from './servers.ts';

describe('the Epoch Capabilities Index', () => {
  const HEADER =
    'Model,eci,eci_ci_low,eci_ci_high,date,Organization,Country (of organization),Model accessibility';
  const ROW = 'Synthetic,150.5,149,152,2026-05-01,Alibaba,China,API access';
  const parse = (...lines: string[]) =>
    epoch.parse([raw('scores', 'https://epoch.ai/data/eci_scores.csv', lines.join('\r\n'))]);

  it('is read with intervals, lists of organisations, and blanks', async () => {
    await using servers = await startSources();
    const { observations, asOf } = epoch.parse(await retrieved(epoch, servers));
    expect(asOf).toBe('2026-11-01T04:00:00.000Z');
    expect(observations).toHaveLength(7);
    expect(observations[1]).toEqual({
      kind: 'capability',
      model: 'Synthetic-Q',
      score: 149,
      low: 146,
      high: 151.5,
      released: '2026-05-11',
      organisations: ['Alibaba', 'Synthetic University'],
      countries: ['China', 'United States of America'],
      accessibility: 'Open weights (unrestricted)',
    });
    expect(observations[3]).toMatchObject({ low: null, high: null });
    expect(observations[6]).toMatchObject({ organisations: [], countries: [] });
  });

  it.each(['Country (from organization)', 'Country (of organisation)', 'COUNTRY (OF ORGANIZATION)'])(
    'knows its column by the header %s',
    (title) => {
      expect(
        parse(HEADER.replace('Country (of organization)', title), ROW).observations[0]?.countries,
      ).toEqual(['China']);
    },
  );

  it('leaves out a model without a score or a date, and says so', () => {
    expect(parse(HEADER, ROW, 'Unscored,,,,2026-05-01,,,', 'Undated,150,,,,,,')).toMatchObject({
      observations: [{ model: 'Synthetic' }],
      remarks: ['2 models without a score or a date were left out.'],
    });
  });

  it.each([
    [[HEADER.replace('eci,', 'points,'), ROW], /no column is the score/],
    [[`${HEADER},Model`, `${ROW},x`], /more than one column is the model/],
    [[HEADER, `${ROW},one,too,many`], /not CSV .*Invalid Record Length/],
    [[HEADER, `"${ROW}`], /not CSV .*Quote/],
    [[HEADER, ROW.replace('150.5', '1e3')], /row 1, field score .*expected a number, found "1e3"/],
    [[HEADER, ROW.replace('149', '-')], /field low/],
    [[HEADER, ROW.replace('2026-05-01', 'May 2026')], /field date/],
    [[HEADER, ROW.replace('Synthetic', 'x\u2067y')], /field model .*text-direction/],
    [[HEADER, ROW.replace('Synthetic', 'x'.repeat(10_000))], /field model .*at most 500/],
    [[HEADER], /no row has a score/],
    [['{"not":"csv"}'], /not CSV/],
    [['not,this,csv', 'x,y,z'], /no column is the model/],
  ])('refuses %j', (lines, message) => {
    expect(() => parse(...lines)).toThrow(
      expect.objectContaining({ name: 'SourceChanged', message: expect.stringMatching(message) }),
    );
  });

  it('takes markup and braces in a name as the data they are', () => {
    expect(
      parse(HEADER, ROW.replace('Synthetic', '"<img src=x> {{#each}}, __proto__"')).observations[0]?.model,
    ).toBe('<img src=x> {{#each}}, __proto__');
  });
});
