import { say } from '../sentences.ts';
import { type Looked, percent, verdict } from './check.ts';
import { downloadViews } from './download-tally.ts';
import type { Check } from './figures.ts';
import { share, sum } from './share.ts';
import { classifySlug, MASKED } from './tokens.ts';
import { ENOUGH_LABELLED, labelledPart } from './unlabelled.ts';

/** Tokens outside the masked and the aggregated that the registry must know. */
const TOKENS_KNOWN = 0.99;
/** Language-model downloads of makers whose country must be known. */
const DOWNLOADS_PLACED = 0.95;

/** Whether the registry covers what the sources hold. */
export const REGISTRY_CHECKS: readonly ((looked: Looked) => Check)[] = [
  tokensKnown,
  downloadsLabelled,
  makersPlaced,
  accessStated,
  listAgrees,
];

function tokensKnown({ evidence: { usage, month, registry } }: Looked): Check {
  const sentence =
    'A model that the registry does not know would count for nobody, and the shares drift with our neglect.';
  const id = 'compute.tokens-known';
  if (!usage.present) return verdict(id, sentence, 'passed', say('check.no-tokens'));
  const unknown = new Map<string, bigint>();
  let named = 0n;
  for (const { slug, day, tokens } of usage.observations) {
    if (day < month.from || day > month.to || MASKED.test(slug)) continue;
    named += tokens;
    if (classifySlug(registry, slug, day).group === 'unknown')
      unknown.set(slug, (unknown.get(slug) ?? 0n) + tokens);
  }
  const missing = sum(unknown.values());
  const known = share(named - missing, named) ?? 1;
  const slugs = [...unknown].sort(([, a], [, b]) => (a > b ? -1 : 1)).map(([slug]) => slug);
  const detail =
    slugs.length > 0
      ? say('check.known-not', { part: percent(known), names: slugs.slice(0, 12) })
      : say('check.known', { part: percent(known) });
  return verdict(id, sentence, known < TOKENS_KNOWN ? 'warning' : 'passed', detail);
}

function downloadsLabelled({ evidence: { repositories, registry, month } }: Looked): Check {
  const id = 'compute.downloads-labelled';
  const sentence = 'Models without a task would be left out of the language models unseen.';
  if (!repositories.present) return verdict(id, sentence, 'passed', say('check.no-label'));
  const views = downloadViews(repositories.observations, registry, month.to);
  const labelled = labelledPart(views) ?? 1;
  return verdict(
    id,
    sentence,
    labelled < ENOUGH_LABELLED ? 'warning' : 'passed',
    say('check.labelled', { part: percent(labelled), downloads: views.unlabelled }),
  );
}

function makersPlaced({ evidence: { repositories, registry, month } }: Looked): Check {
  const id = 'compute.makers-placed';
  const sentence = 'Makers whose country nobody established would widen every range unseen.';
  if (!repositories.present) return verdict(id, sentence, 'passed', say('check.no-place'));
  const { publisher, language } = downloadViews(repositories.observations, registry, month.to);
  const placed = share(publisher.classified, publisher.classified + publisher.unknown) ?? 1;
  const unplaced = new Set(
    language.filter(({ country }) => country === 'unknown').map(({ uploader }) => uploader?.name ?? ''),
  );
  return verdict(
    id,
    sentence,
    placed < DOWNLOADS_PLACED ? 'warning' : 'passed',
    unplaced.size > 0
      ? say('check.placed-not', { part: percent(placed), names: [...unplaced] })
      : say('check.placed', { part: percent(placed) }),
  );
}

function accessStated({ evidence: { repositories, registry, month } }: Looked): Check {
  const { language } = downloadViews(
    repositories.present ? repositories.observations : [],
    registry,
    month.to,
  );
  const silent = language.filter(({ seen }) => seen.gated === null).length;
  return verdict(
    'compute.access-stated',
    'A model whose access is granted at discretion would count as open where the listing does not say so.',
    silent > 0 ? 'warning' : 'passed',
    silent > 0 ? say('check.access-silent', { silent, models: language.length }) : say('check.access'),
  );
}

/** The list decides; but a list that calls open what its maker hands out one by one wants a second look. */
function listAgrees({ evidence: { repositories, registry, month } }: Looked): Check {
  const observed = repositories.present ? repositories.observations : [];
  const { language } = downloadViews(observed, registry, month.to);
  const disputed = language.filter(({ seen }) => seen.gated === 'manual').map(({ seen }) => seen.model);
  return verdict(
    'compute.list-agrees',
    'A list of openness that nobody compares with the Hub would call a model open after its maker closed it.',
    disputed.length > 0 ? 'warning' : 'passed',
    disputed.length > 12
      ? say('check.disputed-more', { names: disputed.slice(0, 12), more: disputed.length - 12 })
      : disputed.length > 0
        ? say('check.disputed', { names: disputed })
        : say('check.agree'),
  );
}
