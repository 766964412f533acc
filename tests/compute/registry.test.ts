import { describe, expect, it } from 'vitest';
import { countryOfCode } from '../../functions/compute/country.ts';
import { countryOn } from '../../functions/compute/organisations.ts';
import { hubNamespaces, openRegistry } from '../../functions/compute/registry.ts';
import { smallRegistry } from './evidence.ts';

const registry = openRegistry();
const country = (id: string, day = '2026-07-31') => countryOn(registry.organisations.byId(id), day);

describe('countries', () => {
  it('Hong Kong and Macau are China; Taiwan and Singapore are other; Europe outside the Union is other', () => {
    const words = ['CN', 'HK', 'MO', 'US', 'TW', 'SG', 'FR', 'GB', 'CH', 'NO', 'KR'].map(countryOfCode);
    expect(words).toEqual([
      'china',
      'china',
      'china',
      'united-states',
      'other',
      'other',
      'european-union',
      'other',
      'other',
      'other',
      'other',
    ]);
  });

  it('knows 27 members of the European Union', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const codes = [...letters].flatMap((a) => [...letters].map((b) => a + b));
    expect(codes.filter((code) => countryOfCode(code) === 'european-union')).toHaveLength(27);
  });
});

describe('the registry', () => {
  it('names a maker once, whatever it goes by', () => {
    const hub = (name: string) => registry.organisations.named('huggingface', name)?.id;
    expect(['Qwen', 'alibaba-nlp', 'Tongyi-MAI', 'WAN-AI'].map(hub)).toEqual([
      'alibaba',
      'alibaba',
      'alibaba',
      'alibaba',
    ]);
    expect(['meta-llama', 'facebook', 'FacebookAI'].map(hub)).toEqual(['meta', 'meta', 'meta']);
    expect(['zai-org', 'THUDM'].map(hub)).toEqual(['zhipu', 'zhipu']);
    expect(registry.organisations.named('openrouter', 'z-ai')?.id).toBe('zhipu');
    expect(registry.organisations.named('epoch', 'Z.ai (Zhipu AI)')?.id).toBe('zhipu');
  });

  it('puts makers where their headquarters are, not where a list says Europe', () => {
    expect(
      ['stability', 'swiss-ai', 'hcompany', 'mistral', 'cohere', 'ai21', 'tinyllama', 'eleutherai'].map(
        (id) => country(id),
      ),
    ).toEqual(['other', 'other', 'european-union', 'european-union', 'other', 'other', 'other', 'unknown']);
  });

  it('has no uploaders among its makers', () => {
    for (const name of [
      'unsloth',
      'bartowski',
      'openai-community',
      'google-bert',
      'lmstudio-community',
      'mlx-community',
      'TheBloke',
    ])
      expect(registry.organisations.named('huggingface', name)).toBeUndefined();
  });

  it('has the closed vendors among them', () => {
    for (const [vendor, id] of [
      ['anthropic', 'anthropic'],
      ['openai', 'openai'],
      ['google', 'google'],
      ['x-ai', 'xai'],
      ['perplexity', 'perplexity'],
      ['amazon', 'amazon'],
    ] as const)
      expect(registry.organisations.named('openrouter', vendor)?.id).toBe(id);
  });

  it('holds Kimi K3 open from the day its weights were out', () => {
    const kimi = registry.openness.named('openrouter', 'moonshotai/kimi-k3-20260715');
    expect(kimi?.open).toBe('2026-07-27');
    expect(kimi).toBe(registry.openness.named('epoch', 'Kimi K3'));
    expect(kimi?.source).toMatch(/disagree/);
  });

  it('gives a source with every line', () => {
    const lines = [...registry.organisations.makers, ...registry.openness.models];
    expect(lines.filter(({ source }) => source.length < 20)).toEqual([]);
  });

  it('says which namespaces of the Hub to ask for', () => {
    expect(hubNamespaces()).toContain('Qwen');
    expect(hubNamespaces()).not.toContain('unsloth');
    expect(new Set(hubNamespaces()).size).toBe(hubNamespaces().length);
  });

  it('has nothing under names that objects have of themselves', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(registry.organisations.named('huggingface', name)).toBeUndefined();
      expect(registry.openness.named('openrouter', name)).toBeUndefined();
      expect(registry.organisations.byId(name)).toBeUndefined();
    }
  });
});

describe('a registry that contradicts itself', () => {
  const maker = (id: string, hub: string) => ({
    id,
    name: id,
    countries: [],
    names: { huggingface: [hub], openrouter: [], epoch: [] },
    source: 'invented for tests',
  });

  it('is refused where one name stands for two makers', () => {
    expect(() => smallRegistry([], { makers: [maker('copycat', 'dragon')] })).toThrow(
      /"dragon" is the name on huggingface of both dragon and copycat/,
    );
  });

  it('is refused where two makers share an id', () => {
    expect(() => smallRegistry([], { makers: [maker('eagle', 'Other')] })).toThrow(
      /"eagle" is the id of both/,
    );
  });

  it('is refused where one model name stands for two models', () => {
    const twice = [
      ['Fire', 'dragon', null],
      ['fire', 'dragon', '2026-01-01'],
    ] as const;
    expect(() => smallRegistry(twice)).toThrow(/stands for both/);
  });

  it('is refused where a mirror names no maker', () => {
    expect(() =>
      smallRegistry([], {
        mirrors: [{ namespace: 'Keepers', maker: 'ghost', source: 'invented for tests' }],
      }),
    ).toThrow(/names ghost/);
  });

  it('is refused where a country is not a code', () => {
    const bad = { ...maker('bad', 'Bad'), countries: [{ country: 'China', from: null, to: null }] };
    expect(() => smallRegistry([], { makers: [bad] })).toThrow(/organisations.json/);
  });
});
