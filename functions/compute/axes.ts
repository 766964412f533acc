/** The axes of the balance, each with the two figures that are compared. */
export const AXES = [
  {
    id: 'downloads',
    china: 'downloads.language.publisher-share.china',
    unitedStates: 'downloads.language.publisher-share.united-states',
  },
  { id: 'usage', china: 'usage.share.china-open', unitedStates: 'usage.share.united-states-open' },
  { id: 'derivatives', china: 'derivatives.share.china', unitedStates: 'derivatives.share.united-states' },
  { id: 'releases', china: 'releases.count.china', unitedStates: 'releases.count.united-states' },
  {
    id: 'capability',
    china: 'capability.best.china-open',
    unitedStates: 'capability.best.united-states-open',
  },
] as const;
export type Axis = (typeof AXES)[number];
