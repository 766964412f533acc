import { type Looked, percent, verdict } from './check.ts';
import { downloadViews } from './download-tally.ts';
import type { Check } from './figures.ts';
import { ENOUGH_LABELLED, labelledPart } from './indicators/downloads.ts';
import { share, sum } from './share.ts';
import { classifySlug, MASKED } from './tokens.ts';

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
  if (!usage.present) return verdict(id, sentence, 'passed', 'There are no tokens to know.');
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
  const detail = `The registry knows ${percent(known)} of the named tokens${slugs.length > 0 ? `; not ${slugs.slice(0, 12).join(', ')}` : ''}.`;
  return verdict(id, sentence, known < TOKENS_KNOWN ? 'warning' : 'passed', detail);
}

function downloadsLabelled({ evidence: { repositories, registry, month } }: Looked): Check {
  const id = 'compute.downloads-labelled';
  const sentence = 'Models without a task would be left out of the language models unseen.';
  if (!repositories.present) return verdict(id, sentence, 'passed', 'There are no downloads to label.');
  const views = downloadViews(repositories.observations, registry, month.to);
  const labelled = labelledPart(views) ?? 1;
  return verdict(
    id,
    sentence,
    labelled < ENOUGH_LABELLED ? 'warning' : 'passed',
    `${percent(labelled)} of the downloads of makers’ own models that are or may be language models are of known ones; ${views.unlabelled} are of models without a task.`,
  );
}

function makersPlaced({ evidence: { repositories, registry, month } }: Looked): Check {
  const id = 'compute.makers-placed';
  const sentence = 'Makers whose country nobody established would widen every range unseen.';
  if (!repositories.present) return verdict(id, sentence, 'passed', 'There are no downloads to place.');
  const { publisher, language } = downloadViews(repositories.observations, registry, month.to);
  const placed = share(publisher.classified, publisher.classified + publisher.unknown) ?? 1;
  const unplaced = new Set(
    language.filter(({ country }) => country === 'unknown').map(({ uploader }) => uploader?.name ?? ''),
  );
  return verdict(
    id,
    sentence,
    placed < DOWNLOADS_PLACED ? 'warning' : 'passed',
    `${percent(placed)} of makers’ language-model downloads have a country${unplaced.size > 0 ? `; not those of ${[...unplaced].join(', ')}` : ''}.`,
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
    silent > 0
      ? `${silent} of ${language.length} first-party language models do not state whether access is gated; they are counted as open.`
      : 'Every first-party language model states its access.',
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
    disputed.length > 0
      ? `Open by the list of openness, but with access at discretion on the Hub: ${disputed.slice(0, 12).join(', ')}${disputed.length > 12 ? ` and ${disputed.length - 12} more` : ''}.`
      : 'The list of openness and the Hub agree on access.',
  );
}
