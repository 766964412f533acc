import { describe, expect, it } from 'vitest';
import { assembleFigures } from '../../functions/compute/assemble.ts';
import type { Evidence } from '../../functions/compute/evidence.ts';
import { type Figures, figuresArtefact } from '../../functions/compute/figures.ts';
import { daysOf, monthWindow, parseEdition } from '../../functions/edition.ts';
import { evidence, repository, served, smallRegistry } from './evidence.ts';

const registry = smallRegistry([
  ['fire', 'dragon', '2025-01-01'],
  ['shut', 'eagle', null],
]);
const provenance = { sources: [], absent: [], kind: 'live' } as const;

function made(given: Evidence, more: Partial<Pick<Figures, 'absent' | 'sources' | 'kind'>> = {}): Figures {
  return assembleFigures(given, { ...provenance, absent: [], sources: [], ...more });
}
const outcome = (figures: Figures, id: string) =>
  figures.checks.find((check) => check.id === `compute.${id}`);
const month = (name: string, tokens: bigint) =>
  daysOf(monthWindow(parseEdition(name))).map((day) => served('dragon/fire', tokens, day));

describe('a check', () => {
  it('holds the edition where one repository is above a tenth of an axis', () => {
    const many = Array.from({ length: 20 }, (_, at) => repository(`Dragon/m${at}-8b`));
    expect(outcome(made(evidence({ registry, repositories: many })), 'one-repository')?.outcome).toBe(
      'passed',
    );
    const wild = outcome(
      made(evidence({ registry, repositories: [...many, repository('Eagle/Wild', { downloads30d: 900n })] })),
      'one-repository',
    );
    expect(wild).toMatchObject({ outcome: 'hold', detail: expect.stringContaining('Eagle/Wild') });
  });

  it('holds it where a month’s total is more than three times another, up or down', () => {
    const of = (june: bigint, july: bigint) =>
      outcome(
        made(evidence({ registry, usage: [...month('2026-06', june), ...month('2026-07', july)] })),
        'three-times',
      )?.outcome;
    expect([of(10n, 10n), of(10n, 32n), of(32n, 10n)]).toEqual(['passed', 'hold', 'hold']);
  });

  it('holds it where the same repositories together moved by more than a fifth, and only those', () => {
    const panel = (downloads30d: bigint) =>
      Array.from({ length: 12 }, (_, at) => repository(`Dragon/m${at}-8b`, { downloads30d }));
    const of = (before: bigint, now: bigint) =>
      outcome(
        made(
          evidence({
            registry,
            repositoriesBefore: [...panel(before), repository('Dragon/gone', { downloads30d: 5000n })],
            repositories: [...panel(now), repository('Dragon/new', { downloads30d: 50n })],
          }),
        ),
        'panel-steady',
      )?.outcome;
    expect([of(100n, 119n), of(100n, 81n), of(100n, 121n), of(100n, 79n)]).toEqual([
      'passed',
      'passed',
      'hold',
      'hold',
    ]);
  });

  it('warns of days that are missing, and names them', () => {
    const rows = month('2026-07', 10n).filter(({ day }) => day !== '2026-07-13');
    expect(outcome(made(evidence({ registry, usage: rows })), 'days-whole')).toMatchObject({
      outcome: 'warning',
      detail: expect.stringContaining('2026-07-13'),
    });
  });

  it('warns where the registry does not know more than a hundredth of the named tokens, and names the models', () => {
    const usage = [...month('2026-07', 10n), served('who/ever', 100n), served('stealth/x', 10_000n)];
    expect(outcome(made(evidence({ registry, usage })), 'tokens-known')).toMatchObject({
      outcome: 'warning',
      detail: expect.stringContaining('who/ever'),
    });
    expect(outcome(made(evidence({ registry, usage: month('2026-07', 10n) })), 'tokens-known')?.outcome).toBe(
      'passed',
    );
  });

  it('warns of figures that are withheld', () => {
    const usage = [...month('2026-07', 10n), served('stealth/x', 10_000n)];
    expect(outcome(made(evidence({ registry, usage })), 'unknown-small')).toMatchObject({
      outcome: 'warning',
      detail: expect.stringContaining('usage.open-share'),
    });
  });

  it('warns of sources that are absent, by name', () => {
    const found = made(evidence({ registry, usage: month('2026-07', 10n) }), {
      absent: [{ source: 'epoch', reason: 'Never pulled.' }],
    });
    expect(outcome(found, 'sources-there')).toMatchObject({
      outcome: 'warning',
      detail: 'No snapshot serves the edition of: epoch.',
    });
  });

  it('warns where models do not state their access', () => {
    const silent = [repository('Dragon/Fire-8B', { gated: null })];
    expect(outcome(made(evidence({ registry, repositories: silent })), 'access-stated')?.outcome).toBe(
      'warning',
    );
  });

  it('warns where the list of openness calls open what the Hub hands out at discretion', () => {
    const listed = smallRegistry([['Wing-8B', 'eagle', '2024-01-01']]);
    const disputed = [repository('Eagle/Wing-8B', { gated: 'manual' })];
    expect(
      outcome(made(evidence({ registry: listed, repositories: disputed })), 'list-agrees'),
    ).toMatchObject({
      outcome: 'warning',
      detail: expect.stringContaining('Eagle/Wing-8B'),
    });
    const agreed = [repository('Eagle/Wing-8B', { gated: 'auto' })];
    expect(outcome(made(evidence({ registry: listed, repositories: agreed })), 'list-agrees')?.outcome).toBe(
      'passed',
    );
  });

  it('refuses an edition with neither downloads nor usage; every figure stands there, missing', () => {
    const empty = made(evidence({ registry }));
    expect(outcome(empty, 'something-printable')?.outcome).toBe('refuse');
    expect(
      Object.values(empty.figures).every(
        ({ status, value, reason }) => status === 'missing' && value === null && reason,
      ),
    ).toBe(true);
  });

  it('says in a sentence what would go wrong without it', () => {
    for (const check of made(evidence({ registry })).checks)
      expect(check.sentence).toMatch(/^[A-Z].{30,}\.$/);
  });
});

describe('the figures', () => {
  it('have the same ids whatever is missing', () => {
    const whole = made(
      evidence({
        registry,
        repositories: [repository('Dragon/Fire-8B')],
        usage: month('2026-07', 10n),
        offers: [],
        capability: [],
      }),
    );
    const empty = made(evidence({ registry }));
    expect(Object.keys(whole.figures).sort()).toEqual(Object.keys(empty.figures).sort());
    expect(Object.keys(whole.tables).sort()).toEqual(Object.keys(empty.tables).sort());
    expect(Object.keys(whole.series).sort()).toEqual(Object.keys(empty.series).sort());
  });

  it('carry hostile names as text', () => {
    const hostile = `<script>alert(1)</script>{{x}}\u202e${'long'.repeat(2500)}`;
    const given = evidence({
      registry,
      repositories: [
        repository(`Dragon/${hostile}`),
        repository('Dragon/__proto__'),
        repository('__proto__/constructor'),
      ],
      usage: [served(`dragon/${hostile}`, 5n), served('__proto__', 5n), served('dragon/fire', 100n)],
    });
    const figures = made(given);
    expect(() => figuresArtefact.serialise(figures, 'here')).not.toThrow();
    expect(figures.tables['downloads-top']?.rows.map(({ model }) => model)).toContain('Dragon/__proto__');
    expect(figures.figures['downloads.language.publisher.china']?.value).toBe('200');
  });
});
