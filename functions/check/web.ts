import type { Check } from '../compute/figures.ts';
import { all, attribute, found } from './markup.ts';
import { type ExpectedPlaces, leadsToFiles, leadsToItsPlaces } from './web-places.ts';

/** The web page of an edition is under 400 KB, fonts and charts included: a phone on a slow line reads it too. */
const TOO_HEAVY = 400_000;

/** What a web page should be, where that is known. */
export interface ExpectedWeb extends ExpectedPlaces {
  readonly direction: 'ltr' | 'rtl';
}

/**
 * Judges the web page: it must stand alone, run nothing, show no trace of a template, say its language, name what is seen,
 * lead where its links say, and be light.
 */
export function judgeWeb(html: string, expected?: ExpectedWeb): Check[] {
  return [
    standsAlone(html),
    runsNothing(html),
    noLeftovers(html),
    saysItsLanguage(html, expected),
    namesWhatIsSeen(html),
    leadsToItsPlaces(html),
    isLight(html),
    ...(expected ? leadsToFiles(html, expected) : []),
  ];
}

function standsAlone(html: string): Check {
  const loads = [
    ...all(
      html,
      /<(?:img|script|iframe|object|embed|source|video|audio|image|use)\b[^>]*\s(?:src|href|data|srcset|xlink:href)\s*=\s*["']?(?!data:|#)[^"'\s>]+/gi,
    ),
    ...all(
      html,
      /<link\b[^>]*rel\s*=\s*["']?(?:stylesheet|preload|icon)[^>]*href\s*=\s*["'](?!data:)[^"']+/gi,
    ),
    ...all(html, /(?:url\(\s*["']?|@import\s+["'])(?!data:|#)[a-z/.][^)"']*/gi),
  ];
  return found(
    'web.stands-alone',
    'A page that loads from elsewhere breaks when elsewhere does, and tells others who reads it.',
    loads,
    'nothing is loaded from outside the page',
  );
}

function runsNothing(html: string): Check {
  const scripts = [
    ...all(html, /<script\b[^>]*>/gi),
    ...all(html, /<[a-z][^>]*\son[a-z]+\s*=/gi),
    ...all(html, /(?:href|src)\s*=\s*["']?\s*javascript:/gi),
  ];
  return found(
    'web.runs-nothing',
    'A model’s name that becomes a script would run in every reader’s browser.',
    scripts,
    'no script, no event handler',
  );
}

function noLeftovers(html: string): Check {
  const text = html.replace(/<style\b[\s\S]*?<\/style>/gi, '').replace(/<[^>]*>/g, ' ');
  const leftovers = all(text, /\{\{|\}\}|">|\bundefined\b|\bNaN\b|\[object /g);
  return found(
    'web.no-leftovers',
    'A hole in a template reaches readers as “undefined” where a number should be.',
    leftovers,
    'no trace of a template',
  );
}

function saysItsLanguage(html: string, expected?: Pick<ExpectedWeb, 'language' | 'direction'>): Check {
  const [tag = ''] = all(html, /<html\b[^>]*>/gi);
  const [language = '', direction = ''] = [attribute(tag, 'lang'), attribute(tag, 'dir')];
  const wrong = [
    ...(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language) && language === (expected?.language ?? language)
      ? []
      : [`lang="${language}"${expected ? ` instead of "${expected.language}"` : ''}`]),
    ...(/^(ltr|rtl)$/.test(direction) && direction === (expected?.direction ?? direction)
      ? []
      : [`dir="${direction}"${expected ? ` instead of "${expected.direction}"` : ''}`]),
  ];
  return found(
    'web.language',
    'A page that does not say its language is read aloud in another, and Arabic set from the left cannot be read at all.',
    wrong,
    `lang="${language}" dir="${direction}"`,
  );
}

function namesWhatIsSeen(html: string): Check {
  const nameless = [
    ...all(html, /<img\b[^>]*>/gi).filter((tag) => attribute(tag, 'alt') === undefined),
    ...all(html, /<svg\b[^>]*>|<[a-z]+\b[^>]*\srole="(?:img|region)"[^>]*>/gi).filter(
      (tag) =>
        attribute(tag, 'aria-hidden') !== 'true' &&
        !['aria-label', 'aria-labelledby', 'alt'].some((name) => attribute(tag, name)?.trim()),
    ),
  ].map((tag) => tag.slice(0, 80));
  return found(
    'web.names',
    'A chart without an accessible name does not exist for who cannot see it.',
    nameless,
    'every picture, chart and scrolling table has a name',
  );
}

function isLight(html: string): Check {
  const bytes = new TextEncoder().encode(html).length;
  return found(
    'web.weight',
    'A heavy page does not open on a slow line.',
    bytes >= TOO_HEAVY
      ? [`${bytes} bytes, not under ${TOO_HEAVY}; look at the fonts, then at the charts with most points`]
      : [],
    `${bytes} bytes`,
  );
}
