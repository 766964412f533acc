/** Figures for the local servers: made up, about nobody's models; only makers and slugs are real ones. */
export interface Figures {
  /** Models by namespace, in the Hub's own shape. */
  readonly hub: Map<string, Record<string, unknown>[]>;
  /** Slugs with tokens on every day, the most used first. */
  readonly slugs: readonly string[];
  readonly catalogue: readonly Record<string, unknown>[];
  readonly scores: string;
}

const MAKERS: readonly [namespace: string, models: number, downloads: number][] = [
  ['Qwen', 12, 9_000_000],
  ['deepseek-ai', 6, 5_000_000],
  ['zai-org', 4, 1_500_000],
  ['moonshotai', 3, 900_000],
  ['meta-llama', 7, 6_000_000],
  ['google', 6, 4_000_000],
  ['openai', 2, 3_500_000],
  ['nvidia', 4, 1_200_000],
  ['mistralai', 5, 2_000_000],
];

const SLUGS = [
  'deepseek/deepseek-v3.2-20251201',
  'deepseek/deepseek-v4-flash-20260423',
  'z-ai/glm-5.2-20260616',
  'qwen/qwen3-235b-a22b-07-25',
  'minimax/minimax-m3-20260531',
  'openai/gpt-oss-120b',
  'openai/gpt-5.5-20260423',
  'anthropic/claude-4.8-opus-20260528',
  'google/gemini-2.5-flash',
  'nvidia/nemotron-3-ultra-550b-a55b-20260604:free',
  'mistralai/mistral-nemo',
  'stealth/synthetic-alpha',
  'other',
];

const HEADER =
  'Model,Display name,eci,eci_ci_low,eci_ci_high,date,Organization,Country (from organization),Model accessibility,Accessibility group,model_versions';
const SCORES = [
  'Synthetic-R,Synthetic-R,150.1,148.2,151.9,2026-04-20,DeepSeek,China,Open weights (unrestricted),Open weights,',
  'Synthetic-Q,Synthetic-Q,149.0,146.0,151.5,2026-05-11,"Alibaba,Synthetic University","China,United States of America",Open weights (unrestricted),Open weights,',
  'Synthetic-L,Synthetic-L,145.5,143.0,147.0,2026-03-02,Meta AI,United States of America,Open weights (restricted use),Open weights,',
  'Synthetic-O,Synthetic-O,147.2,,,2026-02-01,OpenAI,United States of America,Open weights (unrestricted),Open weights,',
  'Synthetic-C,Synthetic-C,161.0,159.1,163.0,2026-06-15,Anthropic,United States of America,API access,Closed weights,',
  'Synthetic-M,Synthetic-M,140.0,138.0,142.0,2026-01-09,Mistral AI,France,Open weights (unrestricted),Open weights,',
  'Synthetic-X,Synthetic-X,120.0,118.0,122.0,2025-12-09,,,Unknown,Other,',
];

/** What the servers tell of a month. @param month as `YYYY-MM`; two models of each maker are of that month */
export function figures(month: string): Figures {
  const hub = new Map(
    MAKERS.map(([namespace, count, downloads]) => [
      namespace,
      Array.from({ length: count }, (_, index) =>
        model(namespace, index, Math.floor(downloads / (index + 3)), month),
      ),
    ]),
  );
  const quantised = hub.get('Qwen')?.[0];
  hub.set('synthetic-community', [
    {
      ...model('synthetic-community', 0, 3_000_000, month),
      baseModels: { relation: 'quantized', models: [{ _id: '1', id: quantised?.id }] },
    },
  ]);
  return {
    hub,
    slugs: SLUGS,
    catalogue: SLUGS.filter((slug) => slug.includes('/')).map((slug, index) => ({
      id: slug.replace(/-\d{8}/, ''),
      canonical_slug: slug.replace(/:.*/, ''),
      hugging_face_id: index % 2 === 0 ? 'Qwen/Synthetic-1' : '',
      name: `Synthetic: ${slug}`,
      created: 1_770_000_000 + index,
      context_length: 131_072,
      pricing: { prompt: `0.0000${index + 10}`, completion: `0.000${index + 10}`, request: '0' },
    })),
    scores: `\uFEFF${[HEADER, ...SCORES].join('\r\n')}\r\n`,
  };
}

function model(namespace: string, index: number, downloads: number, month: string): Record<string, unknown> {
  return {
    _id: `${namespace}${index}`,
    id: `${namespace}/Synthetic-${index + 1}`,
    downloads,
    downloadsAllTime: downloads * 11,
    likes: 10 * (index + 1),
    createdAt: index < 2 ? `${month}-1${index}T08:00:00.000Z` : '2025-11-03T08:00:00.000Z',
    pipeline_tag: index % 3 === 2 ? 'feature-extraction' : 'text-generation',
    library_name: 'transformers',
    tags: ['transformers', 'license:apache-2.0', 'region:us'],
    gated: index === 1 ? 'auto' : false,
    safetensors: { parameters: { BF16: 8_000_000_000 }, total: 8_000_000_000 },
    childrenModelCount: { adapter: 7, merge: 1, quantized: 19, finetune: 3 },
  };
}

/** Made-up tokens of a slug on a day: never the same twice, far above 2^32. */
export function tokensOf(slug: string, day: string): bigint {
  const weight = BigInt(SLUGS.length - SLUGS.indexOf(slug));
  return weight * 100_000_000_000n + BigInt(Date.parse(day) / 86_400_000) * 1_000_000n;
}
