import { describe, expect, it } from 'vitest';
import type { Hub } from '../../functions/compute/evidence.ts';
import { derivatives } from '../../functions/compute/indicators/derivatives.ts';
import type { RepositoryObservation } from '../../functions/sources/observation.ts';
import { evidence, repository } from './evidence.ts';

type Base = RepositoryObservation['bases'][number];
const from = (model: string, relation: Base['relation'] = 'finetune'): Base => ({ model, relation });
const born = (model: string, ...bases: Base[]): Hub['created'][number] => ({ model, bases });
const of = (created: Hub['created'], repositories: readonly RepositoryObservation[] = [], census = true) =>
  derivatives.compute(evidence({ repositories, hub: { created, census } }));
const counted = (created: Hub['created'], repositories: readonly RepositoryObservation[] = []) => {
  const { figures } = of(created, repositories);
  return ['china', 'united-states', 'unknown'].map(
    (country) => figures[`derivatives.count.${country}`]?.value,
  );
};

describe('new derivatives', () => {
  it('are counted for the country of the base’s maker, whoever uploads them', () => {
    expect(
      counted([
        born('someone/a', from('Dragon/fire')),
        born('Eagle/b', from('Peak/snow')),
        born('x/c', from('Hawk/eye')),
      ]),
    ).toEqual(['2', '1', '0']);
  });

  it('follow a chain of bases to its root, through what is new and what is listed', () => {
    const listed = [repository('someone/middle', { bases: [from('Dragon/fire')] })];
    const chain = [
      born('someone/newest', from('someone/newer', 'quantized')),
      born('someone/newer', from('someone/middle')),
    ];
    expect(counted(chain, listed)).toEqual(['2', '0', '0']);
  });

  it('cut a chain that comes round again, and are then of unknown base', () => {
    const { figures } = of([born('a/x', from('a/y')), born('a/y', from('a/x'))]);
    expect(figures['derivatives.count.china']).toMatchObject({ status: 'withheld', low: '0', high: '2' });
    expect(figures['derivatives.count.unknown']).toMatchObject({ low: '0', high: '2' });
  });

  it('of several makers’ bases, or of a base nobody knows, are unknown, and widen every range', () => {
    const { figures } = of([
      born('m/merge', from('Dragon/fire', 'merge'), from('Eagle/wing', 'merge')),
      born('m/lost', from('nobody-knows/it')),
      ...Array.from({ length: 6 }, (_, at) => born(`m/f${at}`, from('Dragon/fire'))),
    ]);
    expect(figures['derivatives.count.unknown']).toMatchObject({ value: '2', low: '0', high: '2' });
    expect(figures['derivatives.share.china']).toMatchObject({ value: 0.75, low: 0.75, high: 1 });
    expect(figures['derivatives.share.united-states']).toMatchObject({ value: 0, low: 0, high: 0.25 });
  });

  it('are partial where only popular ones were listed, and missing where none of the month is', () => {
    expect(
      of([born('a/b', from('Dragon/fire'))], [], false).figures['derivatives.count.china'],
    ).toMatchObject({
      status: 'partial',
      value: '1',
    });
    expect(of([], [repository('Dragon/fire')], false).figures['derivatives.count.china']).toMatchObject({
      status: 'missing',
      value: null,
    });
  });

  it('are none, not missing, in a month whose newest were listed and name no base', () => {
    const { figures } = of([], [repository('Dragon/fire')]);
    expect(figures['derivatives.count.china']).toMatchObject({ status: 'measured', value: '0' });
    expect(figures['derivatives.share.china']?.status).toBe('missing');
  });

  it('stand by relation', () => {
    const { tables } = of([
      born('a/q', from('Dragon/fire', 'quantized')),
      born('a/r', from('Dragon/fire', 'quantized')),
      born('a/f', from('Eagle/wing', 'finetune')),
    ]);
    const cell = (relation: string, country: string) =>
      tables['derivatives-by-relation']?.rows.find(
        (row) => row.relation === relation && row.country === country,
      )?.models;
    expect([
      cell('quantized', 'china'),
      cell('quantized', 'united-states'),
      cell('finetune', 'united-states'),
    ]).toEqual(['2', '0', '1']);
  });

  it('name the bases most built on, with the Hub’s own count now and a month before', () => {
    const { tables } = derivatives.compute(
      evidence({
        repositories: [repository('Dragon/fire', { children: 90 })],
        repositoriesBefore: [repository('Dragon/fire', { children: 70 })],
        hub: {
          created: [
            born('a/b', from('Dragon/fire')),
            born('a/c', from('dragon/FIRE')),
            born('a/d', from('Eagle/wing')),
          ],
          census: true,
        },
      }),
    );
    expect(tables['derivatives-bases']?.rows[0]).toMatchObject({
      rank: 1,
      base: 'Dragon/fire',
      models: '2',
      children: '90',
      childrenBefore: '70',
    });
  });
});

describe('dependency across camps', () => {
  it('is the part of a side’s own models that stands on the other side’s', () => {
    const { figures, tables } = of(
      [],
      [
        repository('Eagle/tuned', { bases: [from('Dragon/fire')] }),
        repository('Eagle/own'),
        repository('Hawk/own'),
        repository('Hawk/also'),
        repository('Dragon/fire'),
      ],
    );
    expect(figures['derivatives.dependency.united-states-on-china']?.value).toBe(0.25);
    expect(figures['derivatives.dependency.china-on-united-states']?.value).toBe(0);
    expect(tables.dependency?.rows).toContainEqual({
      uploader: 'united-states',
      root: 'china',
      models: '1',
      releases: '0',
      downloads: '100',
    });
  });
});
