import { describe, expect, it } from 'vitest';
import { openrouterModels } from '../../functions/sources/openrouter-models.ts';
import { raw, retrieved } from './retrieved.ts';
import { startSources } from './servers.ts';

describe('the catalogue of OpenRouter', () => {
  const item = (more: object = {}) => ({
    id: 'qwen/synthetic:free',
    canonical_slug: 'qwen/synthetic-20260701',
    hugging_face_id: 'Qwen/Synthetic',
    name: 'Qwen: Synthetic',
    created: 1_784_000_000,
    context_length: 8192,
    pricing: { prompt: '0.0000001', completion: '0' },
    ...more,
  });
  const parse = (...data: object[]) =>
    openrouterModels.parse([raw('models', 'https://openrouter.ai/api/v1/models', { data })]);

  it('is read with prices as they are written', async () => {
    await using servers = await startSources();
    const { observations, asOf } = openrouterModels.parse(await retrieved(openrouterModels, servers));
    expect(observations).toHaveLength(12);
    expect(observations[0]).toMatchObject({
      promptPrice: '0.000010',
      completionPrice: '0.00010',
      huggingFaceId: 'Qwen/Synthetic-1',
    });
    expect(observations[1]?.huggingFaceId).toBeNull();
    expect(Date.parse(asOf)).not.toBeNaN();
  });

  it('takes markup and braces in a name as the data they are', () => {
    const name = '<script>alert(1)</script> {{constructor}} & __proto__';
    expect(parse(item({ name })).observations[0]?.name).toBe(name);
  });

  it.each([
    [{ name: 'x\u202Ey' }, /field name .*control or text-direction characters, found "x\\u\{202e\}y"/],
    [{ name: 'x\u0000' }, /field name/],
    [{ name: 'x'.repeat(10_000) }, /field name .*at most 500 characters/],
    [{ name: '' }, /field name/],
    [{ id: '' }, /field id/],
    [{ pricing: { prompt: 0, completion: '0' } }, /field pricing\.prompt/],
    [{ pricing: { prompt: '1e-7', completion: '0' } }, /expected a price as a decimal string/],
    [{ pricing: null }, /field pricing/],
    [{ created: -1 }, /field created/],
    [{ context_length: 1.5 }, /field context_length/],
  ])('refuses %j, naming row and field', (more, message) => {
    expect(() => parse(item({ id: 'qwen/other' }), item(more))).toThrow(
      expect.objectContaining({ name: 'SourceChanged', message: expect.stringMatching(message) }),
    );
  });

  it('leaves out routers without a price, and hints that name no repository, and says so', () => {
    const { observations, remarks } = parse(
      item({ id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } }),
      item({ hugging_face_id: 'https://huggingface.co/Qwen' }),
    );
    expect(observations).toMatchObject([{ slug: 'qwen/synthetic-20260701', huggingFaceId: null }]);
    expect(remarks).toEqual([
      expect.stringMatching(/^1 routers/),
      expect.stringMatching(/^1 models name a repository/),
    ]);
  });

  it('refuses an empty list, and an id that stands twice', () => {
    expect(() => parse()).toThrow(/the list is empty/);
    expect(() => parse(item(), item())).toThrow(/row 2, field id .*stands twice/);
  });
});
