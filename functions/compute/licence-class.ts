/** What a licence lets anyone do, as far as its tag says, from the plainest terms to none stated. */
export const LICENCE_CLASSES = ['apache-mit', 'other-standard', 'custom', 'unstated'] as const;
export type LicenceClass = (typeof LICENCE_CLASSES)[number];

/** `apache-license-2.0` is a free name that uploaders give beside the Hub's own tag. */
const APACHE_MIT: ReadonlySet<string> = new Set(['apache-2.0', 'apache-license-2.0', 'mit']);

/**
 * Tags of licences that a steward other than the model's maker wrote for anybody's use, and that allow commercial
 * use and derivatives. From the Hub's list, and OpenMDW, which the Hub has as a free name.
 *
 * @see https://huggingface.co/docs/hub/repositories-licenses
 * @see https://openmdw.ai
 */
const STANDARD: ReadonlySet<string> = new Set([
  ...['afl-3.0', 'artistic-2.0', 'bsl-1.0', 'bsd', 'bsd-2-clause', 'bsd-3-clause', 'bsd-3-clause-clear'],
  ...['cc0-1.0', 'cc-by-2.0', 'cc-by-2.5', 'cc-by-3.0', 'cc-by-4.0', 'cc-by-sa-3.0', 'cc-by-sa-4.0'],
  ...['cdla-sharing-1.0', 'cdla-permissive-1.0', 'cdla-permissive-2.0', 'odc-by', 'odbl', 'pddl'],
  ...['ecl-2.0', 'epl-1.0', 'epl-2.0', 'etalab-2.0', 'eupl-1.1', 'eupl-1.2', 'isc', 'lppl-1.3c', 'ms-pl'],
  ...['agpl-3.0', 'gfdl', 'gpl', 'gpl-2.0', 'gpl-3.0', 'lgpl', 'lgpl-2.1', 'lgpl-3.0', 'lgpl-lr'],
  ...['mpl-2.0', 'ncsa', 'ofl-1.1', 'osl-3.0', 'postgresql', 'unlicense', 'wtfpl', 'zlib'],
  ...['openmdw', 'openmdw-1.0', 'openmdw-1.1', 'openmdw1.1-license'],
]);

/**
 * Sorts a licence tag. Custom is everything that is stated and not a standard licence: a maker's own terms (Llama,
 * Gemma, Qwen, `other`), RAIL licences, which forbid uses, and the Creative Commons licences that forbid commercial
 * use or derivatives (NC, ND) or do not say which they are (`cc`): whoever would build on such a model has to read
 * and heed its terms, as with a maker's own. The Hub's tag `unknown` states no licence.
 *
 * @param tag what stands behind `license:`; null where the repository has no such tag
 */
export function licenceClass(tag: string | null): LicenceClass {
  const name = tag?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'unknown') return 'unstated';
  if (APACHE_MIT.has(name)) return 'apache-mit';
  return STANDARD.has(name) ? 'other-standard' : 'custom';
}
