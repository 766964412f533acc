/**
 * Counts the recorded month once more, straight from the raw bodies and the registry's files, without a line of
 * the program: a plain script that shares no code with what it checks.
 *
 *     npx node tests/compute/recompute.ts
 */
import { readFileSync } from 'node:fs';

const bodies = new URL('../../functions/pull/recording/', import.meta.url);
const lists = new URL('../../functions/compute/', import.meta.url);
const json = (base: URL, name: string) => JSON.parse(readFileSync(new URL(name, base), 'utf8'));

const MONTH = '2026-07';
const LAST_DAY = '2026-07-31';
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
  pipeline_tag?: string;
  tags?: string[];
  gated?: unknown;
}

/** Downloads by country in the three views. */
export function downloads(): Record<string, string> {
  const all: Repository[] = [1, 2].flatMap((page) => json(bodies, `huggingface-models-${page}.json`));
  const byId = new Map(all.map((one) => [one.id.toLowerCase(), one]));
  const namespace = (id: string) => (id.includes('/') ? id.slice(0, id.indexOf('/')).toLowerCase() : '');
  const owner = (id: string) => owners.get(namespace(id));

  const endings =
    'gguf ggml awq gptq exl2 exl3 mlx onnx openvino bnb hqq autoround litert litert-lm c ct ct2 transformers mobile compressed-tensors quantized unquantized unpacked qat dynamic block fp4 fp8 fp16 nvfp4 nvfp8 nvfp16 mxfp4 mxfp8 mxfp16 bf16 f16 int4 int8'.split(
      ' ',
    );
  const numbered = [/^i?q[2-8](_[0-9ks](_[msl])?)?$/, /^w[48]a(fp)?(8|16)$/, /^[1-8]-?bit$/];
  const stages = 'base pt pretrain it instruct chat sft dpo think hf dspark dflash eagle'.split(' ');
  const staged = [/^dflash-b\d+$/, /^eagle\d$/];
  const shorten = (name: string, withStages: boolean): string => {
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
  };
  const last = (id: string) => id.slice(id.indexOf('/') + 1).toLowerCase();
  const plain = (id: string) => shorten(last(id), false) === last(id);

  const originals = new Map<string, Set<string>>();
  for (const id of [...byId.keys(), ...tracked]) {
    if (!owner(id) || !plain(id)) continue;
    originals.set(last(id), (originals.get(last(id)) ?? new Set()).add(id));
  }
  const basesOf = (one: Repository): { id: string; how: string }[] => {
    const stated = new Map<string, string>();
    for (const tag of one.tags ?? []) {
      const [, how, base = ''] = /^base_model:(?:(finetune|adapter|quantized|merge):)?(.+)$/.exec(tag) ?? [];
      // A base without a namespace names nothing on the Hub.
      if (base.includes('/')) stated.set(base, how ?? stated.get(base) ?? 'unstated');
    }
    if (stated.size > 0) return [...stated].map(([id, how]) => ({ id, how }));
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
  const copiedFamilies = new Set(
    all
      .filter((one) => owner(one.id) && copied(one))
      .map((one) => `${owner(one.id)} ${shorten(last(one.id), true)}`),
  );

  const counts: Record<string, bigint> = {};
  const add = (key: string, amount: number) => {
    counts[key] = (counts[key] ?? 0n) + BigInt(amount);
  };
  for (const view of ['language.publisher', 'language.lineage', 'all.publisher'])
    for (const camp of ['china', 'united-states', 'european-union', 'other', 'unknown'])
      add(`${view}.${camp}`, 0);
  for (const one of all) {
    const language =
      ['text-generation', 'image-text-to-text', 'any-to-any'].includes(one.pipeline_tag ?? '') ||
      tracked.has(one.id.toLowerCase());
    const maker = owner(one.id);
    const copy =
      maker !== undefined &&
      (copied(one) || (!plain(one.id) && copiedFamilies.has(`${maker} ${shorten(last(one.id), true)}`)));
    const gated = one.gated === 'manual' && maker !== undefined && !copy;
    if (maker && !copy && !gated) {
      add(`all.publisher.${campOf(maker, LAST_DAY)}`, one.downloads);
      if (language) add(`language.publisher.${campOf(maker, LAST_DAY)}`, one.downloads);
    }
    if (!language || gated) continue;
    if (!maker) add('language.community', one.downloads);
    const roots = new Set(rootsOf(one.id));
    add(`language.lineage.${campOf(roots.size === 1 ? [...roots][0] : undefined, LAST_DAY)}`, one.downloads);
  }
  return Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)]));
}

/** The best score of each side at the month's end. */
export function capability(): Record<string, { model: string; score: number }> {
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
    if (!known || date > LAST_DAY) continue;
    const isOpen = known.open !== null && known.open <= LAST_DAY;
    const camp = isOpen ? `${campOf(known.maker, LAST_DAY)}-open` : 'closed';
    if (Number(score) > (best[camp]?.score ?? 0)) best[camp] = { model, score: Number(score) };
  }
  return best;
}

if (import.meta.main) {
  console.log(usage());
  console.log(usage(MONTH, true));
  console.log(downloads());
  console.log(capability());
}
