/**
 * Counts the recorded months once more, straight from the raw bodies and the registry's files, without a line of
 * the program: a plain script that shares no code with what it checks.
 *
 *     npx node tests/compute/recompute.ts
 */
import { readFileSync } from 'node:fs';

const bodies = new URL('../../functions/pull/recording/', import.meta.url);
const lists = new URL('../../functions/compute/', import.meta.url);
const json = (base: URL, name: string) => JSON.parse(readFileSync(new URL(name, base), 'utf8'));

const MONTH = '2026-07';
const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
/** The looks at the Hub, oldest first, and the month each of them serves. */
const LOOKS = [
  { month: '2026-04', files: ['huggingface-2026-05-06.json'] },
  { month: '2026-06', files: ['huggingface-2026-07-06.json'] },
  { month: '2026-07', files: ['huggingface-models-1.json', 'huggingface-models-2.json'] },
];
const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');

function campOf(maker: string | undefined, day: string): string {
  const found = makers.find((one: { id: string }) => one.id === maker);
  for (const { country, from, to } of found?.countries ?? []) {
    if (from !== null && day < from) continue;
    if (to !== null && day > to) continue;
    if (['CN', 'HK', 'MO'].includes(country)) return 'china';
    if (country === 'US') return 'united-states';
    return EU.includes(country) ? 'european-union' : 'other';
  }
  return 'unknown';
}

const { makers, mirrors } = json(lists, 'organisations.json');
const models = json(lists, 'openness.json').models;
const tracked = new Set<string>();
for (const list of json(lists, 'tracked-models.json').lists)
  for (const model of list.models) tracked.add(model.toLowerCase());

const owners = new Map<string, string>();
for (const maker of makers)
  for (const name of maker.names.huggingface) owners.set(name.toLowerCase(), maker.id);
const keepers = new Map<string, string>();
for (const mirror of mirrors) keepers.set(mirror.namespace.toLowerCase(), mirror.maker);

/** Tokens of a month. */
export function usage(month = MONTH, paidOnly = false): Record<string, string | number> {
  const slugs = new Map<string, { maker: string; open: string | null }>();
  for (const one of models)
    for (const slug of one.names.openrouter)
      slugs.set(slug.toLowerCase(), { maker: one.model.maker, open: one.open });
  const groups: Record<string, bigint> = { unknown: 0n };
  for (const camp of ['china', 'united-states', 'european-union', 'other'])
    for (const state of ['open', 'closed']) groups[`${camp}-${state}`] = 0n;
  for (const row of json(bodies, `openrouter-usage-${month}.json`).data) {
    const [slug, variant] = row.model_permaslug.toLowerCase().split(':');
    if (paidOnly && variant === 'free') continue;
    const known = slugs.get(slug);
    const camp = known ? campOf(known.maker, row.date) : 'unknown';
    const masked = slug === 'other' || slug.startsWith('stealth/') || slug.startsWith('openrouter/');
    const group =
      masked || !known || camp === 'unknown'
        ? 'unknown'
        : `${camp}-${known.open !== null && known.open <= row.date ? 'open' : 'closed'}`;
    groups[group] = (groups[group] ?? 0n) + BigInt(row.total_tokens);
  }
  const sum = (test: (name: string) => boolean) =>
    Number(
      Object.entries(groups).reduce((total, [name, tokens]) => (test(name) ? total + tokens : total), 0n),
    );
  const total = Object.values(groups).reduce((a, b) => a + b, 0n);
  const open = sum((name) => name.endsWith('-open'));
  const closed = sum((name) => name.endsWith('-closed'));
  const china = sum((name) => name.startsWith('china-'));
  const chinaOpen = sum((name) => name === 'china-open');
  const unknown = sum((name) => name === 'unknown');
  const found: Record<string, string | number> = {
    'tokens.total': String(total),
    'open-share': open / (open + closed),
    'open-share low': open / Number(total),
    'open-share high': (open + unknown) / Number(total),
    'china-of-open': chinaOpen / open,
    'china-of-open low': chinaOpen / (open + unknown),
    'china-of-open high': (chinaOpen + unknown) / (open + unknown),
    'china-of-all': china / Number(total),
    'china-of-all high': (china + unknown) / Number(total),
  };
  for (const [name, tokens] of Object.entries(groups))
    found[`share.${name}`] = Number(tokens) / Number(total);
  return found;
}

interface Repository {
  id: string;
  downloads: number;
  createdAt?: string | undefined;
  pipeline_tag?: string | undefined;
  tags?: string[];
  gated?: unknown;
}

const namespace = (id: string) => (id.includes('/') ? id.slice(0, id.indexOf('/')).toLowerCase() : '');
const owner = (id: string) => owners.get(namespace(id));
const last = (id: string) => id.slice(id.indexOf('/') + 1).toLowerCase();
const endings =
  'gguf ggml awq gptq exl2 exl3 mlx onnx openvino bnb hqq autoround litert litert-lm c ct ct2 transformers mobile compressed-tensors quantized unquantized unpacked qat dynamic block fp4 fp8 fp16 nvfp4 nvfp8 nvfp16 mxfp4 mxfp8 mxfp16 bf16 f16 int4 int8'.split(
    ' ',
  );
const numbered = [/^i?q[2-8](_[0-9ks](_[msl])?)?$/, /^w[48]a(fp)?(8|16)$/, /^[1-8]-?bit$/];
const stages = 'base pt pretrain it instruct chat sft dpo think hf dspark dflash eagle'.split(' ');
const staged = [/^dflash-b\d+$/, /^eagle\d$/];
function shorten(name: string, withStages: boolean): string {
  for (let at = name.length - 1; at > 0; at -= 1) {
    const mark = name.charAt(at);
    if (!'-_.'.includes(mark)) continue;
    const end = name.slice(at + 1);
    const isFormat = endings.includes(end) || numbered.some((one) => one.test(end));
    const isStage =
      withStages && mark !== '.' && (stages.includes(end) || staged.some((one) => one.test(end)));
    if (isFormat || isStage) return shorten(name.slice(0, at), withStages);
  }
  return name;
}
const plain = (id: string) => shorten(last(id), false) === last(id);

/** The repositories of a look; what a look does not state of a maker's model is read off the others. */
function looked(month: string): Repository[] {
  const read = (one: string) =>
    LOOKS.filter((look) => look.month === one).flatMap(({ files }) =>
      files.flatMap((file): Repository[] => json(bodies, file)),
    );
  const near = LOOKS.filter((look) => look.month !== month && !(month === '2026-06' && look.month > month));
  const others = near.map((look) => new Map(read(look.month).map((one) => [one.id.toLowerCase(), one])));
  return read(month).map((one) => {
    if (!owner(one.id)) return one;
    const known = others
      .map((other) => other.get(one.id.toLowerCase()))
      .filter((other) => other !== undefined);
    const first = <K extends 'createdAt' | 'pipeline_tag'>(name: K) =>
      one[name] ?? known.find((other) => other[name])?.[name];
    const basesIn = (other: Repository) => (other.tags ?? []).filter((tag) => tag.startsWith('base_model:'));
    const bases =
      basesIn(one).length > 0 ? basesIn(one) : (known.map(basesIn).find((some) => some.length > 0) ?? []);
    const licence = [one, ...known].map(licenceOf).find((found) => found !== undefined);
    return {
      ...one,
      createdAt: first('createdAt'),
      pipeline_tag: first('pipeline_tag'),
      tags: [...bases, ...(licence ? [`license:${licence}`] : [])],
    };
  });
}

const licenceOf = ({ tags }: Repository) =>
  tags?.find((tag) => tag.startsWith('license:'))?.slice('license:'.length);

function basesStated(one: Repository): { id: string; how: string }[] {
  const stated = new Map<string, string>();
  for (const tag of one.tags ?? []) {
    const [, how, base = ''] = /^base_model:(?:(finetune|adapter|quantized|merge):)?(.+)$/.exec(tag) ?? [];
    // A base without a namespace names nothing on the Hub.
    if (base.includes('/')) stated.set(base, how ?? stated.get(base) ?? 'unstated');
  }
  return [...stated].map(([id, how]) => ({ id, how }));
}

/** A look at the Hub with everything that is asked of it more than once. */
function hub(month: string) {
  const all = looked(month);
  const byId = new Map(all.map((one) => [one.id.toLowerCase(), one]));
  const originals = new Map<string, Set<string>>();
  for (const id of [...byId.keys(), ...tracked]) {
    if (!owner(id) || !plain(id)) continue;
    originals.set(last(id), (originals.get(last(id)) ?? new Set()).add(id));
  }
  const basesOf = (one: Repository): { id: string; how: string }[] => {
    const stated = basesStated(one);
    if (stated.length > 0) return stated;
    const mine = owner(one.id);
    if (mine && plain(one.id)) return [];
    const bearers = [...(originals.get(shorten(last(one.id), false)) ?? [])];
    const theirs = new Set(bearers.map(owner));
    if (bearers.length === 0 || theirs.size > 1 || (mine && theirs.has(mine))) return [];
    return [{ id: bearers.sort()[0] ?? '', how: plain(one.id) ? 'unstated' : 'quantized' }];
  };
  const copied = (one: Repository, path: string[] = []): boolean =>
    basesOf(one).some(({ id, how }) => {
      if (how !== 'quantized' && !(how === 'unstated' && !plain(one.id))) return false;
      if (path.includes(id.toLowerCase())) return false;
      if (owner(id) !== owner(one.id)) return true;
      const base = byId.get(id.toLowerCase());
      return base ? copied(base, [...path, one.id.toLowerCase()]) : false;
    });
  const rootsOf = (id: string, path: string[] = []): (string | undefined)[] => {
    const seen = byId.get(id.toLowerCase());
    const bases = seen ? basesOf(seen) : [];
    if (bases.length === 0) return [owner(id) ?? keepers.get(namespace(id))];
    return bases
      .filter((base) => !path.includes(base.id.toLowerCase()))
      .flatMap((base) => rootsOf(base.id, [...path, id.toLowerCase()]));
  };
  const rootOf = (id: string) => {
    const roots = new Set(rootsOf(id));
    return roots.size === 1 ? [...roots][0] : undefined;
  };
  const copiedFamilies = new Set(
    all
      .filter((one) => owner(one.id) && copied(one))
      .map((one) => `${owner(one.id)} ${shorten(last(one.id), true)}`),
  );
  const isLanguage = (one: Repository) =>
    ['text-generation', 'image-text-to-text', 'any-to-any'].includes(one.pipeline_tag ?? '') ||
    tracked.has(one.id.toLowerCase());
  const isCopy = (one: Repository) => {
    const maker = owner(one.id);
    return (
      maker !== undefined &&
      (copied(one) || (!plain(one.id) && copiedFamilies.has(`${maker} ${shorten(last(one.id), true)}`)))
    );
  };
  const isGated = (one: Repository) => one.gated === 'manual' && owner(one.id) !== undefined && !isCopy(one);
  const own = all.filter((one) => owner(one.id) && !isCopy(one) && !isGated(one));
  return { all, own, isLanguage, isGated, rootOf };
}

/** Downloads by country in the three views. */
export function downloads(month = MONTH): Record<string, string> {
  const day = lastDay(month);
  const { all, own, isLanguage, isGated, rootOf } = hub(month);
  const counts: Record<string, bigint> = {};
  const add = (key: string, amount: number) => {
    counts[key] = (counts[key] ?? 0n) + BigInt(amount);
  };
  for (const view of ['language.publisher', 'language.lineage', 'all.publisher'])
    for (const camp of ['china', 'united-states', 'european-union', 'other', 'unknown'])
      add(`${view}.${camp}`, 0);
  for (const one of own) {
    add(`all.publisher.${campOf(owner(one.id), day)}`, one.downloads);
    if (isLanguage(one)) add(`language.publisher.${campOf(owner(one.id), day)}`, one.downloads);
  }
  for (const one of all) {
    if (!isLanguage(one) || isGated(one)) continue;
    if (!owner(one.id)) add('language.community', one.downloads);
    add(`language.lineage.${campOf(rootOf(one.id), day)}`, one.downloads);
  }
  return Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)]));
}

/** Each side's share of the models seen at the end of June and of July, in July and in June. */
export function panel(): Record<string, { now: number; before: number }> {
  const june = new Map(looked('2026-06').map((one) => [one.id.toLowerCase(), one.downloads]));
  const { own, isLanguage } = hub('2026-07');
  const both = own.filter((one) => isLanguage(one) && one.downloads > 0 && june.has(one.id.toLowerCase()));
  const of = (counted: (one: Repository) => number, camp?: string) =>
    both
      .filter((one) => camp === undefined || campOf(owner(one.id), '2026-07-31') === camp)
      .reduce((total, one) => total + counted(one), 0);
  const now = (one: Repository) => one.downloads;
  const before = (one: Repository) => june.get(one.id.toLowerCase()) ?? 0;
  return Object.fromEntries(
    ['china', 'united-states'].map((camp) => [
      camp,
      { now: of(now, camp) / of(now), before: of(before, camp) / of(before) },
    ]),
  );
}

/** Of what was created in the month and names a base: how many by the country at the root. */
export function derivatives(month = MONTH): Record<string, string> {
  const { all, rootOf } = hub(month);
  const counts: Record<string, number> = {};
  for (const one of all) {
    if (!one.createdAt?.startsWith(month) || basesStated(one).length === 0) continue;
    const camp = campOf(rootOf(one.id), lastDay(month));
    counts[camp] = (counts[camp] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).map(([camp, count]) => [camp, String(count)]));
}

/** Of each side's first-party language models, the part built on the other side's. */
export function dependency(month = MONTH): Record<string, number> {
  const { own, isLanguage, rootOf } = hub(month);
  const day = lastDay(month);
  const part = (side: string, other: string) => {
    const mine = own.filter((one) => isLanguage(one) && campOf(owner(one.id), day) === side);
    return mine.filter((one) => campOf(rootOf(one.id), day) === other).length / mine.length;
  };
  return {
    'united-states-on-china': part('united-states', 'china'),
    'china-on-united-states': part('china', 'united-states'),
  };
}

/** The Herfindahl index of each side's labs, over downloads of first-party language models. */
export function herfindahl(month = MONTH): Record<string, number> {
  const { own, isLanguage } = hub(month);
  return Object.fromEntries(
    ['china', 'united-states'].map((camp) => {
      const labs = new Map<string, number>();
      for (const one of own)
        if (isLanguage(one) && campOf(owner(one.id), lastDay(month)) === camp)
          labs.set(owner(one.id) ?? '', (labs.get(owner(one.id) ?? '') ?? 0) + one.downloads);
      const whole = [...labs.values()].reduce((a, b) => a + b, 0);
      return [camp, [...labs.values()].reduce((total, one) => total + (one / whole) ** 2, 0)];
    }),
  );
}

/** The part of each side's first-party language-model downloads under Apache 2.0 or MIT, and without a licence. */
export function licences(month = MONTH): Record<string, number> {
  const { own, isLanguage } = hub(month);
  const found: Record<string, number> = {};
  for (const camp of ['china', 'united-states']) {
    const mine = own.filter((one) => isLanguage(one) && campOf(owner(one.id), lastDay(month)) === camp);
    const of = (test: (licence: string | undefined) => boolean) =>
      mine.filter((one) => test(licenceOf(one))).reduce((total, one) => total + one.downloads, 0);
    const whole = of(() => true);
    found[`${camp}.apache-mit`] = of((one) => /^(apache-(license-)?2\.0|mit)$/.test(one ?? '')) / whole;
    found[`${camp}.unstated`] = of((one) => one === undefined) / whole;
  }
  return found;
}

/** The best score of each side at the month's end. */
export function capability(month = MONTH): Record<string, { model: string; score: number }> {
  const open = new Map<string, { maker: string; open: string | null }>();
  for (const one of models)
    for (const name of one.names.epoch) open.set(name, { maker: one.model.maker, open: one.open });
  const best: Record<string, { model: string; score: number }> = {};
  for (const line of readFileSync(new URL('epoch-eci_scores.csv', bodies), 'utf8').split(/\r?\n/).slice(1)) {
    const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    const [model = '', , score, , , date = ''] = cells;
    const known = open.get(model);
    if (!known || date > lastDay(month)) continue;
    const isOpen = known.open !== null && known.open <= lastDay(month);
    const camp = isOpen ? `${campOf(known.maker, lastDay(month))}-open` : 'closed';
    if (Number(score) > (best[camp]?.score ?? 0)) best[camp] = { model, score: Number(score) };
  }
  return best;
}

interface Slug {
  maker: string;
  open: string | null;
}

/** The models that are open or closed, by slug. */
function slugs(): Map<string, Slug> {
  const found = new Map<string, Slug>();
  for (const one of models)
    for (const slug of one.names.openrouter)
      found.set(slug.toLowerCase(), { maker: one.model.maker, open: one.open });
  return found;
}

/** Of the tokens of closed models, the parts of three vendors. */
export function vendors(month = MONTH): Record<string, number> {
  const known = slugs();
  const closed = new Map<string, number>();
  for (const row of json(bodies, `openrouter-usage-${month}.json`).data) {
    const slug = row.model_permaslug.toLowerCase().split(':')[0];
    const one = known.get(slug);
    if (!one || /^(stealth|openrouter)\//.test(slug) || campOf(one.maker, row.date) === 'unknown') continue;
    if (one.open !== null && one.open <= row.date) continue;
    closed.set(one.maker, (closed.get(one.maker) ?? 0) + Number(row.total_tokens));
  }
  const whole = [...closed.values()].reduce((a, b) => a + b, 0);
  return Object.fromEntries(
    ['openai', 'google', 'anthropic'].map((maker) => [maker, (closed.get(maker) ?? 0) / whole]),
  );
}

/** What a million paid tokens of each side cost on the whole, in US dollars: prompt and completion. */
export function prices(month = MONTH): Record<string, number> {
  const known = slugs();
  const cheapest = new Map<string, { prompt: number; completion: number; plain: boolean }>();
  for (const { id, canonical_slug: slug, pricing } of json(bodies, 'openrouter-models.json').data) {
    const [prompt, completion] = [Number(pricing.prompt), Number(pricing.completion)];
    if (id.endsWith(':free') || prompt < 0 || completion < 0 || prompt + completion === 0) continue;
    const key = slug.toLowerCase().split(':')[0];
    const there = cheapest.get(key);
    const plainOffer = !id.includes(':');
    const better =
      !there ||
      (plainOffer && !there.plain) ||
      (plainOffer === there.plain && prompt + completion < there.prompt + there.completion);
    if (better) cheapest.set(key, { prompt, completion, plain: plainOffer });
  }
  const sums = new Map<string, { tokens: number; prompt: number; completion: number }>();
  for (const row of json(bodies, `openrouter-usage-${month}.json`).data) {
    const [slug, variant] = row.model_permaslug.toLowerCase().split(':');
    const one = known.get(slug);
    const price = cheapest.get(slug);
    if (variant === 'free' || !one || !price || /^(stealth|openrouter)\//.test(slug)) continue;
    const camp = campOf(one.maker, lastDay(month));
    const open = one.open !== null && one.open <= lastDay(month);
    const side = open ? `${camp}-open` : 'closed';
    const sum = sums.get(side) ?? { tokens: 0, prompt: 0, completion: 0 };
    const tokens = Number(row.total_tokens);
    sums.set(side, {
      tokens: sum.tokens + tokens,
      prompt: sum.prompt + tokens * price.prompt,
      completion: sum.completion + tokens * price.completion,
    });
  }
  return Object.fromEntries(
    ['china-open', 'united-states-open', 'closed'].flatMap((side) => {
      const sum = sums.get(side);
      if (!sum) return [];
      return [
        [`prompt.weighted.${side}`, (sum.prompt / sum.tokens) * 1e6],
        [`completion.weighted.${side}`, (sum.completion / sum.tokens) * 1e6],
      ];
    }),
  );
}

if (import.meta.main) {
  for (const month of ['2026-06', MONTH]) {
    console.log(month, usage(month), usage(month, true), downloads(month), capability(month), vendors(month));
    console.log(derivatives(month), dependency(month), herfindahl(month), licences(month));
  }
  console.log(panel());
}
