import type { Check } from '../compute/figures.ts';

/** Judges the web page: it must stand alone, run nothing, and show no trace of a template. */
export function judgeWeb(html: string): Check[] {
  return [standsAlone(html), runsNothing(html), noLeftovers(html)];
}

function found(id: string, sentence: string, matches: readonly string[], fine: string): Check {
  return {
    id,
    sentence,
    outcome: matches.length > 0 ? 'refuse' : 'passed',
    detail: matches.length > 0 ? matches.slice(0, 5).join(' ').slice(0, 300) : fine,
  };
}

function all(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([match]) => match);
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
  const leftovers = all(text, /\{\{|\}\}|\bundefined\b|\bNaN\b|\[object /g);
  return found(
    'web.no-leftovers',
    'A hole in a template reaches readers as “undefined” where a number should be.',
    leftovers,
    'no trace of a template',
  );
}
