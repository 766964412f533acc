import { chartFile } from './chart-spec.ts';
import { readDataGuide } from './data-guide.ts';
import { chartNames } from './inspect.ts';
import { lineHolding } from './json.ts';
import { LABELS_OF_CODE } from './labels-of-code.ts';
import { settings } from './settings.ts';
import type { Place } from './template-error.ts';
import type { Templates } from './templates.ts';

/** A label that must be there, and who asks for it. */
export interface NeededLabel {
  readonly key: string;
  readonly place: Place;
}

/** Labels that settings, charts and helpers ask for without naming them in a template. */
export function labelsOfSettings(files: Templates['files']): NeededLabel[] {
  const of = (file: string, keys: readonly string[], needle: string) =>
    keys.map((key) => ({ key, place: { file, ...lineHolding(files.get(file) ?? '', needle) } }));
  const axes = settings.axes(files).axes.flatMap(({ id }) =>
    of(
      'report/axes.json',
      ['name', 'measure', 'drawn'].map((part) => `axis.${id}.${part}`),
      `"${id}"`,
    ),
  );
  const sections = settings.order(files).sections.flatMap(({ id, numbered }) =>
    of(
      'report/order.json',
      (numbered ? ['title', 'what'] : ['title']).map((part) => `section.${id}.${part}`),
      `"${id}"`,
    ),
  );
  const labs = settings
    .labs(files)
    .groups.flatMap(({ country, labs: followed }) => [
      ...of('labs.json', [`code.${country}`], `"${country}"`),
      ...followed.flatMap(({ note }) => (note ? of('labs.json', [note], note) : [])),
    ]);
  const claims = settings.claims(files).claims.flatMap(({ id, measuredBy }) => [
    ...of(
      'claims.json',
      ['statement', 'value', 'scope', 'why'].map((part) => `claims.${id}.${part}`),
      `"${id}"`,
    ),
    ...measuredBy.flatMap((figure) => of('claims.json', [`figure.${figure}`], figure)),
  ]);
  const events = settings
    .events(files)
    .events.flatMap(({ id }) => of('events.json', [`event.${id}`], `"${id}"`));
  const methods = readDataGuide(files.get('DATA.md') ?? '').indicators.map((one) => ({
    key: `method.of.${one.replace(/@.*$/, '')}`,
    place: { file: 'DATA.md', ...lineHolding(files.get('DATA.md') ?? '', one) },
  }));
  const drawn = chartNames(files).flatMap((name) => {
    const file = chartFile(name);
    const keys = [...(files.get(file) ?? '').matchAll(/"t:([^"]+)"/g)].map(([, key = '']) => key);
    return keys.flatMap((key) => of(file, [key], `t:${key}`));
  });
  const code = LABELS_OF_CODE.map((key) => ({ key, place: { file: 'locales/en/labels.json' } }));
  return [...axes, ...sections, ...labs, ...claims, ...events, ...methods, ...drawn, ...code];
}
