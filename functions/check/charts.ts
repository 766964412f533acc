import type { Check } from '../compute/figures.ts';
import { isElement, readSvg, type SvgElement } from '../render/svg-tree.ts';

/**
 * Judges the charts that lie beside the web page as files: each must be whole, say what it shows, and need nothing else.
 *
 * @param charts SVG documents by name
 * @param linked the names that the page links to
 */
export function judgeCharts(charts: ReadonlyMap<string, string>, linked: readonly string[]): Check[] {
  const wrong = [
    ...linked.filter((name) => !charts.has(name)).map((name) => `${name}: not there`),
    ...[...charts].flatMap(([name, svg]) => faults(svg).map((fault) => `${name}: ${fault}`)),
  ];
  return [
    {
      id: 'web.charts',
      sentence: 'A chart that somebody takes along must still say what it is, wherever it ends up.',
      outcome: wrong.length > 0 ? 'refuse' : 'passed',
      detail:
        wrong.length > 0 ? wrong.slice(0, 5).join('; ').slice(0, 300) : `${charts.size} charts as files`,
    },
  ];
}

/** The names of the charts that a page links to as files. */
export function chartsLinked(html: string): string[] {
  return [...html.matchAll(/\shref="charts\/([a-z0-9-]+)\.svg"/g)].map(([, name = '']) => name);
}

function faults(svg: string): string[] {
  let drawing: SvgElement;
  try {
    drawing = readSvg(svg);
  } catch (error) {
    return [`not well-formed, ${error instanceof Error ? error.message : String(error)}`];
  }
  const said = (name: string) =>
    drawing.children
      .filter(isElement)
      .find((child) => child.name === name)
      ?.children.join('')
      .trim();
  return [
    ...(drawing.attributes.get('xmlns') === 'http://www.w3.org/2000/svg' ? [] : ['no SVG document']),
    ...(said('title') ? [] : ['no title']),
    ...(said('desc') ? [] : ['no description']),
    ...(/<(script|image|use|foreignObject)\b|\son[a-z]+=|\shref="(?!#)|url\((?!#)/i.test(svg)
      ? ['it runs or loads something']
      : []),
  ];
}
