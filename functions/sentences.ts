/**
 * Every sentence that the figures say in words: why one is not plainly measured, what could have been counted, what is
 * missing from it, what a check found. The figures hold them in English, for whoever reads the data; the report says
 * them in its own language by the same names (`templates/locales/<language>/sentences.json`). A name in braces stands
 * for what is put in: a count, a month, a day, a part, or names.
 */
export const SENTENCES = {
  'snapshot.none': 'There is no snapshot of it.',
  'snapshot.no-day': 'No snapshot covers a day of {month}.',
  'snapshot.no-day-newest': 'The newest snapshot has no day of {month}.',
  'snapshot.no-day-usage': 'The newest snapshot of usage has no day of {month}.',
  'snapshot.too-early': 'No snapshot of it was taken after the models of {month} were out.',
  'snapshot.counter-far':
    'The Hub’s counter runs over 30 days, and no snapshot of it was taken from {before} days before to {after} days after the end of {month}.',
  'snapshot.none-serves': 'No source has a snapshot that serves the edition.',

  'universe.hub': 'Model repositories of the Hugging Face Hub.',
  'universe.hub-created': 'Model repositories created on the Hugging Face Hub in the month.',
  'universe.hub-namespaces':
    'The {models} public model repositories in the {namespaces} namespaces of known makers.',
  'universe.hub-most': 'The Hub’s {models} most downloaded, down to {floor} requests in 30 days.',
  'universe.hub-newest': 'The {models} newest repositories.',
  'universe.hub-newest-since': 'The {models} newest repositories, back to {day}.',
  'universe.hub-recorded':
    'The {models} public model repositories on a list of popular and trending models, neither the whole Hub nor its most downloaded.',
  'universe.panel':
    'A matched panel: the {models} first-party language models seen at the end of both months.',
  'universe.panel-moments':
    'A matched panel: the {models} first-party language models seen at each of {moments} moments.',
  'universe.tokens': 'Tokens served by OpenRouter.',
  'universe.tokens-daily':
    'All tokens that OpenRouter served: each day its fifty most used models, and the rest as one row.',
  'universe.tokens-paid': 'Paid tokens served by OpenRouter, at the prices of its catalogue.',
  'universe.downloads-and-tokens':
    'First-party language models of the Hugging Face Hub, and tokens served by OpenRouter.',
  'universe.priced': 'The {models} models with a price in OpenRouter’s catalogue.',
  'universe.scored': 'The {models} models that the Epoch Capabilities Index scores.',
  'universe.index': 'Models scored in the Epoch Capabilities Index.',
  'universe.makers': 'Makers with a figure on any of the axes.',
  'universe.headlines': 'The two headline figures of the edition.',
  'universe.editions': 'This edition and the {editions} published before it.',

  'remark.namespaces-empty': 'No models are listed under {names}: renamed, emptied or gone.',
  'remark.no-children':
    'The listing did not say how many repositories build on each model (childrenModelCount).',
  'remark.no-newest':
    'The newest repositories were not listed, so that what was built on whom cannot be counted.',
  'remark.no-tokens': 'No tokens for {days}.',
  'remark.no-tokens-keyless':
    'No tokens for {days}: the public exports do not reach them, and there was no OPENROUTER_API_KEY.',
  'remark.row-twice': '{name} stood twice on {day} with the same count; one row was dropped.',
  'remark.unpriced': '{models} routers whose price depends on the request were left out.',
  'remark.bad-hints':
    '{models} models name a repository on the Hub that cannot be one; the hint was left out.',
  'remark.unscored': '{models} models without a score or a date were left out.',

  'transcribed.hub':
    'Re-shaped from a secondary copy of the Hub’s model list dated {day} (time of day not known): {models} popular and trending models, neither the whole Hub nor its top {models}; 30-day downloads and likes of all, dates, tasks, licences and bases where the copy has them; a date without a time of day stands at midnight UTC.',
  'transcribed.hub-with-tasks':
    'Re-shaped from a secondary copy of the Hub’s model list dated {day} (time of day not known): {models} models with 30-day downloads, likes and tasks of some, neither the whole Hub nor its most downloaded.',
  'transcribed.hub-bare':
    'Re-shaped from a secondary copy of the Hub’s model list dated {day} (time of day not known): {models} models with 30-day downloads and likes, neither the whole Hub nor its most downloaded; no tasks, dates or licences.',
  'transcribed.rankings':
    'Re-shaped from a secondary copy of the daily rankings dataset. Source: OpenRouter (openrouter.ai/rankings), as of {instant}, CC BY 4.0.',
  'transcribed.catalogue':
    'Re-shaped from a secondary copy of OpenRouter’s model catalogue dated {day} (time of day not known): {models} models with their prices.',
  'transcribed.index':
    'Re-shaped from a secondary copy dated {day} (time of day not known). Epoch AI, “Epoch Capabilities Index”, epoch.ai/eci, CC BY 4.0: {models} scored models, sorted by date.',

  'gap.days': 'No figures for {days}.',
  'gap.usage-days': 'No usage for {days}.',
  'gap.unknown-half': 'The unknown part is more than half of what is classified.',
  'gap.unlabelled':
    'Makers’ own models with {downloads} downloads state no task and are not on the tracked list; they are left out.',
  'gap.undated':
    '{undated} of {listed} listed first-party models have no date in any source and could not be placed in a month.',
  'gap.no-census':
    'Not every repository created in the month was listed: these are the ones among the popular.',
  'gap.no-created':
    'No list of what was created in the month was read, and none of the listed repositories is of it.',
  'gap.no-derivative': 'No repository created in the month names a base model.',
  'gap.bases-unstated':
    'The list states neither task nor base of many a model; a base that is not stated is not seen.',
  'gap.no-first-party': 'No first-party language model of this side is listed.',
  'gap.no-language-model': 'No language model of this side is listed.',
  'gap.no-scored': 'No model of this side is scored by then.',
  'gap.unclassified-higher': 'Scored higher, but on no list of openness: {names}.',
  'gap.not-behind': 'Not behind: the other side has no model at or above this side’s best.',
  'gap.no-closed-tokens': 'No tokens of closed models are known.',
  'gap.no-paid-tokens': 'No model of this side served paid tokens.',
  'gap.no-price': 'No model of this side that served paid tokens has a price in the catalogue.',
  'gap.few-priced': 'The catalogue has a price for {part} of this side’s paid tokens.',
  'gap.camp-empty': 'This camp has nothing of it this month.',
  'gap.camp-one-lab': 'Without this camp’s largest lab nothing is left.',
  'gap.no-headline': 'The headline is not measured.',
  'gap.small-panel': 'Only {models} first-party language models were seen at the end of both months.',

  'compare.not-before': 'The snapshot does not cover the month before.',
  'compare.days-missing': 'Days are missing in one of the two months.',
  'compare.no-figure': 'There is no figure for the month before.',
  'compare.hub-not-seen': 'The Hub was not seen at the end of the month before.',
  'compare.other-list':
    'Which models are listed changes from month to month; the matched panel compares those seen both times.',
  'compare.other-universe':
    'Which models are listed changes from month to month, so that counts of two months are of different universes.',
  'compare.licences':
    'Which models are listed, and which of them state a licence, changes from month to month.',
  'compare.new-repositories': 'A month’s new repositories are another universe than the last month’s.',
  'compare.month-end': 'It is measured at the month’s end; it is not compared between months.',
  'compare.lag': 'A lag is measured at the month’s end; it is not compared between months.',
  'compare.catalogue': 'A catalogue is of one day: prices are not compared between months.',

  'check.sum': '{name} sums to {total}.',
  'check.sums': 'Every whole sums to exactly one.',
  'check.no-tokens': 'There are no tokens to know.',
  'check.known': 'The registry knows {part} of the named tokens.',
  'check.known-not': 'The registry knows {part} of the named tokens; not {names}.',
  'check.no-label': 'There are no downloads to label.',
  'check.labelled':
    '{part} of the downloads of makers’ own models that are or may be language models are of known ones; {downloads} are of models without a task.',
  'check.no-place': 'There are no downloads to place.',
  'check.placed': '{part} of makers’ language-model downloads have a country.',
  'check.placed-not': '{part} of makers’ language-model downloads have a country; not those of {names}.',
  'check.access-silent':
    '{silent} of {models} first-party language models do not state whether access is gated; they are counted as open.',
  'check.access': 'Every first-party language model states its access.',
  'check.disputed': 'Open by the list of openness, but with access at discretion on the Hub: {names}.',
  'check.disputed-more':
    'Open by the list of openness, but with access at discretion on the Hub: {names} and {more} more.',
  'check.agree': 'The list of openness and the Hub agree on access.',
  'check.no-downloads': 'There are no downloads.',
  'check.wild-language': '{name} is {part} of the downloads of language models.',
  'check.wild-all': '{name} is {part} of the downloads of all tasks.',
  'check.no-wild': 'No repository is above a tenth of an axis.',
  'check.two-months': '{now} tokens, {then} in the month before.',
  'check.no-two-months': 'There are no two months to compare.',
  'check.no-panel': 'There is no panel: the Hub was not seen at the end of both months.',
  'check.panel':
    '{repositories} repositories of makers seen at the end of both months: {then} downloads, now {now} ({change}).',
  'check.repairs':
    '{own} counters set aside or repaired, {kept} contradicted by another; the tables of downloads name them. Among them: {names}.',
  'check.no-repairs': 'Every counter stands as the Hub gave it.',
  'check.stalled':
    'Passed over, since every counter read a fifth too low beside those before and after: {days}.',
  'check.none-stalled': 'No look at the Hub had to be passed over.',
  'check.doubles': 'Counted once under their other name: {names}.',
  'check.no-doubles': 'No repository is listed under two names.',
  'check.before-days': 'In the month before, none for {count} days.',
  'check.days': 'Every day is there.',
  'check.withheld': 'Withheld: {names}.',
  'check.none-withheld': 'Nothing is withheld.',
  'check.transcribed': 'Transcribed from copies, not the producers’ own bytes: {names}.',
  'check.own-bytes': 'Every body is the producer’s own bytes.',
  'check.absent': 'No snapshot serves the edition of: {names}.',
  'check.sources': 'Every source has a snapshot.',
  'check.printable': 'Downloads or usage can be printed.',
  'check.nothing-printable': 'Neither downloads nor usage can be printed.',
} as const;

export type SentenceCode = keyof typeof SENTENCES;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

type Values<Code extends SentenceCode> = Record<
  Names<(typeof SENTENCES)[Code]>,
  string | number | bigint | readonly string[]
>;

/**
 * A sentence of the figures in English; names are joined by commas.
 *
 * @param values one for each name in braces
 */
export function say<Code extends SentenceCode>(
  code: Code,
  ...[values]: Names<(typeof SENTENCES)[Code]> extends never ? [] : [Values<Code>]
): string {
  const given: Record<string, string | number | bigint | readonly string[]> = values ?? {};
  return SENTENCES[code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name];
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
}
